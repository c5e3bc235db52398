"""Batches composed, cards handed over, taken back, stopped; what may not be done changes nothing."""

import contextlib
import threading

import pytest
from django.db import connection
from django.utils import translation

from cards import batch_files
from cards.actions import (
    cancel_batch,
    count_blanks,
    create_batch,
    hand_over,
    leave_out,
    record_prints,
    stop_card,
    undo_hand_over,
)
from cards.batches import make_batch
from cards.enums import (
    BatchOrder,
    BatchState,
    CardState,
    CheckOutcome,
    FileState,
    PrintedBy,
    PrintOutcome,
    RequestState,
)
from cards.models import Card, CardBatch, CardRequest, HandOver
from cards.search import identify
from cards.serials import is_valid_serial
from cards.tokens import read
from core.dates import months_later
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, Region
from core.roles import Role
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory, card_ground, expired_card, new_batch
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory, ground_for

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


def compose(people, officer, **fields):
    values = {"region": officer.region, "name": "  Caravan ", "order": BatchOrder.AS_GIVEN} | fields
    return create_batch(registrants=people, by=officer, **values)


class TestCreateBatch:
    def test_each_person_gets_a_card_with_its_place_and_words(self, officer, settings):
        settings.CARDS_PER_BOX, settings.CARDS_PER_CHUNK = 2, 2
        people = RegistrantFactory.create_batch(5, with_photograph=True)
        batch = compose(people, officer)
        cards = list(batch.cards.order_by("position"))
        assert (batch.name, batch.state, batch.cards_total) == ("Caravan", BatchState.QUEUED, 5)
        assert [card.registrant for card in cards] == people
        assert [(c.position, c.box, c.slot) for c in cards] == [
            (1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 2, 2), (5, 3, 1)
        ]  # fmt: skip
        assert {card.state for card in cards} == {CardState.IN_BATCH}
        assert [(c.first_position, c.last_position) for c in batch.chunks.all()] == [(1, 2), (3, 4), (5, 5)]
        card = cards[0]
        assert is_valid_serial(card.serial)
        assert card.serial.startswith("11-")
        assert read(card.token).serial == card.serial
        assert read(card.token).expires == card.valid_until
        assert card.face["name_ar"] == people[0].name_ar
        assert card.face["nia"] == people[0].nia
        assert card.face["url"].endswith(card.token)
        assert card.photograph == people[0].photograph.name

    def test_validity_is_the_chambers(self, officer):
        Chamber.objects.filter(region=officer.region).update(card_validity_months=18)
        card = compose([RegistrantFactory(with_photograph=True)], officer).cards.get()
        assert card.valid_until == months_later(card.issued_on, 18)

    def test_words_of_the_card_stay_when_the_register_changes(self, officer):
        person = RegistrantFactory(with_photograph=True, family_name_latin="Before")
        card = compose([person], officer).cards.get()
        person.family_name_latin = "After"
        person.save()
        card.refresh_from_db()
        assert card.face["name_latin"] == "Mohamed Before"

    def test_order_by_name_folds_it(self, officer):
        second = RegistrantFactory(with_photograph=True, given_name_ar="إبراهيم", family_name_ar="ب")
        first = RegistrantFactory(with_photograph=True, given_name_ar="ابراهيم", family_name_ar="أ")
        batch = compose([second, first], officer, order=BatchOrder.NAME)
        assert [card.registrant for card in batch.cards.order_by("position")] == [first, second]

    def test_order_by_commune_comes_before_the_name(self, officer):
        last = RegistrantFactory(with_photograph=True, given_name_ar="أ", commune="11.321.01.03")
        first = RegistrantFactory(with_photograph=True, given_name_ar="ب", commune="11.121.01.01")
        batch = compose([last, first], officer, order=BatchOrder.COMMUNE)
        assert [card.registrant for card in batch.cards.order_by("position")] == [first, last]

    def test_statements_do_not_grow_with_the_cards(self, officer, django_assert_max_num_queries):
        people = RegistrantFactory.create_batch(12, with_photograph=True)
        # The first batch of a chamber settles its design.
        with django_assert_max_num_queries(32):
            compose(people, officer)

    @pytest.mark.parametrize(
        "fields",
        [{"state": RegistrantState.SUSPENDED}, {"commune": DAKHLA_COMMUNE}, {"with_photograph": False}],
        ids=["suspended", "of another region", "without photograph"],
    )
    def test_one_person_who_may_not_refuses_the_whole_batch(self, officer, fields):
        good = RegistrantFactory(with_photograph=True)
        bad = RegistrantFactory(**{"with_photograph": True} | fields)
        with pytest.raises(ActionRefused):
            compose([good, bad], officer)
        assert not Card.objects.exists()
        assert not CardBatch.objects.exists()

    def test_a_person_with_a_live_card_gets_no_second(self, officer):
        card = CardFactory()
        with pytest.raises(ActionRefused, match="has a card already"):
            compose([card.registrant], officer)

    def test_a_person_whose_card_was_stopped_gets_another(self, officer):
        old = CardFactory(state=CardState.LOST)
        new = compose([old.registrant], officer).cards.get()
        assert new.serial != old.serial

    def test_more_than_a_batch_holds_is_refused(self, officer, settings):
        settings.CARDS_PER_BATCH_MOST = 1
        with pytest.raises(ActionRefused, match="at most 1"):
            compose(RegistrantFactory.create_batch(2, with_photograph=True), officer)

    @pytest.mark.parametrize(("people", "name"), [(0, "Batch"), (1, "  ")])
    def test_nobody_or_no_name_is_refused(self, officer, people, name):
        with pytest.raises(ActionRefused):
            compose(RegistrantFactory.create_batch(people, with_photograph=True), officer, name=name)

    def test_it_is_in_the_audit_trail(self, officer):
        batch = compose([RegistrantFactory(with_photograph=True)], officer)
        event = AuditEvent.objects.about(batch).get()
        assert (event.action, event.region_code, event.after["cards"]) == ("cards.batch.created", "11", 1)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_choose_the_same_people_at_once_make_one_batch():
    people = RegistrantFactory.create_batch(4, with_photograph=True)
    officers = [UserFactory(roles=(Role.CARD_OFFICER,)) for _ in range(3)]
    barrier, refusals, batches = threading.Barrier(3), [], []

    def choose(officer):
        barrier.wait()
        try:
            batches.append(compose(people[::-1] if officer is officers[0] else people, officer))
        except ActionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(batches), len(refusals)) == (1, 2)
    assert CardBatch.objects.count() == 1
    assert Card.objects.live().count() == 4


