"""Every page in Chromium: axe finds nothing, nothing overflows a phone, the console stays silent."""

import pytest

from core.roles import Role
from tests.addresses import HERE, make_records
from tests.browser.axe import violations
from tests.browser.visits import become, pages_of

# The administration may open most pages: its walk is cut into parts, which both cores share.
WALKS = [
    *((role, (0, 1)) for role in (None, *Role) if role != Role.NATIONAL_ADMIN),
    *((Role.NATIONAL_ADMIN, (part, 6)) for part in range(6)),
]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("role", "share"), WALKS, ids=[f"{role or 'nobody'}{part}" for role, (part, _) in WALKS]
)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_page_of_a_role(page, context, live_server, role, share, language):
    records = {HERE: make_records(HERE)}
    client = become(context, role, records, language, live_server.url)
    found, seen = {}, 0
    for name, path in pages_of(client, role, records, share):
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
