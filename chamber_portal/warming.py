"""What a web process needs for its first request, made ready before there is one.

Django imports views, compiles templates and reads translations when they are first asked for. A process that
starts in the middle of a meeting, as each does after so many requests, would let its desks wait for that.
"""

from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation


def warm_up() -> int:
    """Import every view, compile every template of ours, read every language; returns how many templates.

    Opens no connection: the process may still be forked.

    Raises:
        TemplateSyntaxError: a template cannot be compiled.
    """
    _load_addresses(get_resolver())
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Home")
    engine = engines["django"].engine
    folder = Path(engine.dirs[0])
    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html"))]
    for name in names:
        engine.get_template(name)
    return len(names)


def _load_addresses(resolver) -> None:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            _load_addresses(pattern)
