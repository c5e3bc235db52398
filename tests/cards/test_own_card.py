"""The holder's card on a telephone: a page, a PDF with the same code, and nobody else's."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from cards.enums import CardState
from cards.qr import qr_svg
from core.models import AuditEvent
from core.roles import Role
from tests.cards.printed import serials_printed
from tests.factories.cards import CardFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(sign_in, settings):
    settings.TEMPLATES = strict_templates()
    client = sign_in(Role.ARTISAN)
    client.cookies["django_language"] = "fr"
    return client


def card_of(client, **fields):
    card = CardFactory(**{"state": CardState.HANDED_OVER} | fields)
    card.registrant.user = client.user
    card.registrant.save(update_fields=["user"])
    return card


def test_the_page_shows_the_card_and_the_same_code(holder):
    card = card_of(holder)
    page = holder.get(reverse("cards:own_card")).content.decode()
    assert qr_svg(card.face["url"]) in page
    assert card.serial in page
    assert "state-valid" in page


def test_the_page_is_light(holder):
    card_of(holder)
    assert len(holder.get(reverse("cards:own_card")).content) < 60_000


def test_the_pdf_has_both_sides_and_the_same_code(holder):
    card = card_of(holder)
    response = holder.get(reverse("cards:own_card_pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert f"{card.serial}.pdf" in response["Content-Disposition"]
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.check_pdf_syntax() == []
    assert serials_printed(response.content) == [card.serial]


@pytest.mark.parametrize("name", ["cards:own_card", "cards:own_card_pdf"])
@pytest.mark.parametrize("state", [CardState.STOLEN, CardState.REVOKED, None])
def test_a_stopped_card_and_no_card_are_not_shown(holder, name, state):
    if state:
        card_of(holder, state=state)
    else:
        CardFactory(state=CardState.HANDED_OVER)
    assert holder.get(reverse(name)).status_code == 404


def test_nothing_is_recorded_of_ones_own_card(holder):
    card_of(holder)
    holder.get(reverse("cards:own_card"))
    assert not AuditEvent.objects.filter(action__startswith="cards.").exists()
