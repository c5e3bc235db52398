"""Blanks = good + spoiled + left: counted, contradicted, corrected, closed; alone and under two hands."""

import django_rq
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cards import batches
from cards.actions import (
    box_cards,
    check_cards,
    close_batch,
    correct_print,
    count_blanks,
    leave_out,
    record_prints,
)
from cards.enums import BatchState, CardState, PrintedBy, PrintOutcome, SpoiledBy
from cards.models import CardBatch, CardPrint
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.enums import CardStanding
from tests.at_once import at_once
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory

GOOD, SPOILED = PrintOutcome.GOOD, PrintOutcome.SPOILED


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officer(db):
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture
def batch(officer):
    return made_batch(officer)


def made_batch(officer, size=5, blanks=8) -> CardBatch:
    found = new_batch(size, by=officer)
    batches.make_batch(found.pk)
    found.refresh_from_db()
    assert found.state == BatchState.MADE
    return count_blanks(batch=found, count=blanks, by=officer) if blanks else found


def enter(batch, officer, *prints, how=PrintedBy.NUMBER, **more):
    return record_prints(batch=batch, prints=prints, how=how, by=officer, **more)


def states(batch) -> list[str]:
    return list(batch.cards.order_by("position").values_list("state", flat=True))


def figures(batch) -> tuple:
    batch.refresh_from_db()
    return batch.blanks_in, batch.good, batch.spoiled


class TestCounting:
    def test_cards_wait_for_the_printer_until_they_are_counted_as_good(self, batch, officer):
        assert set(states(batch)) == {CardState.IN_BATCH}
        counted = enter(batch, officer, (1, GOOD), (2, SPOILED), (3, GOOD))
        assert (counted.entered, counted.known) == (3, [])
        assert figures(batch) == (8, 2, 1)
        assert states(batch)[:3] == [CardState.PRINTED, CardState.IN_BATCH, CardState.PRINTED]

    def test_a_spoiled_card_is_printed_again_on_a_further_blank(self, batch, officer):
        enter(batch, officer, (2, SPOILED), spoiled_by=SpoiledBy.FEED)
        enter(batch, officer, (2, GOOD))
        assert figures(batch) == (8, 1, 1)
        prints = CardPrint.objects.filter(card__batch=batch).order_by("attempt")
        assert [(one.attempt, one.outcome, one.spoiled_by) for one in prints] == [
            (1, SPOILED, SpoiledBy.FEED),
            (2, GOOD, ""),
        ]

    def test_what_was_counted_is_passed_over_and_told(self, batch, officer):
        enter(batch, officer, (1, GOOD), (2, SPOILED))
        counted = enter(batch, officer, (1, GOOD), (3, GOOD))
        assert (counted.entered, counted.known) == (1, [1])
        assert enter(batch, officer, (2, SPOILED)).known == [2]
        assert figures(batch) == (8, 2, 1)

    def test_spoiled_once_more_counts_once_however_often_it_is_sent(self, batch, officer):
        enter(batch, officer, (2, SPOILED))
        enter(batch, officer, (2, SPOILED), spoiled_before=1)
        with pytest.raises(ActionRefused, match="counted meanwhile"):
            enter(batch, officer, (2, SPOILED), spoiled_before=1)
        assert figures(batch) == (8, 0, 2)

    def test_good_then_spoiled_is_a_contradiction_and_nothing_is_entered(self, batch, officer):
        enter(batch, officer, (4, GOOD))
        with pytest.raises(ActionRefused, match="good before: 4"):
            enter(batch, officer, (3, SPOILED), (4, SPOILED))
        assert figures(batch) == (8, 1, 0)

    def test_no_more_blanks_than_were_counted_in(self, batch, officer):
        count_blanks(batch=batch, count=-6, by=officer)
        with pytest.raises(ActionRefused, match="That would be 3 blanks, and 2 were counted in"):
            enter(batch, officer, (1, GOOD), (2, GOOD), (3, GOOD))
        assert figures(batch) == (2, 0, 0)
        assert set(states(batch)) == {CardState.IN_BATCH}

    def test_blanks_that_are_used_are_not_taken_out(self, batch, officer):
        enter(batch, officer, (1, GOOD), (2, GOOD))
        with pytest.raises(ActionRefused, match="2 blanks are used"):
            count_blanks(batch=batch, count=-7, by=officer)

    def test_a_number_that_the_batch_has_not(self, batch, officer):
        with pytest.raises(ActionRefused, match="no card 9"):
            enter(batch, officer, (9, GOOD))

    def test_a_card_left_out_can_only_have_spoiled_a_blank(self, batch, officer):
        leave_out(card=batch.cards.get(position=1), reason="Moved away", by=officer)
        with pytest.raises(ActionRefused, match="Left out, or not on the register any more: 1"):
            enter(batch, officer, (1, GOOD))
        enter(batch, officer, (1, SPOILED))
        assert figures(batch) == (8, 0, 1)

    def test_every_blank_stands_in_the_audit_trail(self, batch, officer):
        enter(batch, officer, (1, GOOD), (2, SPOILED))
        one, two = batch.cards.order_by("position")[:2]
        assert AuditEvent.objects.about(one).first().action == "cards.card.printed"
        spoiled = AuditEvent.objects.about(two).first()
        assert (spoiled.action, spoiled.actor_name) == (
            "cards.card.spoiled",
            AuditEvent.objects.about(one).first().actor_name,
        )
        assert spoiled.after == {"blank": 1, "spoiled_by": "other"}

    def test_only_a_made_batch_is_counted(self, officer):
        with pytest.raises(ActionRefused, match="not made yet"):
            count_blanks(batch=new_batch(1, by=officer), count=1, by=officer)


