"""`make screenshots`: every page in both languages on a phone and at a desk, into var/screenshots."""

import pytest
from django.conf import settings

from core.roles import Role
from tests.addresses import HERE, make_records
from tests.browser.visits import become, pages_of


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_take_pictures(page, context, live_server, role, language):
    target = (
        settings.VAR.parent / "screenshots" if settings.VAR.name == "test" else settings.VAR / "screenshots"
    )
    target.mkdir(parents=True, exist_ok=True)
    records = {HERE: make_records(HERE)}
    client = become(context, role, records, language, live_server.url)
    for name, path in pages_of(client, role, records):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            picture = target / f"{name.replace(':', '_')}_{role or 'nobody'}_{language}_{width}.png"
            page.screenshot(path=picture, full_page=True)
            assert picture.stat().st_size > 0
