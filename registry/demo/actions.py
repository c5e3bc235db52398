"""Putting demo people on the register, many at once, under the same constraints as everybody."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from core import audit
from core.models import Chamber, Commune, User
from registry.demo.people import DemoPerson, make_people, places
from registry.demo.studio import Studio
from registry.demo.trades import Trade
from registry.enums import PERSON_KINDS, Kind, RegistrantState
from registry.models import Craft, NumberSequence, Qualification, Registrant, RegistrantCraft
from registry.numbers import format_nia

BATCH_SIZE = 500
COPIED_FIELDS = (
    "kind",
    "gender",
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "organisation_name_ar",
    "organisation_name_latin",
    "national_id",
    "birth_date",
    "phone",
    "email",
    "address",
    "registered_on",
)


class Progress(NamedTuple):
    """How far it is: people looked at so far, and how many of them were added."""

    seen: int
    added: int


def add_demo_people(
    *, n: int, seed: int = 0, region: str | None = None, portraits: bool = True, by: User | None = None
) -> Iterator[Progress]:
    """Register the first `n` people of a seed; who is there already stays as they are.

    With the code of a `region` all of them live there. A seed is for one use only: its people have the same
    identity numbers wherever they live.

    Works batch by batch, each in its own transaction, and says after each how far it is. Stopped half-way
    and started again, it goes on where it was.

    Raises:
        ValueError: territory or crafts are not loaded, or `n` and `seed` are out of range.
    """
    crafts = {craft.code: craft for craft in Craft.objects.current()}
    known = set(Commune.objects.values_list("code", flat=True))
    communes = [place for place in places() if place.code in known and region in {None, place.region_code}]
    if not crafts or not communes:
        raise ValueError("Load the territory and the crafts first: load_territory, load_crafts.")
    trades = [Trade(craft.code, craft.branch.code) for craft in crafts.values()]
    people = make_people(n, seed=seed, communes=communes, crafts=trades)
    seen = added = 0
    with Studio(needed=n if portraits else 0) as studio:
        while batch := list(islice(people, BATCH_SIZE)):
            numbers = [person.national_id for person in batch]
            there = set(
                Registrant.objects.filter(national_id__in=numbers).values_list("national_id", flat=True)
            )
            missing = [person for person in batch if person.national_id not in there]
            if missing:
                if portraits:
                    _store_portraits(missing, studio)
                _register(missing, crafts, seed, portraits=portraits, by=by)
            seen, added = seen + len(batch), added + len(missing)
            yield Progress(seen, added)


def _store_portraits(people: Sequence[DemoPerson], studio: Studio) -> None:
    """Files before rows: a file without a row is written again, a row without its file would show nothing."""
    wanted = [person for person in people if not default_storage.exists(_portrait_path(person))]
    for person, portrait in zip(wanted, studio.draw(wanted), strict=True):
        default_storage.save(_portrait_path(person), ContentFile(portrait))


def _portrait_path(person: DemoPerson) -> str:
    return f"photographs/demo/{person.portrait_seed // 1000:05d}/{person.portrait_seed:08d}.jpg"


@transaction.atomic
def _register(
    people: Sequence[DemoPerson], crafts: dict[str, Craft], seed: int, *, portraits: bool, by: User | None
) -> None:
    numbers = _allocate(people)
    rows = {person: _row(person, numbers[person], portraits=portraits) for person in people}
    # Those who supervise are saved before those whom they supervise.
    enterprises = [person for person in people if person.kind == Kind.ENTERPRISE]
    Registrant.objects.bulk_create(row for person, row in rows.items() if person.kind != Kind.ENTERPRISE)
    supervisors = _supervisors({person.region_code for person in enterprises})
    for person in enterprises:
        candidates = supervisors[person.region_code]
        rows[person].supervisor_id = candidates[person.index % len(candidates)]
    Registrant.objects.bulk_create(rows[person] for person in enterprises)
    RegistrantCraft.objects.bulk_create(
        RegistrantCraft(registrant=row, craft=crafts[code], is_principal=position == 0)
        for person, row in rows.items()
        for position, code in enumerate(person.craft_codes)
    )
    Qualification.objects.bulk_create(
        Qualification(
            registrant=row,
            kind=person.qualification_kind,
            title=person.qualification_title,
            years_of_exercise=person.years_of_exercise,
        )
        for person, row in rows.items()
    )
    audit.record(
        action="registry.demo.added",
        by=by,
        label=f"{people[0].national_id} - {people[-1].national_id}",
        after={"added": len(people), "seed": seed},
    )


def _row(person: DemoPerson, nia: str, *, portraits: bool) -> Registrant:
    row = Registrant(
        **{field: getattr(person, field) for field in COPIED_FIELDS},
        state=RegistrantState.REGISTERED,
        nia=nia,
        region_id=person.region_code,
        commune_id=person.commune_code,
        photograph=_portrait_path(person) if portraits else "",
        is_demo=True,
    )
    # A bulk insert does not pass through save().
    row.name_key = row.make_name_key()
    return row


def _allocate(people: Sequence[DemoPerson]) -> dict[DemoPerson, str]:
    """A registration number each, from the same locked counters as everybody's, a run at a time."""
    numbers = {}
    # Always in the same order, so that two runs cannot wait for each other.
    for chamber in Chamber.objects.filter(region_id__in={person.region_code for person in people}).order_by(
        "region_id"
    ):
        here = [person for person in people if person.region_code == chamber.region_id]
        NumberSequence.objects.get_or_create(region_id=chamber.region_id)
        sequence = NumberSequence.objects.select_for_update().get(region_id=chamber.region_id)
        for serial, person in enumerate(here, start=sequence.last_value + 1):
            numbers[person] = format_nia(chamber.number_format, region=chamber.region_id, serial=serial)
        sequence.last_value += len(here)
        sequence.save(update_fields=["last_value"])
    return numbers


def _supervisors(region_codes: set[str]) -> dict[str, list[int]]:
    """Some demo artisans of each region; of the country where a region has none yet."""
    people = Registrant.objects.registered().filter(is_demo=True, kind__in=PERSON_KINDS).order_by("id")
    anywhere = list(people.values_list("id", flat=True)[:20]) if region_codes else []
    return {
        code: list(people.filter(region_id=code).values_list("id", flat=True)[:20]) or anywhere
        for code in region_codes
    }
