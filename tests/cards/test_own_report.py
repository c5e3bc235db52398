"""A holder stops the own card as lost, stolen or damaged, and asks for another in one go."""

import pytest
from django.utils import timezone

from cards.actions.reporting import report_card
from cards.enums import CardKind, CardState, CheckOutcome, RequestSource, RequestState
from cards.models import Card, CardRequest
from cards.search import by_serial
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.enums import RegistrantState
from registry.models import Registrant
from tests.factories.cards import CardFactory, CardRequestFactory, card_ground
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def card():
    held = CardFactory(state=CardState.HANDED_OVER)
    held.registrant.user = UserFactory(roles=[Role.ARTISAN])
    held.registrant.save()
    return held


@pytest.mark.parametrize(
    ("ground", "state"),
    [("lost", CardState.LOST), ("stolen", CardState.STOLEN), ("damaged", CardState.DAMAGED)],
)
def test_the_code_is_dead_at_once_and_a_new_card_is_asked_for(card, ground, state, sign_in):
    client = sign_in(user=card.registrant.user)
    assert "/cards/mine/report/" in client.get("/register/me/").content.decode()
    form = {"ground": card_ground(ground).pk, "words": "في السوق", "wants_new": "on"}
    assert client.post("/cards/mine/report/", form).status_code == 302
    card.refresh_from_db()
    assert (card.state, by_serial(card.serial).outcome) == (state, CheckOutcome.REVOKED)
    asked = CardRequest.objects.get()
    assert (asked.predecessor, asked.source, asked.requested_by) == (
        card,
        RequestSource.HOLDER,
        card.registrant.user,
    )
    assert AuditEvent.objects.about(card).filter(actor_id=str(card.registrant.user_id)).exists()


def test_without_the_tick_no_card_is_asked_for(card, sign_in):
    sign_in(user=card.registrant.user).post("/cards/mine/report/", {"ground": card_ground("lost").pk})
    assert Card.objects.get().state == CardState.LOST
    assert not CardRequest.objects.exists()


def test_reported_twice_it_is_said_once(card):
    by = card.registrant.user
    report_card(card=card, ground=card_ground("lost"), words="", wants_new=True, by=by)
    with pytest.raises(ActionRefused):
        report_card(card=card, ground=card_ground("lost"), words="", wants_new=True, by=by)
    assert CardRequest.objects.count() == 1


def test_the_chambers_own_grounds_are_not_the_holders(card, sign_in):
    other = card_ground("misprint")
    with pytest.raises(ActionRefused):
        report_card(card=card, ground=other, words="", wants_new=False, by=card.registrant.user)
    page = sign_in(user=card.registrant.user).post("/cards/mine/report/", {"ground": other.pk})
    assert "ground" in page.context["form"].errors
    assert Card.objects.get().state == CardState.HANDED_OVER


def test_anothers_card_is_not_reported(card, sign_in):
    stranger = UserFactory(roles=[Role.ARTISAN])
    page = sign_in(user=stranger).post("/cards/mine/report/", {"ground": card_ground("lost").pk})
    assert page.context["card"] is None
    assert Card.objects.get().state == CardState.HANDED_OVER


@pytest.mark.parametrize("state", [RequestState.REQUESTED, RequestState.APPROVED])
def test_a_renewal_that_was_asked_for_does_not_keep_a_stolen_card_alive(card, state, sign_in):
    decided = {"decided_by": UserFactory(), "decided_at": timezone.now()}
    renewal = CardRequestFactory(
        registrant=card.registrant,
        kind=CardKind.RENEWAL,
        predecessor=card,
        state=state,
        **(decided if state == RequestState.APPROVED else {}),
    )
    form = {"ground": card_ground("stolen").pk, "wants_new": "on"}
    assert sign_in(user=card.registrant.user).post("/cards/mine/report/", form).status_code == 302
    card.refresh_from_db()
    assert (card.state, by_serial(card.serial).outcome) == (CardState.STOLEN, CheckOutcome.REVOKED)
    assert CardRequest.objects.get() == renewal


def test_a_suspended_holders_card_is_stopped_though_none_may_be_asked_for(card):
    Registrant.objects.filter(pk=card.registrant_id).update(state=RegistrantState.SUSPENDED)
    by = card.registrant.user
    assert report_card(card=card, ground=card_ground("lost"), words="", wants_new=True, by=by) is None
    card.refresh_from_db()
    assert card.state == CardState.LOST
    assert not CardRequest.objects.exists()
