"""Cards of the portal's first days, carried over by the migration that gave cards their life, and back."""

from importlib import import_module

import pytest
from django.db import connection

from cards.enums import CardState
from tests.factories.cards import CardFactory

pytestmark = pytest.mark.django_db

MIGRATION = import_module("cards.migrations.0003_life_of_a_card")
# What the first portal called them, and what they are today.
CARRIED = {
    CardState.IN_BATCH: "ordered",
    CardState.IN_BOX: "made",
    CardState.HANDED_OVER: "handed_over",
    CardState.LOST: "lost",
    CardState.DAMAGED: "damaged",
    CardState.REVOKED: "revoked",
    CardState.CANCELLED: "cancelled",
}


def states(cursor) -> dict[str, str]:
    cursor.execute("SELECT serial, state FROM cards_card")
    return dict(cursor.fetchall())


def test_cards_go_back_to_the_first_portal_and_forth_again_with_their_states():
    today = {CardFactory(state=state).serial: str(state) for state in CARRIED}
    printed, renewed = CardFactory(state=CardState.PRINTED), CardFactory(state=CardState.RENEWED)
    with connection.cursor() as cursor:
        # The same rows as the migration finds them: it takes away the constraints before, and the triggers.
        cursor.execute("CREATE TEMPORARY TABLE cards_card ON COMMIT DROP AS TABLE public.cards_card")
        cursor.execute(MIGRATION.RENAME_BACK)
        first = {serial: CARRIED[CardState(state)] for serial, state in today.items()}
        assert states(cursor) == first | {printed.serial: "made", renewed.serial: "revoked"}
        cursor.execute(MIGRATION.RENAME)
        assert states(cursor) == today | {printed.serial: "in_box", renewed.serial: "revoked"}
        # Every constraint of today holds for them, that of a stop's reason too.
        cursor.execute("CREATE TEMPORARY TABLE held (LIKE public.cards_card INCLUDING CONSTRAINTS)")
        cursor.execute("INSERT INTO held SELECT * FROM cards_card")
        assert cursor.rowcount == len(CARRIED) + 2
