"""Imports: a file sent, its columns confirmed, checked rows decided on, entered, stopped, undone."""

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from django.core.files import File
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Chamber, User
from core.roles import Permission
from core.validators import record_key
from registry.enums import ChunkStep, ImportState, NewPeople, RowOutcome
from registry.imports import files, people, work
from registry.imports.checking import known_outcome, new_outcome, packed_values, row_of
from registry.imports.columns import BY_FIELD, UPDATABLE
from registry.models import ImportJob, ImportRow, RegisterRules

_MAY_GIVE_UP = (
    ImportState.READING,
    ImportState.COLUMNS,
    ImportState.CHECKING,
    ImportState.CHECKED,
    ImportState.APPLYING,
)
_KEYS = {"nia", "national_id"}


@transaction.atomic
def receive_import(*, file: File, name: str, by: User) -> ImportJob:
    """Take a file and ask for its reading. A regional account brings people of its own region only."""
    job = ImportJob(region_id=by.region_id, name=clean(name)[:120] or "-", created_by=by)
    job.sha256 = _digest(file)
    job.file.save("import", file, save=False)
    job.save()
    _record(job, "registry.import.received", by, {"file": job.name, "sha256": job.sha256})
    work.wake(job)
    return job


@transaction.atomic
def read_other_sheet(*, job: ImportJob, sheet: str, by: User) -> ImportJob:
    """Read another sheet of the same workbook."""
    locked = _lock(job)
    if locked.state != ImportState.COLUMNS or sheet not in locked.found.get("sheets", []):
        raise ActionRefused(_("Another sheet can be chosen only before the check."))
    locked.sheet, locked.state = sheet, ImportState.READING
    locked.save(update_fields=["sheet", "state"])
    work.wake(locked)
    return locked


@transaction.atomic
def choose_columns(
    *,
    job: ImportJob,
    mapping: dict[str, int],
    new_people: str,
    update_fields: Collection[str],
    erase_blanks: bool,
    consent_collected: bool,
    by: User,
) -> ImportJob:
    """Say which column is which and what may be written, and ask for the dry run; also once more.

    Raises:
        ActionRefused: no column tells people apart, or the import is beyond its check.
    """
    locked = _lock(job)
    if locked.state not in {ImportState.COLUMNS, ImportState.CHECKED}:
        raise ActionRefused(_("The columns of this import can no longer be changed."))
    if not _KEYS & mapping.keys():
        raise ActionRefused(_("One column must hold the registration number or the identity number."))
    locked.mapping = {
        field: position
        for field, position in mapping.items()
        if field in BY_FIELD and 0 <= position < len(locked.header)
    }
    locked.new_people = NewPeople(new_people)
    locked.update_fields = [name for name in UPDATABLE if name in update_fields and name in mapping]
    locked.erase_blanks, locked.consent_collected = erase_blanks, consent_collected
    locked.rows.all().delete()
    locked.chunks.filter(wave__gt=1).delete()
    locked.chunks.update(step=ChunkStep.READ, done_at=None)
    _start(locked, ImportState.CHECKING)
    locked.save()
    _record(
        locked,
        "registry.import.columns_chosen",
        by,
        {"new_people": locked.new_people, "update_fields": locked.update_fields},
    )
    work.wake(locked)
    return locked


@transaction.atomic
def decide_row(*, row: ImportRow, decision: str, by: User) -> ImportRow:
    """Say of a row whom it means: the key of a candidate, "new" for nobody on file, "skip" to leave it out.

    Raises:
        ActionRefused: the import is beyond its check, or it is no row to be looked at, or no such candidate.
    """
    job = ImportJob.objects.select_for_update().get(pk=row.job_id)
    locked = ImportRow.objects.select_for_update().get(pk=row.pk)
    if job.state != ImportState.CHECKED:
        raise ActionRefused(_("This import is no longer waiting: nothing can be decided on its rows."))
    keys = {key for key, _why in locked.candidates}
    if not keys:
        raise ActionRefused(_("There is nothing to decide on this row."))
    read = row_of(locked)
    locked.registrant_key, locked.notes = None, []
    if decision == "skip":
        locked.outcome = RowOutcome.SKIP
    elif decision == "new":
        locked.outcome, locked.notes = new_outcome(job, read)
        # A file without a column of kinds is one of artisans, which is said of new people alone.
        locked.values = packed_values(read)
    elif (key := record_key(decision)) in keys:
        locked.registrant_key = key
        on_file = people.snapshots([locked.registrant_key])
        if locked.registrant_key not in on_file:
            raise ActionRefused(_("This entry is not there any more."))
        locked.outcome, locked.notes = known_outcome(job, read, on_file[locked.registrant_key])
    else:
        raise ActionRefused(_("Choose whom this row means."))
    locked.decided_by = by
    locked.save(update_fields=["outcome", "notes", "values", "registrant_key", "decided_by"])
    job.planned = job.rows.counts()
    job.save(update_fields=["planned"])
    return locked


