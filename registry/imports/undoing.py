"""Taking an import back, chunk by chunk: whoever it entered goes, whoever it changed is as before.

Somebody who was changed since, or of whom something else has been made since (a card, a presence, a
decision), stays as they are and is reported.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import audit
from core.audit import Entry
from core.models import User
from registry.actions.duplicates import refresh_duplicate_flag
from registry.enums import OPEN_STATES, ApplicationState
from registry.imports import people
from registry.imports.notes import note
from registry.imports.writing import save_all, write
from registry.models import (
    Application,
    DuplicatePair,
    ImportChange,
    ImportChunk,
    ImportJob,
    Qualification,
    Registrant,
    RegistrantCraft,
    SearchEntry,
)

_CHANGED = _("Changed since by somebody else: left as it is.")
_USED = _("Something was done with this entry since: left as it is.")
_GONE = _("This entry is not there any more.")
# What an import makes itself along with a person, and what the portal works out by itself.
_OWN = (RegistrantCraft, Qualification, Application, SearchEntry, DuplicatePair)


def undo_chunk(job: ImportJob, chunk: ImportChunk, by: User) -> None:
    """Undo one chunk, in one transaction."""
    changes = list(chunk.changes.order_by("line"))
    locked = {
        person.pk: person
        for person in Registrant.objects.select_for_update()
        .filter(pk__in=[change.registrant_key for change in changes])
        .order_by("pk")
    }
    _take_out([change for change in changes if change.created], locked, job, by)
    _put_back([change for change in changes if not change.created], locked, job, by)
    kept = [change for change in changes if change.kept]
    ImportChange.objects.bulk_update(kept, ["kept"], batch_size=500)


def _take_out(
    changes: Sequence[ImportChange], locked: dict[int, Registrant], job: ImportJob, by: User
) -> None:
    keys = {change.registrant_key for change in changes} & locked.keys()
    used = _used(keys)
    decided = set(
        Application.objects.filter(registrant__in=keys)
        .exclude(state__in=[ApplicationState.DRAFT, ApplicationState.SUBMITTED])
        .values_list("registrant_id", flat=True)
    )
    gone: list[tuple[Registrant, ImportChange]] = []
    for change in changes:
        person = locked.get(change.registrant_key)
        if person is None:
            change.kept = note("", _GONE)[1:3]
        elif person.pk in used | decided:
            change.kept = note("", _USED)[1:3]
        elif person.version != 1 or person.photograph or person.state != change.after["state"]:
            change.kept = note("", _CHANGED)[1:3]
        else:
            gone.append((person, change))
    _record("registry.import.person_taken_out", gone, job, by)
    keys = {person.pk for person, _change in gone}
    alike = _paired_with(keys)
    Application.objects.filter(registrant__in=keys, state__in=OPEN_STATES).delete()
    Registrant.objects.filter(pk__in=keys).delete()
    for person in Registrant.objects.select_for_update().filter(pk__in=alike).order_by("pk"):
        refresh_duplicate_flag(person)


def _paired_with(keys: set[int]) -> set[int]:
    """Those who stand in the queue of duplicates beside somebody who goes."""
    pairs = DuplicatePair.objects.filter(Q(first__in=keys) | Q(second__in=keys))
    return {key for pair in pairs.values_list("first_id", "second_id") for key in pair} - keys


def _put_back(
    changes: Sequence[ImportChange], locked: dict[int, Registrant], job: ImportJob, by: User
) -> None:
    on_file = people.snapshots(locked)
    changed: list[tuple[Registrant, ImportChange]] = []
    written: list[tuple[Registrant, set[str]]] = []
    for change in changes:
        person = locked.get(change.registrant_key)
        if person is None:
            change.kept = note("", _GONE)[1:3]
        elif any(on_file[person.pk][name] != value for name, value in change.after.items()):
            change.kept = note("", _CHANGED)[1:3]
        else:
            written.append((person, write(person, change.before)))
            changed.append((person, change))
    save_all(written)
    _record("registry.import.person_put_back", changed, job, by)


def _record(action: str, done: Sequence[tuple[Registrant, ImportChange]], job: ImportJob, by: User) -> None:
    audit.record_many(
        action=action,
        by=by,
        model=Registrant,
        entries=(
            Entry(
                person.pk,
                person.name_ar,
                person.region_id,
                change.after,
                change.before | {"import": job.pk, "line": change.line},
            )
            for person, change in done
        ),
    )


def _used(keys: set[int]) -> set[int]:
    """Those to whom a row refers that the import did not make: a card, a presence, any app's."""
    used: set[int] = set()
    for relation in Registrant._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model in _OWN or relation.many_to_many:
            continue
        used |= set(
            model._base_manager.filter(**{f"{field.name}__in": keys}).values_list(field.attname, flat=True)
        )
    return used
