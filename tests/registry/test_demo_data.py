"""`make demo-data`: demo people on the register, under everybody's constraints."""

import io
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import F
from PIL import Image

from core.models import AuditEvent
from registry.enums import Gender, Kind, RegistrantState
from registry.models import NumberSequence, Registrant

pytestmark = pytest.mark.django_db


def demo_data(n: int, **options) -> str:
    out = io.StringIO()
    call_command("demo_data", n, stdout=out, **options)
    return out.getvalue()


def test_people_are_registered_with_everything_a_card_needs():
    demo_data(60)
    people = Registrant.objects.with_list_columns()
    assert people.count() == 60
    for person in people:
        assert person.is_demo
        assert person.state == RegistrantState.REGISTERED
        assert person.principal_craft is not None
        assert person.commune.province.region_id == person.region_id
        assert person.qualifications.count() == 1
        with person.photograph.open() as file:
            assert Image.open(file).size == (300, 400)
        person.full_clean()
    assert Registrant.objects.search(people[0].family_name_ar).filter(pk=people[0].pk).exists()


def test_again_adds_nobody_and_more_adds_the_rest():
    assert demo_data(20, without_portraits=True).startswith("20 of 20")
    before = list(Registrant.objects.order_by("id").values_list("nia", "national_id", "version"))
    assert "0 demo people added, 20 there already" in demo_data(20, without_portraits=True)
    assert list(Registrant.objects.order_by("id").values_list("nia", "national_id", "version")) == before
    assert "10 demo people added" in demo_data(30, without_portraits=True)
    assert "30 demo people added" in demo_data(30, without_portraits=True, seed=1)
    assert Registrant.objects.count() == 60


def test_numbers_go_on_without_gap_after_those_given_before():
    NumberSequence.objects.create(region_id="06", last_value=41)
    demo_data(40, without_portraits=True)
    given = sorted(Registrant.objects.filter(region_id="06").values_list("nia", flat=True))
    assert given[0].startswith("06-000042-")
    assert NumberSequence.objects.get(region_id="06").last_value == 41 + len(given)
    assert len(set(Registrant.objects.values_list("nia", flat=True))) == 40


def test_an_enterprise_is_supervised_by_an_artisan():
    demo_data(400, without_portraits=True)
    enterprises = Registrant.objects.filter(kind=Kind.ENTERPRISE)
    assert enterprises.exists()
    assert not enterprises.exclude(supervisor__kind__in=[Kind.ARTISAN, Kind.MASTER_ARTISAN]).exists()
    assert enterprises.filter(supervisor__region=F("region")).exists()


def test_a_file_left_by_a_stopped_run_is_used():
    demo_data(3)
    paths = list(Registrant.objects.values_list("photograph", flat=True))
    Registrant.objects.all().delete()
    demo_data(3)
    assert sorted(Registrant.objects.values_list("photograph", flat=True)) == sorted(paths)
    assert all(default_storage.exists(path) for path in paths)


def test_the_audit_trail_says_so():
    demo_data(5, without_portraits=True)
    event = AuditEvent.objects.get(action="registry.demo.added")
    assert event.after == {"added": 5, "seed": 0}


def test_not_among_real_people(settings):
    settings.DEMO_NOTICE = False
    demo_data(1, without_portraits=True)
    Registrant.objects.update(is_demo=False, birth_date=date(1980, 1, 1), gender=Gender.FEMALE)
    with pytest.raises(CommandError, match="Real people"):
        demo_data(5, without_portraits=True)
    assert Registrant.objects.count() == 1


def test_wrong_seed_is_said():
    with pytest.raises(CommandError, match="seed from 0 to 3"):
        demo_data(5, seed=9)
