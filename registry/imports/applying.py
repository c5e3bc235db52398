"""Entering what the dry run announced, a chunk in one transaction, each person looked up anew under a lock.

Between dry run and entering somebody else may have entered or changed the same people. So nothing is taken
from the dry run but the row itself: who is on file now decides, and a row that would do something else than
was shown does nothing, and says so.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, bulk
from core.audit import Entry
from core.models import User
from registry.enums import ACTIVE_STATES, RowOutcome
from registry.imports import people
from registry.imports.checking import NO_SUPERVISOR, known_outcome, row_of
from registry.imports.entering import enter
from registry.imports.matching import match
from registry.imports.notes import Note, note
from registry.imports.rows import CRAFTS, Row
from registry.imports.writing import save_all, write
from registry.models import ImportChange, ImportChunk, ImportJob, ImportRow, Registrant

# How often two imports of the same people may get in each other's way before the job is handed out again.
_TRIES = 3
_MEANWHILE = _("Somebody else entered or changed this person after the check. Check the file again.")
_CHANGE = ["job", "chunk", "line", "registrant_key", "created", "before", "after", "kept"]


class Done(NamedTuple):
    """One person entered or changed: what the undoing and the trail remember."""

    line: int
    key: int
    name: str
    region: str
    before: dict[str, Any]
    after: dict[str, Any]


class Applying:
    """One chunk on its way in; its lock is held."""

    def __init__(self, job: ImportJob, chunk: ImportChunk, by: User):
        self.job = job
        self.chunk = chunk
        self.by = by
        # What came out otherwise than the dry run said.
        self.outcomes: dict[int, tuple[RowOutcome, list[Note]]] = {}

    def run(self) -> None:
        wanted = self.chunk.checked_rows.filter(outcome__in=[RowOutcome.CREATE, RowOutcome.UPDATE])
        kept = {row.line: row for row in wanted}
        self._update([row for row in kept.values() if row.outcome == RowOutcome.UPDATE])
        self._create([row for row in kept.values() if row.outcome == RowOutcome.CREATE])
        for line, (outcome, notes) in self.outcomes.items():
            row = kept[line]
            row.outcome, row.notes = outcome, notes
            row.save(update_fields=["outcome", "notes"])

    def _update(self, wanted: Sequence[ImportRow]) -> None:
        if not wanted:
            return
        # In the order of their keys, so that two imports wait for each other instead of for ever.
        keys = [kept.registrant_key for kept in wanted]
        people_locked = Registrant.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        locked = {person.pk: person for person in people_locked}
        on_file = people.snapshots(locked)
        rows = {kept.line: row_of(kept) for kept in wanted}
        found = match(list(rows.values()), region=self.job.region_id)
        changed: list[Done] = []
        written: list[tuple[Registrant, set[str]]] = []
        for kept in wanted:
            row, person = rows[kept.line], locked.get(kept.registrant_key)
            # One that somebody decided on by hand is matched by that decision.
            same = kept.decided_by_id or found[row.line].key == kept.registrant_key
            if person is None or not same or not self._may_change(person):
                self.outcomes[row.line] = (RowOutcome.ERROR, [note("", _MEANWHILE)])
                continue
            outcome, notes = known_outcome(self.job, row, on_file[person.pk])
            if outcome != RowOutcome.UPDATE:
                self.outcomes[row.line] = (outcome, notes)
                continue
            asked = people.wanted(row, self.job.update_fields, erase=self.job.erase_blanks)
            differences = people.differences(on_file[person.pk], asked)
            before = {name: old for name, (old, _new) in differences.items()}
            after = {name: new for name, (_old, new) in differences.items()}
            written.append((person, write(person, after)))
            changed.append(Done(row.line, person.pk, person.name_ar, person.region_id, before, after))
        save_all(written)
        self._keep("registry.import.person_changed", changed, created=False)

    def _may_change(self, person: Registrant) -> bool:
        gone = person.merged_into_id or person.erased_at
        return not gone and self.job.region_id in {None, person.region_id}

    def _create(self, wanted: Sequence[ImportRow]) -> None:
        rows = [row_of(kept) for kept in wanted]
        decided = {kept.line for kept in wanted if kept.decided_by_id}
        for _try in range(_TRIES):
            rows = self._supervised(self._still_new(rows, decided))
            try:
                with transaction.atomic():
                    entered = enter(self.job, rows) if rows else []
            except IntegrityError:
                # Another import entered one of them while we waited: the next look finds them.
                continue
            self._keep(
                "registry.import.person_entered",
                [
                    Done(one.row.line, one.key, one.name_ar, one.columns["region"], {}, one.after)
                    for one in entered
                ],
                created=True,
            )
            return
        raise IntegrityError("rows of this chunk keep meeting entries that no look-up finds")

    def _keep(self, action: str, done: Sequence[Done], *, created: bool) -> None:
        bulk.copy(
            ImportChange,
            _CHANGE,
            (
                (self.job.pk, self.chunk.pk, one.line, one.key, created, one.before, one.after, [])
                for one in done
            ),
        )
        audit.record_many(
            action=action,
            by=self.by,
            model=Registrant,
            entries=(
                Entry(
                    one.key,
                    one.name,
                    one.region,
                    one.before,
                    one.after | {"import": self.job.pk, "line": one.line},
                )
                for one in done
            ),
        )

    def _still_new(self, rows: Sequence[Row], decided: set[int]) -> list[Row]:
        if not rows:
            return []
        found = match(rows, region=self.job.region_id)
        on_file = people.snapshots({one.key for one in found.values() if one.key})
        own = self._entered_by_this_import({key for one in found.values() for key, _why in one.candidates})
        new = []
        for row in rows:
            one = found[row.line]
            others = [key for key, _why in one.candidates if key not in own]
            if not one.key and not one.elsewhere and (not others or row.line in decided):
                new.append(row)
            elif one.key and is_the_same(on_file[one.key], row):
                self.outcomes[row.line] = (RowOutcome.UNCHANGED, [])
            else:
                self.outcomes[row.line] = (RowOutcome.ERROR, [note("", _MEANWHILE)])
        return new

    def _entered_by_this_import(self, keys: set[int]) -> set[int]:
        """Namesakes born the same day who stand in one file under numbers of their own.

        Which of them comes first is a matter of chunks, so neither is refused: the search for duplicates that
        follows puts them side by side.
        """
        changes = self.job.changes.filter(registrant_key__in=keys, created=True) if keys else None
        return set(changes.values_list("registrant_key", flat=True)) if changes else set()

    def _supervised(self, rows: Sequence[Row]) -> list[Row]:
        """Rows whose supervisor, entered by an earlier chunk, is there by now."""
        numbers = {row.values["supervisor"] for row in rows if isinstance(row.values.get("supervisor"), str)}
        if not numbers:
            return list(rows)
        there = dict(
            Registrant.objects.filter(nia_compact__in=numbers, state__in=ACTIVE_STATES).values_list(
                "nia_compact", "pk"
            )
        )
        found = []
        for row in rows:
            number = row.values.get("supervisor")
            if isinstance(number, str):
                if number not in there:
                    self.outcomes[row.line] = (
                        RowOutcome.ERROR,
                        [note("supervisor", NO_SUPERVISOR, number)],
                    )
                    continue
                row.values["supervisor"] = there[number]
            found.append(row)
        return found


def is_the_same(person: dict[str, Any], row: Row) -> bool:
    """Whether somebody on file has every value of the row: the same file, entered twice at once."""
    names = [name for name in people.PLAIN if name in row.values]
    crafts = {row.values[name] for name in CRAFTS if row.values.get(name)}
    return all(person[name] == row.values[name] for name in names) and crafts <= set(person["crafts"])