class TestCancelBatch:
    def test_its_cards_are_void_and_its_people_free(self, officer):
        batch = new_batch(2, by=officer)
        people = [card.registrant for card in batch.cards.all()]
        cancel_batch(batch=batch, reason="Wrong list", by=officer)
        batch.refresh_from_db()
        assert batch.state == BatchState.CANCELLED
        assert set(batch.cards.values_list("state", "stop_reason")) == {(CardState.CANCELLED, "Wrong list")}
        assert compose(people, officer).cards_total == 2

    def test_a_reason_is_needed(self, officer):
        batch = new_batch(1, by=officer)
        with pytest.raises(ActionRefused, match="reason"):
            cancel_batch(batch=batch, reason="  ", by=officer)

    def test_made_and_not_printed_its_files_go_and_its_people_are_asked_for_again(
        self, officer, django_capture_on_commit_callbacks
    ):
        batch = new_batch(2, by=officer)
        make_batch(batch.pk)
        batch.refresh_from_db()
        usual = batch.files.first()
        count_blanks(batch=batch, count=5, by=officer)
        spoil = {"prints": [(1, PrintOutcome.SPOILED)], "how": PrintedBy.NUMBER, "by": officer}
        record_prints(batch=batch, **spoil)
        path = batch_files.path_of(batch.file.name)
        assert path.exists()
        with django_capture_on_commit_callbacks(execute=True):
            cancel_batch(batch=batch, reason="Wrong design", by=officer)
        assert not path.exists()
        assert not batch_files.path_of(batch_files.chunk_name(batch.pk, 1)).exists()
        batch.refresh_from_db()
        usual.refresh_from_db()
        assert (batch.state, batch.file.name, usual.state) == (BatchState.CANCELLED, "", FileState.CANCELLED)
        assert set(batch.cards.values_list("state", flat=True)) == {CardState.CANCELLED}
        asked = CardRequest.objects.filter(registrant__in=batch.cards.values("registrant"))
        assert list(asked.values_list("state", "card")) == [(RequestState.APPROVED, None)] * 2
        told = AuditEvent.objects.about(batch).get(action="cards.batch.cancelled")
        assert (told.before, told.reason) == ({"state": "made"}, "Wrong design")
        assert told.after == {"state": "cancelled", "cards": 2, "blanks": 5, "spoiled": 1, "left": 4}

    def test_one_of_which_a_card_is_printed_stays(self, officer):
        card = CardFactory()
        with pytest.raises(ActionRefused, match="are printed"):
            cancel_batch(batch=card.batch, reason="Too late", by=officer)
        card.refresh_from_db()
        assert card.state == CardState.IN_BOX

    def test_cancelled_once(self, officer):
        batch = new_batch(1, by=officer)
        cancel_batch(batch=batch, reason="Wrong list", by=officer)
        with pytest.raises(ActionRefused, match="cancelled already"):
            cancel_batch(batch=batch, reason="Wrong list", by=officer)
        assert AuditEvent.objects.filter(action="cards.batch.cancelled").count() == 1


