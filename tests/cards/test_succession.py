"""One card after another: renewed at the hand-over, replaced at once, each link kept."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cards.actions import hand_over, replace_card, return_card, stop_card, undo_hand_over
from cards.enums import CardKind, CardState, CheckOutcome, RequestState
from cards.models import Card, CardRequest
from cards.search import by_serial, identify
from cards.succession import successions
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.enums import GroundProcedure, RegistrantState
from registry.models import Registrant
from tests.factories.cards import CardFactory, CardRequestFactory, card_ground
from tests.factories.core import UserFactory
from tests.factories.registry import ground_for

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture
def renewal():
    """A renewal that lies in its box, beside the card that it renews."""
    old = CardFactory(state=CardState.HANDED_OVER, valid_until=timezone.localdate() + timedelta(days=30))
    return CardFactory(registrant=old.registrant, kind=CardKind.RENEWAL, predecessor=old)


class TestRenewal:
    def test_the_old_card_is_in_force_until_the_new_one_is_handed_over(self, renewal, officer):
        old = renewal.predecessor
        assert (by_serial(old.serial).outcome, by_serial(renewal.serial).outcome) == (
            CheckOutcome.VALID,
            CheckOutcome.NOT_YET_VALID,
        )
        assert identify(old.registrant.nia).card == old
        given = hand_over(card=renewal, place="", by=officer)
        assert given.renewed_card == old
        assert (by_serial(old.serial).outcome, by_serial(renewal.serial).outcome) == (
            CheckOutcome.REPLACED,
            CheckOutcome.VALID,
        )
        old.refresh_from_db()
        assert (old.state, old.stopped_at is not None) == (CardState.RENEWED, True)
        assert AuditEvent.objects.about(old).get().after == {"state": "renewed", "card": renewal.serial}

    def test_undone_the_old_card_is_in_force_again(self, renewal, officer):
        given = hand_over(card=renewal, place="", by=officer)
        undo_hand_over(hand_over=given, reason="Wrong person", by=officer)
        old = renewal.predecessor
        old.refresh_from_db()
        assert (old.state, old.stopped_at) == (CardState.HANDED_OVER, None)
        assert by_serial(renewal.serial).outcome == CheckOutcome.NOT_YET_VALID

    def test_the_old_card_lost_meanwhile_is_not_renewed(self, renewal, officer):
        stop_card(card=renewal.predecessor, ground=card_ground("lost"), by=officer)
        assert hand_over(card=renewal, place="", by=officer).renewed_card is None
        renewal.predecessor.refresh_from_db()
        assert renewal.predecessor.state == CardState.LOST

    @pytest.mark.parametrize("state", [CardState.IN_BATCH, CardState.PRINTED, CardState.IN_BOX])
    def test_the_old_card_does_not_wait_again_beside_the_new_one(self, officer, state):
        old = CardFactory()
        given = hand_over(card=old, place="", by=officer)
        CardFactory(registrant=old.registrant, kind=CardKind.RENEWAL, predecessor=old, state=state)
        ground = ground_for(GroundProcedure.HAND_OVER_FAILURE)
        for take_back in (
            lambda: return_card(card=old, ground=ground, note="", by=officer),
            lambda: undo_hand_over(hand_over=given, reason="Wrong person", by=officer),
        ):
            with pytest.raises(ActionRefused, match="newer card"):
                take_back()
        old.refresh_from_db()
        assert old.state == CardState.HANDED_OVER

    def test_a_renewal_with_a_fault_is_followed_by_a_renewal(self, renewal, officer):
        asked = replace_card(card=renewal, ground=card_ground("misprint"), by=officer)
        assert (asked.kind, asked.predecessor) == (CardKind.RENEWAL, renewal)


class TestReplacement:
    @pytest.mark.parametrize(
        ("code", "state", "outcome"),
        [
            ("lost", CardState.LOST, CheckOutcome.REVOKED),
            ("data-changed", CardState.REPLACED, CheckOutcome.REPLACED),
        ],
    )
    def test_the_old_code_is_dead_from_that_moment_and_a_new_card_is_asked_for(
        self, officer, code, state, outcome
    ):
        card = CardFactory(state=CardState.HANDED_OVER)
        asked = replace_card(card=card, ground=card_ground(code), by=officer)
        card.refresh_from_db()
        assert card.state == state
        assert by_serial(card.serial).outcome == outcome
        assert (asked.kind, asked.predecessor, asked.state) == ("replacement", card, "approved")

    def test_the_same_order_twice_is_one(self, officer):
        card, ground = CardFactory(state=CardState.HANDED_OVER), card_ground("lost")
        first = replace_card(card=card, ground=ground, by=officer)
        assert replace_card(card=card, ground=ground, by=officer) == first
        with pytest.raises(ActionRefused, match="stopped already"):
            replace_card(card=card, ground=card_ground("stolen"), by=officer)

    def test_a_renewal_that_was_stopped_on_its_way_brings_no_card_any_more(self, renewal, officer):
        old = renewal.predecessor
        decided = {"decided_by": officer, "decided_at": timezone.now()}
        CardRequestFactory(
            registrant=old.registrant,
            kind=CardKind.RENEWAL,
            predecessor=old,
            state=RequestState.BATCHED,
            card=renewal,
            **decided,
        )
        stop_card(card=renewal, ground=card_ground("lost"), by=officer)
        asked = replace_card(card=old, ground=card_ground("lost"), by=officer)
        assert (asked.state, asked.card) == (RequestState.APPROVED, None)
        assert replace_card(card=old, ground=card_ground("lost"), by=officer) == asked

    def test_what_was_asked_for_after_another_card_takes_its_place_too(self, renewal, officer):
        asked = replace_card(card=renewal, ground=card_ground("misprint"), by=officer)
        assert replace_card(card=renewal.predecessor, ground=card_ground("stolen"), by=officer) == asked
        renewal.predecessor.refresh_from_db()
        assert renewal.predecessor.state == CardState.STOLEN

    def test_a_ground_of_revocation_replaces_nothing(self, officer):
        card = CardFactory(state=CardState.HANDED_OVER)
        with pytest.raises(ActionRefused, match="ground"):
            replace_card(card=card, ground=card_ground("misuse", "card_revocation"), by=officer)
        card.refresh_from_db()
        assert card.state == CardState.HANDED_OVER

    def test_off_the_register_neither_stops_nor_asks(self, officer):
        card = CardFactory(state=CardState.HANDED_OVER, registrant__state=RegistrantState.SUSPENDED)
        with pytest.raises(ActionRefused, match="may not be given"):
            replace_card(card=card, ground=card_ground("lost"), by=officer)
        card.refresh_from_db()
        assert card.state == CardState.HANDED_OVER

    def test_where_a_renewal_is_on_its_way_nothing_more_is_asked(self, renewal, officer):
        assert replace_card(card=renewal.predecessor, ground=card_ground("lost"), by=officer) is None
        assert not CardRequest.objects.exists()


def test_a_suspension_stops_the_card_and_its_end_puts_it_in_force_again():
    card = CardFactory(state=CardState.HANDED_OVER)
    for state, outcome in (
        (RegistrantState.SUSPENDED, CheckOutcome.REVOKED),
        (RegistrantState.REINSTATED, CheckOutcome.VALID),
        (RegistrantState.STRUCK_OFF, CheckOutcome.REVOKED),
    ):
        Registrant.objects.filter(pk=card.registrant_id).update(state=state)
        assert by_serial(card.serial).outcome == outcome


def test_what_a_new_card_would_be_costs_two_queries(django_assert_num_queries):
    cards = [
        CardFactory(state=state) for state in (CardState.LOST, CardState.HANDED_OVER, CardState.CANCELLED)
    ]
    ids = [card.registrant_id for card in cards]
    with django_assert_num_queries(2):
        found = successions(ids)
    lost, held, left_out = (found[pk] for pk in ids)
    assert lost == (CardKind.REPLACEMENT, cards[0].pk)
    assert held == (CardKind.RENEWAL, cards[1].pk)
    assert left_out == (CardKind.FIRST, None)


@pytest.mark.django_db(transaction=True)
def test_two_who_replace_a_card_at_once_make_one_request():
    card, officer = CardFactory(state=CardState.HANDED_OVER), UserFactory(roles=(Role.CARD_OFFICER,))
    ground, barrier, asked = card_ground("lost"), threading.Barrier(3), []

    def once():
        barrier.wait()
        try:
            asked.append(replace_card(card=card, ground=ground, by=officer).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(asked), len(set(asked))) == (3, 1)
    assert CardRequest.objects.get().state == RequestState.APPROVED
    assert Card.objects.get().state == CardState.LOST
    assert AuditEvent.objects.about(card).count() == 1
