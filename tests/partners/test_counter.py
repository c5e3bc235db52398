"""A partner's counter: the answer to a card, and nothing more about its holder."""

import pytest
from django.urls import reverse

from cards.enums import CardState
from core.models import AuditEvent
from core.roles import Role
from tests.factories.cards import CardFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory

pytestmark = pytest.mark.django_db


def check(client, text):
    return client.post(reverse("partners:agent"), {"card": text})


def test_a_counter_sees_the_name_and_its_own_offers_and_nothing_more(sign_in):
    agent = PartnerAgentFactory()
    own = OfferFactory(partner=agent.partner, name_ar="عرضنا")
    OfferFactory(name_ar="عرض غيرنا")
    card = CardFactory(state=CardState.HANDED_OVER)
    response = check(sign_in(user=agent.user), card.serial)
    page = response.content.decode()
    assert [(right.offer, right.holds) for right in response.context["answer"].rights] == [(own, True)]
    assert card.registrant.name_ar in page and "عرضنا" in page
    holder = card.registrant
    private = [holder.national_id, holder.nia, holder.phone, holder.commune.name_ar, "1980", "عرض غيرنا"]
    assert [text for text in private if text in page] == []


def test_a_scanned_address_is_answered_too(sign_in):
    agent, card = PartnerAgentFactory(), CardFactory(state=CardState.HANDED_OVER)
    response = check(sign_in(user=agent.user), f"HTTP://127.0.0.1:8000/V/{card.token}")
    assert response.context["answer"].outcome == "valid"


def test_a_card_that_is_not_valid_shows_no_name(sign_in):
    agent, card = PartnerAgentFactory(), CardFactory(state=CardState.STOLEN)
    page = check(sign_in(user=agent.user), card.serial).content.decode()
    assert "verdict-danger" in page
    assert card.registrant.name_ar not in page and card.registrant.name_latin not in page


@pytest.mark.parametrize("text", ["", " ", "x" * 601])
def test_an_empty_or_endless_scan_is_refused_beside_the_field(sign_in, text):
    agent = PartnerAgentFactory()
    response = check(sign_in(user=agent.user), text)
    assert list(response.context["form"].errors) == ["card"]
    assert not AuditEvent.objects.filter(action="partners.card.checked").exists()


@pytest.mark.parametrize("text", ["💥" * 20, "'; DROP TABLE cards_card; --", "../../../V/", "V/" + "A" * 500])
def test_nonsense_is_answered_calmly(sign_in, text):
    agent = PartnerAgentFactory()
    response = check(sign_in(user=agent.user), text)
    assert response.status_code == 200
    answer = response.context["answer"]
    assert answer is None or answer.outcome in {"unknown", "forged"}


def test_an_account_that_acts_for_no_partner_checks_nothing(sign_in):
    card = CardFactory(state=CardState.HANDED_OVER)
    response = check(sign_in(Role.PARTNER_AGENT), card.serial)
    assert response.context["answer"] is None
    assert card.registrant.name_ar not in response.content.decode()
    assert not AuditEvent.objects.filter(action="partners.card.checked").exists()


@pytest.mark.parametrize("role", [Role.NATIONAL_ADMIN, Role.REGISTRAR, Role.ARTISAN, Role.AUDITOR])
def test_the_counter_is_for_partners_agents(sign_in, role):
    assert sign_in(role).get(reverse("partners:agent")).status_code == 403


def test_numbers_cannot_be_tried_one_after_another(sign_in):
    agent = PartnerAgentFactory()
    client = sign_in(user=agent.user)
    answers = [check(client, f"11-{number:07d}-00").status_code for number in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert AuditEvent.objects.filter(action="partners.card.checked").count() == 20
