"""The options of a select, written at once."""

from html import escape

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def options(groups: list[tuple[str | None, list[dict], int]]) -> SafeString:
    """What stands in a select: groups as `django.forms.Select.optgroups` gives them."""
    pieces = []
    for name, choices, _index in groups:
        # Django's own escaping first looks whether the text is lazy, which takes longer than the escaping.
        written = "".join(
            f'<option value="{escape(str(one["value"]))}"{flatatt(one["attrs"]) if one["attrs"] else ""}>'
            f"{_safe(one['label'])}</option>"
            for one in choices
        )
        pieces.append(f'<optgroup label="{_safe(name)}">{written}</optgroup>' if name else written)
    return SafeString("".join(pieces))


def _safe(text: object) -> str:
    return text.__html__() if hasattr(text, "__html__") else escape(str(text))
