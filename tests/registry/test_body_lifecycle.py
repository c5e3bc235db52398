"""The table of a craft body's moves and the database's, over every pair of states."""

from datetime import date
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from registry.body_lifecycle import BODY
from registry.enums import BodyState
from registry.models import CraftBody
from tests.factories.bodies import planned_body

pytestmark = pytest.mark.django_db

FIELDS = {
    BodyState.FOUNDED: {"founded_on": date(2026, 1, 1), "dissolved_on": None},
    BodyState.DISSOLVED: {
        "founded_on": date(2026, 1, 1),
        "dissolved_on": date(2026, 2, 1),
        "dissolution_reason": "سبب",
    },
}
NONE_YET = {"founded_on": None, "dissolved_on": None}


def test_the_database_holds_to_the_table():
    planned = planned_body()
    allowed = BODY.pairs()
    for number, (source, target) in enumerate(permutations(BodyState, 2)):
        body = CraftBody.objects.create(
            branch=planned.branch,
            level="regional",
            region_id=f"{number % 12 + 1:02d}",
            name_ar="هيئة",
            name_fr="Organisme",
            state=source,
            created_by=planned.created_by,
            **FIELDS.get(source, NONE_YET),
        )
        try:
            with transaction.atomic():
                CraftBody.objects.filter(pk=body.pk).update(state=target, **FIELDS.get(target, NONE_YET))
            moved = True
        except IntegrityError as error:
            assert "craft_body_state_move" in str(error.__cause__.diag.constraint_name)
            moved = False
        CraftBody.objects.filter(pk=body.pk).delete()
        assert moved == ((source, target) in allowed), (source, target)


def test_every_state_is_reached_and_only_a_dissolved_body_goes_nowhere():
    pairs = BODY.pairs()
    assert {to for _source, to in pairs} == set(BodyState)
    assert set(BodyState) - {source for source, _to in pairs} == {BodyState.DISSOLVED}