class TestHandOver:
    def test_card_and_audit_trail_say_so(self, officer):
        card = CardFactory()
        given = hand_over(card=card, place="Laâyoune, 15 January", by=officer)
        card.refresh_from_db()
        assert card.state == CardState.HANDED_OVER
        assert (given.handed_over_by, given.place) == (officer, "Laâyoune, 15 January")
        event = AuditEvent.objects.about(card).get()
        assert (event.action, event.before, event.after["place"]) == (
            "cards.card.handed_over", {"state": "in_box"}, "Laâyoune, 15 January",
        )  # fmt: skip

    @pytest.mark.parametrize("state", sorted(set(CardState) - {CardState.IN_BOX}))
    def test_only_a_card_that_waits_for_its_holder(self, officer, state):
        card = CardFactory(state=state)
        with pytest.raises(ActionRefused):
            hand_over(card=card, place="", by=officer)
        assert not HandOver.objects.exists()

    def test_not_an_expired_card(self, officer):
        with pytest.raises(ActionRefused, match="expired"):
            hand_over(card=expired_card(), place="", by=officer)

    def test_not_to_somebody_off_the_register(self, officer):
        card = CardFactory(registrant__state=RegistrantState.SUSPENDED)
        with pytest.raises(ActionRefused, match="Suspended"):
            hand_over(card=card, place="", by=officer)

    def test_undone_with_a_reason_it_waits_again(self, officer):
        card = CardFactory()
        given = hand_over(card=card, place="", by=officer)
        undo_hand_over(hand_over=given, reason="Wrong person", by=officer)
        card.refresh_from_db()
        given.refresh_from_db()
        assert card.state == CardState.IN_BOX
        assert (given.undo_reason, given.undone_by) == ("Wrong person", officer)
        assert hand_over(card=card, place="", by=officer).pk != given.pk

    def test_undone_once(self, officer):
        given = hand_over(card=CardFactory(), place="", by=officer)
        undo_hand_over(hand_over=given, reason="Wrong person", by=officer)
        with pytest.raises(ActionRefused, match="undone already"):
            undo_hand_over(hand_over=given, reason="Again", by=officer)

    def test_not_undone_without_reason_or_after_a_stop(self, officer):
        card = CardFactory()
        given = hand_over(card=card, place="", by=officer)
        with pytest.raises(ActionRefused, match="reason"):
            undo_hand_over(hand_over=given, reason="", by=officer)
        stop_card(card=card, ground=card_ground("lost"), by=officer)
        with pytest.raises(ActionRefused, match="Lost"):
            undo_hand_over(hand_over=given, reason="Wrong person", by=officer)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_hands_a_card_over_once():
    card, officer = CardFactory(), UserFactory(roles=(Role.CARD_OFFICER,))
    barrier, refusals = threading.Barrier(2), []

    def give():
        barrier.wait()
        try:
            hand_over(card=card, place="", by=officer)
        except ActionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert HandOver.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_card_handed_over_and_stopped_at_once_ends_stopped():
    officer = UserFactory(roles=(Role.CARD_OFFICER,))
    cards = [CardFactory() for _ in range(6)]
    barrier = threading.Barrier(2)

    def each(action):
        try:
            for card in cards:
                barrier.wait()
                with contextlib.suppress(ActionRefused):
                    action(card)
        finally:
            connection.close()

    actions = (
        lambda card: hand_over(card=card, place="", by=officer),
        lambda card: stop_card(card=card, ground=card_ground("lost"), by=officer),
    )
    threads = [threading.Thread(target=each, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for card in cards:
        card.refresh_from_db()
        told = list(
            AuditEvent.objects.about(card).order_by("id").values_list("before__state", "after__state")
        )
        # Each change starts from what the one before it left, and the stop is the last.
        assert told in ([("in_box", "lost")], [("in_box", "handed_over"), ("handed_over", "lost")])
        assert card.state == CardState.LOST


class TestStopCard:
    @pytest.mark.parametrize(
        ("procedure", "code", "state"),
        [
            ("card_replacement", "lost", CardState.LOST),
            ("card_replacement", "stolen", CardState.STOLEN),
            ("card_replacement", "damaged", CardState.DAMAGED),
            ("card_replacement", "misprint", CardState.REPLACED),
            ("card_revocation", "misuse", CardState.REVOKED),
        ],
    )
    def test_it_is_dead_from_that_moment(self, officer, procedure, code, state):
        card = CardFactory(state=CardState.HANDED_OVER)
        ground = card_ground(code, procedure)
        stop_card(card=card, ground=ground, reason="Declared at the counter", by=officer)
        card.refresh_from_db()
        assert (card.state, card.stop_ground, card.is_live) == (state, ground, False)
        assert card.stopped_at is not None
        told = CheckOutcome.REPLACED if state == CardState.REPLACED else CheckOutcome.REVOKED
        assert identify(card.token).outcome == told
        event = AuditEvent.objects.about(card).get()
        assert (event.reason, event.after["ground"]) == ("Declared at the counter", str(ground))

    @pytest.mark.parametrize("procedure", [None, "suspension"])
    def test_a_ground_of_the_two_lists_is_needed(self, officer, procedure):
        card = CardFactory()
        with pytest.raises(ActionRefused, match="ground"):
            stop_card(card=card, ground=procedure and ground_for(procedure), by=officer)
        card.refresh_from_db()
        assert card.state == CardState.IN_BOX

    def test_once(self, officer):
        card = stop_card(card=CardFactory(), ground=card_ground("lost"), by=officer)
        with pytest.raises(ActionRefused, match="already"):
            stop_card(card=card, ground=card_ground("stolen"), by=officer)

    def test_one_not_printed_is_left_out_of_its_batch_instead(self, officer):
        card = CardFactory(state=CardState.IN_BATCH)
        with pytest.raises(ActionRefused, match="leave it out"):
            stop_card(card=card, ground=card_ground("lost"), by=officer)
        leave_out(card=card, reason="Wrong photograph", by=officer)
        card.refresh_from_db()
        assert (card.state, card.stop_reason) == (CardState.CANCELLED, "Wrong photograph")


def test_a_region_without_people_is_no_obstacle_to_another(officer):
    """The region is the batch's, not the officer's: the national office composes for any."""
    admin = UserFactory(roles=(Role.NATIONAL_ADMIN,))
    person = RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE)
    batch = compose([person], admin, region=Region.objects.get(code="12"))
    assert batch.cards.get().serial.startswith("12-")
