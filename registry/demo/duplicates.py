"""Somebody who asks a second time with two digits of the number exchanged: pairs for the reviewers."""

from django.core.files.base import ContentFile

from core.models import Region, User
from registry.actions import ApplicationData, QualificationData, open_application, submit_application
from registry.actions.duplicates import find_duplicates
from registry.enums import PERSON_KINDS
from registry.models import Application, Registrant

PAIRS = 2
_AGAIN = (
    "kind",
    "gender",
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "birth_date",
    "phone",
    "commune",
    "address",
)


def add_demo_duplicates(*, region: Region, by: User) -> list[Application]:
    """Second applications of people on file; the newest entries are left to the demo of other desks."""
    people = Registrant.objects.registered().filter(region=region, kind__in=PERSON_KINDS, is_demo=True)
    known = people.filter(supervised__isnull=True).select_related("commune__province").order_by("-id")[10:]
    return [_apply_again(person, by) for person in known[:PAIRS]]


def _apply_again(person: Registrant, by: User) -> Application:
    first = person.qualifications.first()
    with person.photograph.open() as file:
        photograph = ContentFile(file.read(), name="portrait.jpg")
    application = open_application(
        data=ApplicationData(
            fields={name: getattr(person, name) for name in _AGAIN}
            | {"national_id": _mistyped(person.national_id), "email": "", "supervisor": None},
            crafts=list(person.crafts.all()),
            qualifications=[QualificationData(first.kind, first.title, first.years_of_exercise)],
            consent=True,
            photograph=photograph,
        ),
        by=by,
    )
    Registrant.objects.filter(pk=application.registrant_id).update(is_demo=True)
    submit_application(application=application, by=by)
    find_duplicates(application.registrant_id)
    return application


def _mistyped(number: str) -> str:
    """Two neighbouring digits that differ, exchanged; the last one another where all are the same."""
    for place in range(len(number) - 2, 1, -1):
        if number[place] != number[place + 1]:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:-1] + ("1" if number[-1] != "1" else "2")
