"""The part of Bootstrap that pages use, in both directions.

Left out are the components that need its scripts (pages use `<details>` and the browser's own popovers),
those that the portal draws itself, and the dark theme: half of the file, which no page asks for.
"""

import re
from pathlib import Path

import bootstrap
import tinycss2

FILES = ("bootstrap.min.css", "bootstrap.rtl.min.css")
_UNUSED_CLASSES = (
    "accordion|alert|badge|breadcrumb|bs-popover|bs-tooltip|btn-check|btn-close|btn-group|card|carousel|collapsing"
    "|dropdown|dropend|dropstart|dropup|fade|figure|fixed|focus-ring|form-floating|form-switch|icon-link"
    "|link-(?:body|danger|dark|info|light|offset|opacity|primary|secondary|success|underline|warning)|list-group"
    "|modal|nav|navbar|offcanvas|page-(?:item|link)|pagination|placeholder|popover|progress|spinner|sticky"
    "|tab-content|table|text-bg|toast|tooltip"
)
_UNUSED = re.compile(rf"\.(?:{_UNUSED_CLASSES})(?![a-zA-Z])|\[data-bs-theme=dark\]")
_SOURCE_MAP = re.compile(rb"/\*#\s*sourceMappingURL=.*?\*/")


def files() -> dict[str, bytes]:
    """Both builds by name, relative to the assets' directory."""
    folder = Path(bootstrap.__path__[0]) / "css"
    return {f"css/{name}": trimmed((folder / name).read_bytes()) for name in FILES}


def trimmed(css: bytes) -> bytes:
    """Without the rules whose every selector names an unused part, and without the pointer to a source map.

    Hashed static files refuse a style sheet that points to a file that is not there.
    """
    css = _SOURCE_MAP.sub(b"", css)
    return _serialize(
        tinycss2.parse_stylesheet(css.decode(), skip_comments=True, skip_whitespace=True)
    ).encode()


def _serialize(rules: list) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            kept.append(_rule(rule))
        elif rule.at_keyword == "media" and rule.content is not None:
            inside = _serialize(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            )
            if inside:
                kept.append(f"@media{tinycss2.serialize(rule.prelude)}{{{inside}}}")
        elif rule.at_keyword != "keyframes":
            kept.append(rule.serialize())
    return "".join(kept)


def _rule(rule) -> str:
    selectors = tinycss2.serialize(rule.prelude).split(",")
    # A comma inside :not(a, b) would be cut in two: such a rule is kept whole.
    if any(part.count("(") != part.count(")") for part in selectors):
        return rule.serialize()
    used = [selector for selector in selectors if not _UNUSED.search(selector)]
    return f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}" if used else ""
