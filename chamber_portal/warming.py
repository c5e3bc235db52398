"""What a web process needs for its first request, made ready before there is one.

Django imports views, compiles templates and reads translations when they are first asked for. A process that
starts in the middle of a meeting, as each does after so many requests, would let its desks wait for that.
"""

import gc
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
    # All of this stays as long as the process: looking through it again and again for what may be thrown away
    # would stop a page now and then, and copy memory that forked processes share.
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand objects that go with it.
    gc.set_threshold(20_000, 20, 20)
    return len(names)


def _load_addresses(resolver) -> None:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            _load_addresses(pattern)
