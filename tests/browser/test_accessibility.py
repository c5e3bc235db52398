"""Every page in Chromium: axe finds nothing, nothing overflows a phone, the console stays silent."""

import pytest

from core.roles import Role
from tests.addresses import HERE, make_records
from tests.browser.axe import violations
from tests.browser.visits import become, pages_of

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_of_a_role(page, context, live_server, role, language):
    records = {HERE: make_records(HERE)}
    client = become(context, role, records, language, live_server.url)
    found, seen = {}, 0
    for name, path in pages_of(client, role, records):
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.goto(path)
            seen += 1
            wrong = violations(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append("wider than the window")
            if wrong:
                found[f"{name} at {size['width']}"] = wrong
    assert found == {}
    assert seen >= 2  # at the least a home, on a phone and at a desk
