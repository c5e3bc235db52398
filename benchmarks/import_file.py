"""The file that the benchmark of imports brings in, and the same people saved one by one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter

HEADER = (
    "NIA",
    "CIN",
    "Catégorie",
    "Nom (arabe)",
    "Prénom (arabe)",
    "Nom",
    "Prénom",
    "Raison sociale (arabe)",
    "Raison sociale",
    "Sexe",
    "Date de naissance",
    "Téléphone",
    "E-mail",
    "Code commune",
    "Adresse",
    "Métier",
    "Deuxième métier",
    "Troisième métier",
    "Qualification",
    "Diplôme",
    "Années d'exercice",
    "NIA encadrant",
    "Date d'inscription",
)


def people(count: int) -> Iterator:
    """The demo's invented people, all over the country."""
    from registry.demo.people import make_people, places
    from registry.demo.trades import Trade
    from registry.models import Craft

    trades = [Trade(craft.code, craft.branch.code) for craft in Craft.objects.current()]
    from core.models import Commune

    known = set(Commune.objects.values_list("code", flat=True))
    return make_people(
        count, seed=0, communes=[place for place in places() if place.code in known], crafts=trades
    )


def number(person) -> str:
    return f"{person.region_code}-{person.index + 1:06d}-0"


def identity(person) -> str:
    """As the form takes it: no zero behind the letters, of which the demo's people have some."""
    return f"Z{'ABCDEFHIJK'[person.index // 900_000]}{100_000 + person.index % 900_000}"


def write_workbook(path: Path, count: int) -> None:
    """Dates as dates, numbers of years as numbers, all else as text, as a chamber's list is."""
    first = None
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Registre")
        sheet.write_row(0, 0, HEADER)
        for line, person in enumerate(people(count), start=1):
            first = first or number(person)
            crafts = [*person.craft_codes, "", ""][:3]
            before = (
                number(person),
                identity(person),
                person.kind,
                person.family_name_ar,
                person.given_name_ar,
                person.family_name_latin,
                person.given_name_latin,
                person.organisation_name_ar,
                person.organisation_name_latin,
                "F" if person.gender == "female" else "M",
            )
            for place, text in enumerate(before):
                sheet.write_string(line, place, text)
            sheet.write_datetime(line, 10, person.birth_date, day)
            after = (
                f"0{person.phone[4:]}",
                person.email,
                person.commune_code,
                person.address,
                *crafts,
                person.qualification_kind,
                person.qualification_title,
            )
            for place, text in enumerate(after, start=11):
                sheet.write_string(line, place, text)
            sheet.write_number(line, 20, person.years_of_exercise)
            if person.kind == "enterprise":
                sheet.write_string(line, 21, first)
            sheet.write_datetime(line, 22, person.registered_on, day)


def plain_registrants(count: int, sample: int) -> Iterator[Callable[[], None]]:
    """The first people that the file does not hold, each to be checked and saved the plain way."""
    from itertools import islice

    from django.db import transaction

    from core import audit
    from registry.models import Craft, Qualification, Registrant, RegistrantCraft

    crafts = {craft.code: craft for craft in Craft.objects.current()}
    supervisor = Registrant.objects.filter(kind="artisan").first()

    def save(person) -> None:
        with transaction.atomic():
            registrant = Registrant(
                kind=person.kind,
                state="registered",
                nia=number(person),
                region_id=person.region_code,
                commune_id=person.commune_code,
                given_name_ar=person.given_name_ar,
                family_name_ar=person.family_name_ar,
                given_name_latin=person.given_name_latin,
                family_name_latin=person.family_name_latin,
                organisation_name_ar=person.organisation_name_ar,
                organisation_name_latin=person.organisation_name_latin,
                gender=person.gender,
                birth_date=person.birth_date,
                national_id=identity(person),
                phone=person.phone,
                email=person.email,
                address=person.address,
                registered_on=person.registered_on,
                supervisor=supervisor if person.kind == "enterprise" else None,
            )
            registrant.full_clean(exclude=["name_key", "nia_compact"])
            registrant.save()
            for position, code in enumerate(person.craft_codes):
                link = RegistrantCraft(registrant=registrant, craft=crafts[code], is_principal=position == 0)
                link.full_clean()
                link.save()
            proof = Qualification(
                registrant=registrant,
                kind=person.qualification_kind,
                title=person.qualification_title,
                years_of_exercise=person.years_of_exercise,
            )
            proof.full_clean()
            proof.save()
            audit.record(action="registry.import.person_entered", by=None, subject=registrant)

    for person in islice(people(count + sample), count, None):
        yield lambda person=person: save(person)
