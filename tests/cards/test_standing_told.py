"""The register knows where each person's card stands, and whether it waits to be collected."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cards.actions import cancel_batch, hand_over, stop_card, undo_hand_over
from cards.enums import CardState
from core.roles import Role
from registry.actions import note_card_standing
from registry.enums import CardStanding, Flag
from tests.factories.cards import CardFactory, card_ground, new_batch, put_away
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


def standing_of(person) -> tuple[str, bool]:
    person.refresh_from_db()
    return person.card_standing, Flag.CARD_UNCOLLECTED in person.flags


def test_a_card_is_followed_from_its_order_to_its_holder(officer):
    batch = new_batch(1)
    card = batch.cards.get()
    assert standing_of(card.registrant) == (CardStanding.ORDERED, False)
    put_away(batch, by=officer)
    assert standing_of(card.registrant) == (CardStanding.MADE, True)
    given = hand_over(card=card, place="", by=officer)
    assert standing_of(card.registrant) == (CardStanding.HANDED_OVER, False)
    undo_hand_over(hand_over=given, reason="by mistake", by=officer)
    assert standing_of(card.registrant) == (CardStanding.MADE, True)
    stop_card(card=card, ground=card_ground("lost"), by=officer)
    assert standing_of(card.registrant) == (CardStanding.STOPPED, False)


def test_a_cancelled_batch_leaves_everybody_where_they_were(officer):
    batch = new_batch(2)
    first, second = (card.registrant for card in batch.cards.order_by("position"))
    CardFactory(registrant=first, state=CardState.LOST)
    cancel_batch(batch=batch, reason="wrong list", by=officer)
    assert standing_of(first) == (CardStanding.STOPPED, False)
    assert standing_of(second) == (CardStanding.NONE, False)


def test_other_flags_stay_and_keep_their_order():
    person = RegistrantFactory()
    person.flags = [Flag.PHOTOGRAPH_MISSING, Flag.POSSIBLE_DUPLICATE]
    person.save()
    note_card_standing(registrant_ids=[person.pk], standing=CardStanding.MADE)
    person.refresh_from_db()
    assert person.flags == [Flag.PHOTOGRAPH_MISSING, Flag.POSSIBLE_DUPLICATE, Flag.CARD_UNCOLLECTED]
    assert list(Flag)[-1] == Flag.CARD_UNCOLLECTED
    note_card_standing(registrant_ids=[person.pk], standing=CardStanding.HANDED_OVER)
    person.refresh_from_db()
    assert person.flags == [Flag.PHOTOGRAPH_MISSING, Flag.POSSIBLE_DUPLICATE]


@pytest.mark.parametrize("people", [1, 30])
def test_however_many_people_it_is_one_statement(people):
    ids = [person.pk for person in RegistrantFactory.create_batch(people)]
    with CaptureQueriesContext(connection) as asked:
        assert note_card_standing(registrant_ids=ids, standing=CardStanding.MADE) == people
    assert len(asked) == 1
    assert note_card_standing(registrant_ids=ids, standing=CardStanding.MADE) == 0
