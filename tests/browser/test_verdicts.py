"""The public check in Chromium: each answer in three languages, on a phone, with nothing that axe minds."""

import pytest

from cards.enums import CardState
from cards.serials import make_serial
from cards.tokens import sign
from tests.browser.axe import violations
from tests.factories.cards import CardFactory, expired_card

pytestmark = pytest.mark.django_db(transaction=True)


def forged_from(token: str) -> str:
    """The token with one letter of its signature changed."""
    return token[:-20] + ("A" if token[-20] != "A" else "B") + token[-19:]


def tokens() -> dict[str, str]:
    valid = CardFactory(state=CardState.HANDED_OVER)
    lost = CardFactory(state=CardState.LOST)
    CardFactory(registrant=lost.registrant, state=CardState.HANDED_OVER)
    return {
        "valid": valid.token,
        "expired": expired_card().token,
        "revoked": CardFactory(state=CardState.REVOKED).token,
        "unknown": sign(make_serial(9_999_999, "11"), valid.valid_until),
        "replaced": lost.token,
        "forged": forged_from(valid.token),
        "cut short": valid.token[:40],
    }


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_answer_is_told_apart_and_accessible(browser, live_server, language):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    titles, found = {}, {}
    for answer, token in tokens().items():
        page.goto(f"/V/{token}?lang={language}")
        titles[answer] = page.locator("h1").inner_text()
        if wrong := violations(page):
            found[answer] = wrong
    context.close()
    assert found == {}
    assert titles.pop("cut short") == titles["forged"]
    assert len(set(titles.values())) == len(titles)
