"""Why a holder has or has not an offer, and what a partner's counter is told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from cards.enums import CardState, CheckOutcome
from core.models import AuditEvent
from partners.actions import check_rights
from partners.eligibility import facts_of, right_to
from partners.enums import OfferState
from partners.models import Offer
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("state", "outcome", "offer", "reason"),
    [
        ("registered", "valid", {}, "The holder of a valid card has a right to it."),
        ("registered", "valid", {"regions": ["11"]}, "The holder of a valid card has a right to it."),
        ("suspended", "valid", {}, "The registration does not stand at present. The chamber can say why."),
        ("registered", None, {}, "A professional card is needed. The chamber makes it."),
        ("registered", "expired", {}, "The card has expired. The chamber renews it."),
        ("registered", "not_yet_valid", {}, "The card is not valid yet."),
        ("registered", "revoked", {}, "The card may not be used. The chamber can say why."),
        ("registered", "valid", {"state": OfferState.WITHDRAWN}, "The offer does not run at present."),
        ("registered", "valid", {"regions": ["01"]}, "The offer is for those registered in: {}."),
    ],
)
def test_the_reason_says_the_first_thing_in_the_way(state, outcome, offer, reason):
    holder = RegistrantFactory(state=RegistrantState(state))
    offer = OfferFactory(**offer)
    right = right_to(offer, facts_of(holder, CheckOutcome(outcome) if outcome else None))
    assert right.reason == reason.format(", ".join(region.name for region in offer.regions.all()))
    assert right.holds is right.reason.startswith("The holder of a valid card")


def test_a_counter_learns_the_name_and_the_rights_to_its_own_running_offers():
    agent = PartnerAgentFactory()
    here, elsewhere = OfferFactory(partner=agent.partner), OfferFactory(partner=agent.partner, regions=["01"])
    OfferFactory(partner=agent.partner, state=OfferState.DRAFT)
    OfferFactory()
    card = CardFactory(state=CardState.HANDED_OVER)
    answer = check_rights(text=card.serial, partner=agent.partner, by=agent.user)
    assert (answer.outcome, answer.holder) == (CheckOutcome.VALID, card.registrant)
    assert [(right.offer, right.holds) for right in answer.rights] == [(here, True), (elsewhere, False)]


def test_the_number_of_the_register_serves_as_well_as_the_cards():
    agent, card = PartnerAgentFactory(), CardFactory(state=CardState.HANDED_OVER)
    answer = check_rights(text=card.registrant.nia, partner=agent.partner, by=agent.user)
    assert answer.outcome == CheckOutcome.VALID


@pytest.mark.parametrize(
    ("state", "registrant_state", "dates", "outcome"),
    [
        (CardState.LOST, RegistrantState.REGISTERED, {}, CheckOutcome.REVOKED),
        (CardState.HANDED_OVER, RegistrantState.STRUCK_OFF, {}, CheckOutcome.REVOKED),
        (CardState.IN_BATCH, RegistrantState.REGISTERED, {}, CheckOutcome.NOT_YET_VALID),
        (
            CardState.HANDED_OVER,
            RegistrantState.REGISTERED,
            {"issued_on": date(2019, 1, 1), "valid_until": date(2024, 1, 1)},
            CheckOutcome.EXPIRED,
        ),
    ],
)
def test_a_card_that_is_not_valid_says_nothing_of_its_holder(state, registrant_state, dates, outcome):
    agent = PartnerAgentFactory()
    OfferFactory(partner=agent.partner)
    card = CardFactory(registrant=RegistrantFactory(state=registrant_state), state=state, **dates)
    answer = check_rights(text=card.serial, partner=agent.partner, by=agent.user)
    assert (answer.outcome, answer.holder, answer.card, answer.rights) == (outcome, None, None, ())


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [("99-0000001-00", CheckOutcome.UNKNOWN), ("HTTP://127.0.0.1/V/" + "A" * 60, CheckOutcome.FORGED)],
)
def test_what_is_no_card_is_answered_and_recorded_without_a_subject(typed, outcome):
    agent = PartnerAgentFactory()
    assert check_rights(text=typed, partner=agent.partner, by=agent.user).outcome == outcome
    event = AuditEvent.objects.get(action="partners.card.checked")
    assert (event.subject_id, event.region_code) == ("", "")
    assert event.after == {"outcome": outcome.value, "partner": agent.partner.code}


def test_every_check_is_kept_for_the_auditor_of_the_holders_region():
    agent, card = PartnerAgentFactory(), CardFactory(state=CardState.HANDED_OVER)
    check_rights(text=card.serial, partner=agent.partner, by=agent.user)
    event = AuditEvent.objects.about(card).get()
    assert (event.action, event.actor_id, event.region_code, event.after) == (
        "partners.card.checked",
        str(agent.user.pk),
        "11",
        {"outcome": "valid", "partner": agent.partner.code},
    )


def test_a_check_asks_the_database_as_often_for_three_offers_as_for_one(django_assert_num_queries):
    agent, card = PartnerAgentFactory(), CardFactory(state=CardState.HANDED_OVER)
    OfferFactory(partner=agent.partner, regions=["11"], domains=["rail"])
    with django_assert_num_queries(12):
        check_rights(text=card.serial, partner=agent.partner, by=agent.user)
    for _more in range(2):
        OfferFactory(partner=agent.partner, regions=["11"], domains=["rail"], ends_on=timezone.localdate())
    with django_assert_num_queries(12):
        check_rights(text=card.serial, partner=agent.partner, by=agent.user)
    assert Offer.objects.running().filter(ends_on__lt=timezone.localdate() + timedelta(days=1)).count() == 2
