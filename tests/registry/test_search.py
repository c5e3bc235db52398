"""Finding people, and never twice the same."""

import pytest

from core.roles import Role
from registry.enums import RegistrantState
from registry.models import Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RegistrantFactory(
        given_name_ar="إبراهيم",
        family_name_ar="الأنصاري",
        given_name_latin="Brahim",
        family_name_latin="El Ansari",
        national_id="SH654321",
        phone="+212661987654",
        nia="11-000321-5",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "ابراهيم",
        "انصاري ابراهيم",
        "الانصاري",
        "إبــراهيم",
        "brahim",
        "ANSARI",
        "el ansari brahim",
        "sh 654321",
        "SH654321",
        "06 61 98 76 54",
        "+212661987654",
        "00212661987654",
        "٠٦٦١٩٨٧٦٥٤",
        "11-000321-5",
        "110003215",
        "ابرا",
    ],
)
def test_found_however_it_is_typed(person, typed):
    RegistrantFactory(
        given_name_ar="يوسف", family_name_ar="بناني", given_name_latin="Youssef", family_name_latin="Bennani"
    )
    assert list(Registrant.objects.search(typed)) == [person]


def test_words_of_a_search_must_all_be_there(person):
    assert not Registrant.objects.search("brahim bennani").exists()


@pytest.mark.parametrize("typed", ["%", "_", "'; DROP TABLE", "\\", "٪"])
def test_signs_are_not_wildcards(person, typed):
    RegistrantFactory()
    assert Registrant.objects.search(typed).count() in {0, Registrant.objects.count()}
    assert Registrant.objects.filter(pk=person.pk).exists()


def test_an_empty_search_is_no_filter(person):
    assert Registrant.objects.search("  \u200f ").count() == 1


def test_sign_in_name_is_the_number_or_the_identity_number_of_a_registered_person(person):
    assert Registrant.objects.by_sign_in_name("11-000321-5") == person
    assert Registrant.objects.by_sign_in_name("110003215") == person
    assert Registrant.objects.by_sign_in_name("١١ 000321 ٥") == person
    assert Registrant.objects.by_sign_in_name(" sh-654321 ") == person
    assert Registrant.objects.by_sign_in_name("") is None
    person.state = RegistrantState.STRUCK_OFF
    person.save()
    assert Registrant.objects.by_sign_in_name("SH654321") is None


def test_another_regions_people_are_not_there(person):
    elsewhere = RegistrantFactory(commune=DAKHLA_COMMUNE)
    user = UserFactory(roles=[Role.REGISTRAR], region="12")
    assert list(Registrant.objects.visible_to(user)) == [elsewhere]
