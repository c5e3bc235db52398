"""The chamber's list of grounds."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from registry.enums import GroundProcedure
from registry.models import Ground

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing_and_keeps_what_a_chamber_put_out_of_use():
    ground = Ground.objects.filter(procedure="suspension").first()
    Ground.objects.filter(pk=ground.pk).update(is_active=False, name_fr="Ancien")
    before = Ground.objects.count()
    call_command("load_grounds", verbosity=0)
    ground.refresh_from_db()
    assert Ground.objects.count() == before
    assert ground.is_active is False
    assert ground.name_fr != "Ancien"


def test_a_chamber_is_offered_its_own_grounds_and_everybodys():
    own = Ground.objects.create(region_id="11", procedure="suspension", code="own", name_ar="سبب")
    other = Ground.objects.create(region_id="12", procedure="suspension", code="own", name_ar="سبب")
    old = Ground.objects.create(
        region_id="11", procedure="suspension", code="old", name_ar="سبب", is_active=False
    )
    offered = list(Ground.objects.offered("11", GroundProcedure.SUSPENSION))
    assert own in offered
    assert {other, old}.isdisjoint(offered)
    assert {ground.procedure for ground in offered} == {"suspension"}


@pytest.mark.parametrize("region_id", [None, "11"])
def test_a_code_stands_once_in_a_list(region_id):
    values = {"region_id": region_id, "procedure": "suspension", "code": "own", "name_ar": "سبب"}
    Ground.objects.create(**values)
    with pytest.raises(IntegrityError, match="ground_code"), transaction.atomic():
        Ground.objects.create(**values)