@transaction.atomic
def apply_import(*, job: ImportJob, by: User) -> ImportJob:
    """Enter what the check announced; rows nobody decided on are left out.

    Raises:
        ActionRefused: not checked, nothing to enter, or it registers people and the chamber wants that done
            by somebody else than who sent the file.
    """
    locked = _lock(job)
    if locked.state != ImportState.CHECKED:
        raise ActionRefused(_("This import is not waiting to be entered."))
    if not locked.rows.filter(outcome__in=[RowOutcome.CREATE, RowOutcome.UPDATE]).exists():
        raise ActionRefused(_("There is nothing to enter: nobody is new and nobody changes."))
    if refusal := why_not_apply(locked, by):
        raise ActionRefused(refusal)
    hours = RegisterRules.objects.of(locked.region_id).import_undo_hours
    locked.applied_by, locked.applied_at = by, timezone.now()
    locked.undo_until = locked.applied_at + timedelta(hours=hours)
    _start(locked, ImportState.APPLYING)
    locked.save()
    _record(locked, "registry.import.approved", by, locked.planned)
    work.wake(locked)
    return locked


def why_not_apply(job: ImportJob, user: User) -> str:
    """Why this person may not enter this import, in the reader's words; empty where they may."""
    registering = job.rows.filter(outcome=RowOutcome.CREATE)
    if job.new_people != NewPeople.REGISTERED:
        registering = registering.exclude(number_key="")
    if not registering.exists():
        return ""
    if not user.can(Permission.DECIDE_APPLICATION):
        return _("This import registers people: somebody who may decide on applications enters it.")
    if job.created_by_id == user.pk:
        chambers = Chamber.objects.filter(separate_maker_and_checker=True)
        if job.region_id:
            separate = chambers.filter(region_id=job.region_id).exists()
        else:
            regions = registering.order_by().values_list("values__region", flat=True).distinct()
            separate = chambers.filter(region_id__in=list(regions)).exists()
        if separate:
            return _("You sent this file, and it registers people: another person enters it.")
    return ""


@transaction.atomic
def cancel_import(*, job: ImportJob, by: User) -> ImportJob:
    """Give an import up; one that is being entered stops, and can go on or be undone.

    Raises:
        ActionRefused: over already, or a worker is at a step that cannot be left half done.
    """
    try:
        with transaction.atomic():
            locked = ImportJob.objects.select_for_update(nowait=True).get(pk=job.pk)
    except OperationalError:
        # Workers hold it for a moment behind each chunk; only the reading of a file takes longer.
        if ImportJob.objects.filter(pk=job.pk, state=ImportState.READING).exists():
            raise ActionRefused(_("The file is being read. Try again in a moment.")) from None
        locked = _lock(job)
    if locked.state not in _MAY_GIVE_UP:
        raise ActionRefused(
            _("This import cannot be cancelled: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.state == ImportState.APPLYING:
        locked.state = ImportState.STOPPED
    else:
        locked.state, locked.finished_at = ImportState.CANCELLED, timezone.now()
        transaction.on_commit(lambda: files.discard_file(locked))
    locked.last_error = ""
    locked.save(update_fields=["state", "finished_at", "last_error"])
    _record(locked, "registry.import.cancelled", by, {"state": locked.state})
    return locked


@transaction.atomic
def resume_import(*, job: ImportJob, by: User) -> ImportJob:
    """Go on with an import that was stopped half-way or stopped on an error, behind what is done.

    Raises:
        ActionRefused: it did not stop.
    """
    locked = _lock(job)
    if locked.state == ImportState.STOPPED:
        _start(locked, ImportState.APPLYING)
    elif not (locked.is_working and locked.last_error):
        raise ActionRefused(_("This import did not stop."))
    locked.last_error = ""
    locked.save(update_fields=["state", "last_error", "step_started_at"])
    _record(locked, "registry.import.resumed", by, {"state": locked.state})
    work.wake(locked)
    return locked


@transaction.atomic
def undo_import(*, job: ImportJob, by: User) -> ImportJob:
    """Take back what an import entered, within the time that the chamber's rules give.

    Raises:
        ActionRefused: nothing was entered, or the time is over.
    """
    locked = _lock(job)
    if locked.state not in {ImportState.APPLIED, ImportState.STOPPED}:
        raise ActionRefused(_("There is nothing to undo."))
    if timezone.now() > locked.undo_until:
        raise ActionRefused(_("The time in which this import could be undone is over."))
    _start(locked, ImportState.UNDOING)
    locked.last_error = ""
    locked.save(update_fields=["state", "last_error", "step_started_at"])
    _record(locked, "registry.import.undo_asked", by, {"state": locked.state})
    work.wake(locked)
    return locked


def _lock(job: ImportJob) -> ImportJob:
    return ImportJob.objects.select_for_update().get(pk=job.pk)


def _start(job: ImportJob, state: ImportState) -> None:
    job.state, job.step_started_at = state, timezone.now()


def _record(job: ImportJob, action: str, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=job, region_code=job.region_id or "", after=after)


def _digest(file: File) -> str:
    found = sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()
