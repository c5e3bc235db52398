"""Cards asked for, approved or refused, taken back, and put in a batch; nobody falls out of the list."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cards import candidates
from cards.actions import (
    approve_request,
    cancel_batch,
    create_batch,
    leave_out,
    refuse_request,
    request_card,
    withdraw_request,
)
from cards.enums import BatchOrder, CardKind, CardState, RequestSource, RequestState
from cards.models import CardRequest, CardRules
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from core.roles import Role
from registry.enums import RegistrantState
from registry.models import Registrant
from tests.factories.cards import CardFactory, CardRequestFactory, card_ground
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture
def director():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


@pytest.fixture
def person():
    return RegistrantFactory(with_photograph=True)


@pytest.fixture
def strict():
    """The chamber wants every card approved before it is made."""
    return CardRules.objects.create(region_id="11", approval_needed=True)


def ask(person, by, source=RequestSource.STAFF):
    return request_card(registrant=person, source=source, by=by)


def compose(people, officer):
    return create_batch(
        registrants=people, region=officer.region, name="Batch", order=BatchOrder.NAME, by=officer
    )


def held_until(days: int, **fields):
    until = timezone.localdate() + timedelta(days=days)
    return CardFactory(
        state=CardState.HANDED_OVER, issued_on=until - timedelta(days=400), valid_until=until, **fields
    )


class TestAsking:
    def test_staff_asks_and_the_card_may_be_made_at_once(self, person, officer):
        made = ask(person, officer)
        assert (made.state, made.kind, made.source) == ("approved", "first", "staff")
        event = AuditEvent.objects.about(made).get()
        assert (event.action, event.after) == ("cards.request.made", {"state": "approved", "kind": "first"})

    def test_it_waits_where_the_chamber_wants_a_second_look(self, person, officer, strict):
        assert ask(person, officer).state == RequestState.REQUESTED

    def test_what_an_artisan_asks_for_always_waits(self, person):
        person.user = UserFactory(roles=(Role.ARTISAN,), region=None)
        person.save()
        assert ask(person, person.user, RequestSource.HOLDER).state == RequestState.REQUESTED

    @pytest.mark.parametrize("state", [RegistrantState.SUSPENDED, RegistrantState.STRUCK_OFF])
    def test_not_for_somebody_off_the_register(self, officer, state):
        with pytest.raises(ActionRefused, match="may not be given a card"):
            ask(RegistrantFactory(state=state), officer)

    def test_once(self, person, officer):
        ask(person, officer)
        with pytest.raises(ActionRefused, match="asked for already"):
            ask(person, officer)
        assert CardRequest.objects.count() == 1

    def test_not_while_a_card_is_on_its_way_or_far_from_its_end(self, officer):
        with pytest.raises(ActionRefused, match="on its way"):
            ask(CardFactory(state=CardState.PRINTED).registrant, officer)
        with pytest.raises(ActionRefused, match="not to be renewed yet"):
            ask(held_until(91).registrant, officer)

    def test_a_renewal_in_its_time_names_the_card_that_it_renews(self, officer):
        old = held_until(90)
        made = ask(old.registrant, officer)
        assert (made.kind, made.predecessor) == (CardKind.RENEWAL, old)

    def test_its_time_is_the_chambers(self, officer):
        CardRules.objects.create(region_id="11", renewal_notice_days=10)
        with pytest.raises(ActionRefused, match="not to be renewed yet"):
            ask(held_until(11).registrant, officer)

    def test_after_a_stopped_card_comes_a_replacement(self, officer):
        lost = CardFactory(state=CardState.LOST)
        made = ask(lost.registrant, officer)
        assert (made.kind, made.predecessor) == (CardKind.REPLACEMENT, lost)


class TestDeciding:
    def test_somebody_else_approves(self, person, officer, director, strict):
        made = ask(person, officer)
        with pytest.raises(ActionRefused, match="somebody else"):
            approve_request(request=made, by=officer)
        approved = approve_request(request=made, by=director)
        assert (approved.state, approved.decided_by) == (RequestState.APPROVED, director)
        with pytest.raises(ActionRefused, match="not waiting"):
            approve_request(request=made, by=director)

    def test_the_same_person_where_the_chamber_keeps_no_two_apart(self, person, officer, strict):
        Chamber.objects.filter(region_id="11").update(separate_maker_and_checker=False)
        assert approve_request(request=ask(person, officer), by=officer).state == RequestState.APPROVED

    def test_not_for_somebody_suspended_meanwhile(self, person, officer, director, strict):
        made = ask(person, officer)
        Registrant.objects.filter(pk=person.pk).update(state=RegistrantState.SUSPENDED)
        with pytest.raises(ActionRefused, match="may not be given"):
            approve_request(request=made, by=director)

    def test_refused_on_a_ground_with_a_reason(self, person, officer, director):
        made = ask(person, officer)
        ground = card_ground("data-to-correct", "card_refusal")
        with pytest.raises(ActionRefused, match="reason"):
            refuse_request(request=made, ground=ground, reason=" ", by=director)
        with pytest.raises(ActionRefused, match="ground"):
            refuse_request(request=made, ground=card_ground("lost"), reason="x", by=director)
        refused = refuse_request(request=made, ground=ground, reason="Name misspelt", by=director)
        assert (refused.state, refused.ground, refused.reason) == ("refused", ground, "Name misspelt")
        assert ask(person, officer).pk != made.pk

    def test_withdrawn_by_staff_with_a_reason_and_by_the_artisan_without(self, person, officer):
        with pytest.raises(ActionRefused, match="reason"):
            withdraw_request(request=ask(person, officer), reason="", by=officer)
        person.user = UserFactory(roles=(Role.ARTISAN,), region=None)
        person.save()
        own = withdraw_request(request=CardRequest.objects.get(), reason="", by=person.user)
        assert own.state == RequestState.WITHDRAWN


class TestBatching:
    def test_each_card_comes_of_a_request(self, person, officer):
        asked, other = ask(person, officer), RegistrantFactory(with_photograph=True)
        batch = compose([person, other], officer)
        asked.refresh_from_db()
        assert (asked.state, asked.card.registrant, asked.card.batch) == ("batched", person, batch)
        made = CardRequest.objects.get(registrant=other)
        assert (made.source, made.state, made.card.registrant) == ("batch", "batched", other)

    def test_what_is_not_approved_is_in_no_batch(self, person, officer, director, strict):
        made = ask(person, officer)
        with pytest.raises(ActionRefused, match="not approved"):
            compose([person], officer)
        assert not candidates.ready(officer).exists()
        approve_request(request=made, by=director)
        assert list(candidates.ready(officer)) == [person]
        assert compose([person], officer).cards_total == 1

    def test_whoever_waits_for_a_decision_is_no_candidate(self, person, officer):
        CardRequestFactory(registrant=person)
        assert not candidates.ready(officer).exists()
        with pytest.raises(ActionRefused, match="not approved"):
            compose([person], officer)

    def test_a_renewal_is_composed_beside_the_card_in_force(self, officer):
        old = held_until(30)
        assert not candidates.ready(officer).exists()
        with pytest.raises(ActionRefused, match="has a card already"):
            compose([old.registrant], officer)
        ask(old.registrant, officer)
        assert list(candidates.ready(officer)) == [old.registrant]
        new = compose([old.registrant], officer).cards.get()
        assert (new.kind, new.predecessor, new.state) == ("renewal", old, "in_batch")

    def test_a_cancelled_batch_gives_the_requests_back(self, person, officer):
        asked = ask(person, officer)
        cancel_batch(batch=compose([person], officer), reason="Wrong list", by=officer)
        asked.refresh_from_db()
        assert (asked.state, asked.card) == (RequestState.APPROVED, None)
        assert compose([person], officer).cards.get().request.pk == asked.pk

    def test_a_card_left_out_too(self, person, officer):
        asked = ask(person, officer)
        leave_out(card=compose([person], officer).cards.get(), reason="Bad picture", by=officer)
        asked.refresh_from_db()
        assert asked.state == RequestState.APPROVED

    def test_whoever_is_struck_off_is_left_out_and_their_request_withdrawn(
        self, person, officer, django_capture_on_commit_callbacks
    ):
        from registry.signals import registrant_state_changed

        card = compose([person], officer).cards.get()
        person.state = RegistrantState.STRUCK_OFF
        person.save()
        registrant_state_changed.send(sender=Registrant, registrant=person)
        card.refresh_from_db()
        assert card.state == CardState.CANCELLED
        assert CardRequest.objects.get().state == RequestState.WITHDRAWN


@pytest.mark.django_db(transaction=True)
def test_a_card_asked_for_twice_at_once_is_asked_for_once():
    person, officer = RegistrantFactory(), UserFactory(roles=(Role.CARD_OFFICER,))
    barrier, refusals = threading.Barrier(3), []

    def once():
        barrier.wait()
        try:
            ask(person, officer)
        except ActionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 2
    assert CardRequest.objects.count() == 1
