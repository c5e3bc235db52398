"""What each kind asks for, in the rules and in the database itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.roles import Role
from registry.actions import approve_application
from registry.enums import ApplicationState, Kind, RegistrantState
from registry.models import Application, Craft, Member, Registrant
from registry.validators import validate_conditions
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory

GOOD = {
    Kind.ARTISAN: {"crafts": 3, "qualifications": [("attestation", 1), ("diploma", None)], "members": 0},
    Kind.MASTER_ARTISAN: {"crafts": 1, "qualifications": [("attestation", 10)], "members": 0},
    Kind.COOPERATIVE: {"crafts": 2, "qualifications": [], "members": 1},
    Kind.ENTERPRISE: {"crafts": 1, "qualifications": [], "members": 0},
}
BAD = [
    (Kind.ARTISAN, {"crafts": 0}, "crafts"),
    (Kind.ARTISAN, {"qualifications": []}, "qualifications"),
    (Kind.ARTISAN, {"qualifications": [("attestation", 2)]}, "qualifications"),
    (Kind.MASTER_ARTISAN, {"qualifications": [("diploma", None)]}, "qualifications"),
    (Kind.MASTER_ARTISAN, {"qualifications": [("attestation", 9)]}, "qualifications"),
    (Kind.COOPERATIVE, {"crafts": 0}, "crafts"),
    (Kind.COOPERATIVE, {"members": 0}, "members"),
    (Kind.ENTERPRISE, {"crafts": 2}, "crafts"),
]


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_passes_with_what_it_asks_for(kind):
    assert validate_conditions(kind=kind, **GOOD[kind]) is None


@pytest.mark.parametrize(("kind", "change", "field"), BAD)
def test_each_kind_is_refused_without_it(kind, change, field):
    with pytest.raises(ValidationError) as refused:
        validate_conditions(kind=kind, **(GOOD[kind] | change))
    assert list(refused.value.message_dict) == [field]


ORGANISATION = {"organisation_name_ar": "ت", "organisation_name_latin": "C"}


def _second_craft(person):
    person.craft_links.create(craft=Craft.objects.current()[5])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        (Kind.ARTISAN, lambda person: person.qualifications.all().delete()),
        (Kind.ARTISAN, lambda person: person.qualifications.update(years_of_exercise=2)),
        (Kind.ARTISAN, lambda person: person.craft_links.all().delete()),
        (Kind.MASTER_ARTISAN, lambda person: person.qualifications.update(kind="diploma")),
        (Kind.COOPERATIVE, lambda person: person.members.all().delete()),
        (Kind.ENTERPRISE, _second_craft),
    ],
)
def test_the_database_approves_nothing_without_it(kind, spoil):
    fields = ORGANISATION if kind in {Kind.COOPERATIVE, Kind.ENTERPRISE} else {}
    if kind == Kind.ENTERPRISE:
        fields = fields | {"supervisor": RegistrantFactory()}
    person = RegistrantFactory(candidate=True, kind=kind, **fields)
    application = ApplicationFactory(registrant=person)
    decided = {"state": ApplicationState.APPROVED, "decided_by": UserFactory(), "decided_at": timezone.now()}
    spoil(person)
    with pytest.raises(IntegrityError, match="conditions of this kind"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**decided)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("member_once", {"national_id": "ZM1000"}),
        ("member_national_id_form", {"national_id": "1234"}),
        ("member_has_name", {"name_ar": ""}),
    ],
)
def test_the_database_refuses_a_broken_member(constraint, change):
    cooperative = RegistrantFactory(kind=Kind.COOPERATIVE, **ORGANISATION)
    fields = {"cooperative": cooperative, "name_ar": "اسم", "national_id": "ZT8"} | change
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Member.objects.create(**fields)


@pytest.mark.django_db
def test_a_cooperative_is_not_its_own_member():
    cooperative = RegistrantFactory(kind=Kind.COOPERATIVE, **ORGANISATION)
    with pytest.raises(IntegrityError, match="member_is_somebody_else"), transaction.atomic():
        Member.objects.create(
            cooperative=cooperative, registrant=cooperative, name_ar="اسم", national_id="ZT8"
        )


@pytest.mark.django_db
@pytest.mark.parametrize("state", [RegistrantState.SUSPENDED, RegistrantState.STRUCK_OFF])
def test_an_enterprise_is_not_approved_once_its_supervisor_is_off_the_register(state, in_english):
    enterprise = RegistrantFactory(
        candidate=True, kind=Kind.ENTERPRISE, supervisor=RegistrantFactory(state=state), **ORGANISATION
    )
    application = ApplicationFactory(registrant=enterprise)
    with pytest.raises(ActionRefused, match="supervising artisan"):
        approve_application(application=application, by=UserFactory(roles=[Role.REGIONAL_DIRECTOR]))
    decided = {"state": ApplicationState.APPROVED, "decided_by": UserFactory(), "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match="conditions of this kind"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**decided)


@pytest.mark.django_db
def test_nobody_supervises_themselves():
    enterprise = RegistrantFactory(kind=Kind.ENTERPRISE, supervisor=RegistrantFactory(), **ORGANISATION)
    with pytest.raises(IntegrityError, match="supervisor_is_somebody_else"), transaction.atomic():
        Registrant.objects.filter(pk=enterprise.pk).update(supervisor=enterprise.pk)
