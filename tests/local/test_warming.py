"""A web process is ready for its first request before there is one."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines
from django.template.loaders.cached import Loader

from chamber_portal.warming import warm_up


@pytest.fixture(autouse=True)
def _collecting_as_before():
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_every_template_is_compiled_and_no_connection_opened(monkeypatch):
    def refuse():
        raise AssertionError("a connection before the fork")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    count = warm_up()
    assert count == len(list((Path(settings.ROOT) / "templates").rglob("*.html")))
    (loader,) = [one for one in engines["django"].engine.template_loaders if isinstance(one, Loader)]
    assert "events/desk.html" in loader.get_template_cache
