"""A list of people for the demo, read and checked: somebody may look through it and enter it."""

import csv
import io
from collections.abc import Sequence

from django.core.files.base import ContentFile

from core.models import Region, User
from registry.actions.imports import choose_columns, receive_import
from registry.demo.people import DemoPerson, make_people, places
from registry.demo.trades import Trade
from registry.enums import PERSON_KINDS, NewPeople
from registry.imports import work
from registry.imports.columns import UPDATABLE
from registry.models import Craft, ImportJob, Registrant

SEED = 3
NEW, KNOWN = 14, 4
NAME = "liste-de-demonstration.csv"
_HEADER = (
    "NIA",
    "CIN",
    "Nom (arabe)",
    "Prénom (arabe)",
    "Nom",
    "Prénom",
    "Sexe",
    "Date de naissance",
    "Téléphone",
    "Code commune",
    "Métier",
    "Qualification",
    "Diplôme",
    "Années d'exercice",
)


def add_demo_import(*, region: Region, by: User) -> ImportJob:
    """An import after its dry run: people who are new, some on file with another telephone, two mistakes."""
    crafts = [Trade(craft.code, craft.branch.code) for craft in Craft.objects.current()]
    homes = [place for place in places() if place.region_code == region.code]
    people = make_people(NEW * 3, seed=SEED, communes=homes, crafts=crafts)
    rows = [_new(person) for person in people if person.kind in PERSON_KINDS][:NEW]
    rows[3][8] = "12"
    rows[6][7] = "31/02/1980"
    known = Registrant.objects.registered().filter(region=region, kind__in=PERSON_KINDS, is_demo=True)
    rows += [_known(person, place) for place, person in enumerate(known.order_by("pk")[:KNOWN])]
    job = receive_import(file=ContentFile(_csv([_HEADER, *rows])), name=NAME, by=by)
    work.work_on(job.pk)
    job.refresh_from_db()
    choose_columns(
        job=job,
        mapping=job.mapping,
        new_people=NewPeople.APPLICATIONS,
        update_fields=[name for name in UPDATABLE if name == "phone"],
        erase_blanks=False,
        consent_collected=True,
        by=by,
    )
    work.work_on(job.pk)
    job.refresh_from_db()
    return job


def _new(person: DemoPerson) -> list[str]:
    return [
        "",
        # As the form takes it: without a zero behind the letters.
        f"ZK{610_000 + person.index}",
        person.family_name_ar,
        person.given_name_ar,
        person.family_name_latin,
        person.given_name_latin,
        person.gender,
        f"{person.birth_date:%d/%m/%Y}",
        f"0{person.phone[4:]}",
        person.commune_code,
        person.craft_codes[0],
        person.qualification_kind,
        person.qualification_title,
        str(person.years_of_exercise),
    ]


def _known(person: Registrant, place: int) -> list[str]:
    """Found by the registration number alone: demo identity numbers are none that a form would take."""
    return [
        person.nia,
        "",
        person.family_name_ar,
        person.given_name_ar,
        person.family_name_latin,
        person.given_name_latin,
        person.gender,
        f"{person.birth_date:%d/%m/%Y}",
        f"06000000{place:02d}",
        person.commune_id,
        *[""] * 4,
    ]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8-sig")
