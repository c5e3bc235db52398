"""Likely duplicates found in the register, each by its own way through an index."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from registry.duplicates import Traits, likely_duplicates, shown_matches
from registry.enums import DuplicateReason, Kind, RegistrantState
from registry.models import Registrant
from tests.factories.core import UserFactory
from tests.factories.pictures import picture
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
R = DuplicateReason


@pytest.fixture
def person():
    return RegistrantFactory(
        given_name_ar="إبراهيم",
        family_name_ar="الأنصاري",
        given_name_latin="Ibrahim",
        family_name_latin="El Ansari",
        national_id="SH654321",
        phone="+212661987654",
        birth_date=date(1980, 5, 17),
    )


def found(**typed):
    return [
        (match.registrant, set(match.likeness.reasons)) for match in likely_duplicates(Traits.typed(typed))
    ]


def test_the_same_identity_number(person):
    assert found(national_id="SH654321") == [(person, {R.NATIONAL_ID})]


@pytest.mark.parametrize("number", ["SH654322", "SH65432", "SH653421", "HS654321"])
def test_an_identity_number_with_one_slip_and_the_birth_date(person, number):
    assert found(national_id=number, birth_date=person.birth_date) == [(person, {R.NATIONAL_ID_SIMILAR})]
    assert found(national_id=number) == []


def test_the_same_telephone(person):
    assert found(phone="+212661987654") == [(person, {R.PHONE})]


@pytest.mark.parametrize(
    "name",
    [
        {"given_name_ar": "ابراهيم", "family_name_ar": "أنصاري"},
        {"given_name_latin": "Brahim", "family_name_latin": "Ansari"},
        {"given_name_latin": "Ibrahime", "family_name_latin": "Al-Anssari"},
        {"given_name_latin": "Ansari", "family_name_latin": "Ibrahim"},
    ],
)
def test_a_name_in_either_script_with_the_birth_date(person, name):
    [(match, reasons)] = found(birth_date=date(1980, 5, 17), **name)
    assert match == person
    assert reasons <= {R.SAME_NAME_AND_BIRTH, R.NAME_AND_BIRTH}
    assert found(birth_date=date(1986, 5, 18), **name) == []


def test_the_same_name_in_the_commune(person):
    typed = {"given_name_ar": "ابراهيم", "family_name_ar": "الانصاري", "commune": person.commune}
    assert found(**typed) == [(person, {R.NAME_AND_COMMUNE})]


def test_an_organisation_of_the_same_name_in_the_commune(person):
    names = {"organisation_name_ar": "تعاونية النور", "organisation_name_latin": "Coopérative Nour"}
    first = RegistrantFactory(kind=Kind.COOPERATIVE, **names)
    typed = {"kind": Kind.COOPERATIVE, "commune": first.commune, "national_id": person.national_id}
    assert found(**typed, **names) == [(first, {R.NAME_AND_COMMUNE})]


def test_the_same_photograph_saved_anew_and_smaller(person):
    person.photograph.save("p.jpg", picture(seed=1))
    again = RegistrantFactory(birth_date=date(1950, 3, 3), national_id="BK1", commune=DAKHLA_COMMUNE)
    again.photograph.save("p.jpg", picture(seed=1, size=(450, 600), quality=60))
    RegistrantFactory(birth_date=date(1951, 3, 3)).photograph.save("p.jpg", picture(seed=2))
    [match] = likely_duplicates(Traits.of(Registrant.objects.get(pk=again.pk)), exclude_id=again.pk)
    assert (match.registrant, match.likeness.reasons) == (person, (R.PHOTOGRAPH,))


def test_a_picture_that_shows_nothing_is_like_no_other(person):
    for one in (person, RegistrantFactory(birth_date=date(1950, 3, 3))):
        one.photograph.save("p.jpg", picture(seed=None))
    assert not Registrant.objects.filter(photograph_hash__isnull=False).exists()


def test_a_photograph_taken_away_takes_its_hash_along(person):
    person.photograph.save("p.jpg", picture(seed=1))
    assert Registrant.objects.get(pk=person.pk).photograph_hash is not None
    person.photograph.delete()
    assert Registrant.objects.get(pk=person.pk).photograph_hash is None


def test_a_photograph_saved_among_named_fields_saves_its_hash(person):
    person.photograph.save("p.jpg", picture(seed=1), save=False)
    person.save(update_fields=["photograph"])
    assert Registrant.objects.get(pk=person.pk).photograph_hash is not None


def test_what_is_no_picture_has_no_hash(person):
    person.photograph.save("p.jpg", ContentFile(b"no picture"))
    assert person.photograph_hash is None


def test_the_likeliest_comes_first(person):
    RegistrantFactory(phone=person.phone, birth_date=date(1950, 3, 3))
    typed = {"national_id": person.national_id, "phone": person.phone}
    assert next(match for match, _reasons in found(**typed)) == person


def test_somebody_merged_away_is_not_found(person):
    kept = RegistrantFactory(birth_date=date(1950, 3, 3))
    person.merged_into, person.state = kept, RegistrantState.STRUCK_OFF
    person.save()
    assert found(national_id="SH654321") == []


def test_of_another_region_only_the_region_is_shown():
    elsewhere = RegistrantFactory(commune=DAKHLA_COMMUNE)
    matches = likely_duplicates(Traits.typed({"national_id": elsewhere.national_id}))
    [mine] = shown_matches(matches, UserFactory(region="12"))
    [theirs] = shown_matches(matches, UserFactory(region="11"))
    assert mine["registrant"] == elsewhere
    assert theirs["registrant"] is None
    assert theirs["region"] == elsewhere.region
    assert theirs["reasons"] == mine["reasons"]


def test_looking_takes_the_same_queries_however_many_there_are(person, django_assert_max_num_queries):
    for _ in range(12):
        RegistrantFactory(phone=person.phone)
    with django_assert_max_num_queries(7):
        likely_duplicates(Traits.of(person), exclude_id=person.pk)


def test_missing_hashes_are_made_afterwards(person, capsys):
    person.photograph.save("p.jpg", picture(seed=1))
    hashed = person.photograph_hash
    Registrant.objects.update(photograph_hash=None)
    RegistrantFactory(photograph="photographs/gone.jpg")
    call_command("hash_photographs")
    assert Registrant.objects.get(pk=person.pk).photograph_hash == hashed
    assert "hashed=1" in capsys.readouterr().out