class TestCorrecting:
    def test_good_was_spoiled_after_all_and_the_card_is_printed_again(self, batch, officer):
        enter(batch, officer, (1, GOOD))
        card = batch.cards.get(position=1)
        check_cards(batch=batch, positions=[1], by=officer)
        correct_print(card=card, outcome=SPOILED, by=officer, spoiled_by=SpoiledBy.COLOUR)
        assert figures(batch) == (8, 0, 1)
        assert states(batch)[0] == CardState.IN_BATCH
        enter(batch, officer, (1, GOOD))
        assert figures(batch) == (8, 1, 1)

    def test_spoiled_was_good_after_all(self, batch, officer):
        enter(batch, officer, (1, SPOILED))
        correct_print(card=batch.cards.get(position=1), outcome=GOOD, by=officer)
        assert figures(batch) == (8, 1, 0)
        assert states(batch)[0] == CardState.PRINTED

    def test_what_lies_in_its_box_is_not_corrected(self, batch, officer):
        enter(batch, officer, (1, GOOD))
        check_cards(batch=batch, positions=[1], by=officer)
        box_cards(batch=batch, positions=[1], by=officer)
        with pytest.raises(ActionRefused):
            correct_print(card=batch.cards.get(position=1), outcome=SPOILED, by=officer)
        assert figures(batch) == (8, 1, 0)

    @pytest.mark.parametrize("prints", [[], [(1, GOOD)]])
    def test_nothing_to_correct(self, batch, officer, prints):
        enter(batch, officer, *prints)
        with pytest.raises(ActionRefused):
            correct_print(card=batch.cards.get(position=1), outcome=GOOD, by=officer)


class TestOnToTheBox:
    def test_printed_then_checked_then_in_its_box_and_no_step_is_left_out(self, batch, officer):
        enter(batch, officer, (1, GOOD), (2, GOOD))
        assert box_cards(batch=batch, positions=[1, 2], by=officer) == 0
        assert check_cards(batch=batch, positions=[1, 2, 3], by=officer) == 2
        assert box_cards(batch=batch, positions=[1], by=officer) == 1
        assert states(batch)[:3] == [CardState.IN_BOX, CardState.CHECKED, CardState.IN_BATCH]
        standing = batch.cards.get(position=1).registrant.card_standing
        assert standing == CardStanding.MADE


class TestClosing:
    def whole(self, batch, officer):
        enter(batch, officer, *[(position, GOOD) for position in range(1, 6)])
        return batch

    def test_closed_when_the_sum_is_right_and_only_then(self, batch, officer):
        enter(batch, officer, (1, SPOILED))
        self.whole(batch, officer)
        with pytest.raises(ActionRefused, match=r"8; good 5 \+ spoiled 1 \+ left 1: 1 blank is missing"):
            close_batch(batch=batch, left=1, by=officer)
        with pytest.raises(ActionRefused, match="2 blanks are too many"):
            close_batch(batch=batch, left=4, by=officer)
        closed = close_batch(batch=batch, left=2, by=officer)
        assert (closed.state, closed.blanks_left, closed.closed_by) == (BatchState.CLOSED, 2, officer)
        event = AuditEvent.objects.about(batch).first()
        assert (event.action, event.after) == (
            "cards.batch.closed",
            {"blanks": 8, "good": 5, "spoiled": 1, "left": 2},
        )

    def test_not_while_a_card_is_not_printed(self, batch, officer):
        enter(batch, officer, (1, GOOD), (3, GOOD))
        with pytest.raises(ActionRefused, match="Not printed yet: 2, 4-5"):
            close_batch(batch=batch, left=6, by=officer)
        for card in batch.cards.filter(position__in=(2, 4, 5)):
            leave_out(card=card, reason="Asked for later", by=officer)
        assert close_batch(batch=batch, left=6, by=officer).state == BatchState.CLOSED

    def test_a_closed_batch_is_neither_counted_nor_closed_again_but_its_cards_go_on(self, batch, officer):
        self.whole(batch, officer)
        close_batch(batch=batch, left=3, by=officer)
        for refused in (
            lambda: close_batch(batch=batch, left=3, by=officer),
            lambda: count_blanks(batch=batch, count=1, by=officer),
            lambda: enter(batch, officer, (1, SPOILED)),
            lambda: correct_print(card=batch.cards.first(), outcome=SPOILED, by=officer),
        ):
            with pytest.raises(ActionRefused, match="closed"):
                refused()
        assert check_cards(batch=batch, positions=[1], by=officer) == 1


class TestConstraints:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("batch_uses_blanks_it_has", {"good": 5, "spoiled": 4}),
            ("batch_closed_balances", {"state": BatchState.CLOSED, "good": 8}),
            ("batch_cancelled_unprinted", {"state": BatchState.CANCELLED, "file": "", "good": 1}),
            ("batch_cancelled_unprinted", {"state": BatchState.CANCELLED}),
            (
                "batch_closed_balances",
                {"state": BatchState.CLOSED, "closed": True, "good": 5, "spoiled": 1, "blanks_left": 1},
            ),
        ],
    )
    def test_a_batch_balances(self, batch, officer, name, fields):
        if fields.pop("closed", False):
            fields |= {"closed_at": timezone.now(), "closed_by": officer}
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            CardBatch.objects.filter(pk=batch.pk).update(**fields)

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("print_attempt_once", {"attempt": 1, "outcome": SPOILED, "spoiled_by": "feed"}),
            ("print_good_once", {"attempt": 2, "outcome": GOOD}),
            ("print_attempt_counts_from_one", {"attempt": 0, "outcome": SPOILED, "spoiled_by": "feed"}),
            ("print_spoiled_by_something", {"attempt": 2, "outcome": SPOILED}),
            ("print_spoiled_by_something", {"attempt": 2, "outcome": GOOD, "spoiled_by": "feed"}),
        ],
    )
    def test_a_print_is_one_of_its_card(self, batch, officer, name, fields):
        enter(batch, officer, (1, GOOD))
        card = batch.cards.get(position=1 if name != "print_spoiled_by_something" else 2)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            CardPrint.objects.create(card=card, how=PrintedBy.SCAN, recorded_by=officer, **fields)


@pytest.mark.django_db(transaction=True)
class TestTwoPeople:
    def test_one_card_counted_by_two_is_counted_once(self):
        officer = UserFactory(roles=(Role.CARD_OFFICER,))
        batch = made_batch(officer)
        one, two = at_once(*[lambda: enter(batch, officer, (1, GOOD), (2, GOOD))] * 2)
        assert sorted([one.entered, two.entered]) == [0, 2]
        assert figures(batch) == (8, 2, 0)

    def test_good_for_one_and_spoiled_for_the_other_never_makes_two_goods(self):
        officer = UserFactory(roles=(Role.CARD_OFFICER,))
        batch = made_batch(officer)
        at_once(lambda: enter(batch, officer, (1, GOOD)), lambda: enter(batch, officer, (1, SPOILED)))
        prints = CardPrint.objects.filter(card__batch=batch)
        assert prints.filter(outcome=GOOD).count() == 1
        assert figures(batch)[1:] == (1, prints.filter(outcome=SPOILED).count())

    def test_closed_by_two_is_closed_once(self):
        officer = UserFactory(roles=(Role.CARD_OFFICER,))
        batch = made_batch(officer, size=1, blanks=1)
        enter(batch, officer, (1, GOOD))
        answers = at_once(*[lambda: close_batch(batch=batch, left=0, by=officer)] * 2)
        assert sum(isinstance(answer, ActionRefused) for answer in answers) == 1
        assert AuditEvent.objects.filter(action="cards.batch.closed").count() == 1
