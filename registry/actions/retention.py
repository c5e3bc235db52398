"""Erasing data at the end of its retention: first a report, then exactly what it lists, entry by entry."""

import logging

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import accounts, audit
from core.exceptions import ActionRefused
from core.models import Chamber, User
from registry.actions.changes.erasing import erase_changes
from registry.actions.drafts import empty_draft
from registry.enums import RegistrantState, RetentionOutcome, RetentionReason, RetentionState
from registry.models import (
    ApplicationComment,
    ApplicationDraft,
    ContactPreference,
    DraftUpload,
    Merge,
    Registrant,
    RetentionEntry,
    RetentionRun,
)
from registry.retention import drafts_due, due
from registry.signals import registrant_erased

logger = logging.getLogger(__name__)

ERASED_NAME_AR, ERASED_NAME_LATIN = "محذوف", "Erased"
OPEN = (RetentionState.PREPARED, RetentionState.RUNNING)


@transaction.atomic
def prepare_retention(*, region_id: str, by: User) -> RetentionRun:
    """Write down what would be erased today; nothing is touched.

    Raises:
        ActionRefused: a report of this region is open already.
    """
    try:
        with transaction.atomic():
            run = RetentionRun.objects.create(region_id=region_id, prepared_by=by)
    except IntegrityError as error:
        raise ActionRefused(_("A report of this region is open already.")) from error
    today = timezone.localdate()
    RetentionEntry.objects.bulk_create(
        (
            RetentionEntry(
                run=run,
                registrant_number=person.pk,
                reference=person.nia or _tracking_number(person),
                reason=reason,
                since=since,
            )
            for person, reason, since in due(region_id=region_id, today=today)
        ),
        batch_size=500,
    )
    RetentionEntry.objects.bulk_create(
        (
            RetentionEntry(
                run=run,
                draft_key=draft.key,
                reference=str(draft.key)[:8].upper(),
                reason=RetentionReason.DRAFT,
                since=timezone.localdate(draft.saved_at),
            )
            for draft in drafts_due(region_id=region_id, today=today)
        ),
        batch_size=500,
    )
    if not run.entries.exists():
        # Nobody can approve or cancel nothing: it would stand in the way of the next report.
        run.state, run.finished_at = RetentionState.NOTHING, timezone.now()
        run.save(update_fields=["state", "finished_at"])
    _record(run, "registry.retention.prepared", by)
    return run


@transaction.atomic
def approve_retention(*, run: RetentionRun, by: User) -> RetentionRun:
    """Let the report be carried out. Approving twice is approving once.

    Raises:
        ActionRefused: cancelled, or the same person prepared it where maker and checker differ.
    """
    locked = RetentionRun.objects.select_for_update().get(pk=run.pk)
    if locked.state in {RetentionState.RUNNING, RetentionState.DONE}:
        return locked
    if locked.state == RetentionState.CANCELLED:
        raise ActionRefused(_("This report was cancelled."))
    if locked.state != RetentionState.PREPARED:
        raise ActionRefused(_("This report is closed already."))
    chamber = Chamber.objects.get(region_id=locked.region_id)
    if chamber.separate_maker_and_checker and locked.prepared_by_id == by.pk:
        raise ActionRefused(_("You prepared this report: another person has it carried out."))
    locked.state, locked.approved_by = RetentionState.RUNNING, by
    locked.save(update_fields=["state", "approved_by"])
    _record(locked, "registry.retention.approved", by)
    return locked


@transaction.atomic
def cancel_retention(*, run: RetentionRun, by: User) -> RetentionRun:
    """Close a report; what was erased before stays erased."""
    locked = RetentionRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in OPEN:
        raise ActionRefused(_("This report is closed already."))
    locked.state, locked.finished_at = RetentionState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    _record(locked, "registry.retention.cancelled", by)
    return locked


def carry_out(run_id: int) -> None:
    """Erase what is left of a report, each entry in a transaction of its own: killed, it is run again."""
    while _erase_next(run_id):
        pass
    with transaction.atomic():
        run = RetentionRun.objects.select_for_update().get(pk=run_id)
        if run.state == RetentionState.RUNNING:
            run.state, run.finished_at = RetentionState.DONE, timezone.now()
            run.save(update_fields=["state", "finished_at"])
            _record(run, "registry.retention.done", run.approved_by)


@transaction.atomic
def _erase_next(run_id: int) -> bool:
    run = RetentionRun.objects.get(pk=run_id)
    if run.state != RetentionState.RUNNING:
        return False
    waiting = run.entries.filter(outcome=RetentionOutcome.WAITING).select_for_update()
    entry = waiting.order_by("pk").first()
    if entry is None:
        return False
    try:
        with transaction.atomic():
            erased = _erase_draft(entry, run) if entry.draft_key else _erase_person(entry, run)
    except (ProtectedError, IntegrityError):
        logger.warning("entry %s of report %s is kept: something depends on it", entry.pk, run_id)
        erased = False
    entry.outcome = RetentionOutcome.ERASED if erased else RetentionOutcome.KEPT
    entry.save(update_fields=["outcome"])
    return True


def _erase_person(entry: RetentionEntry, run: RetentionRun) -> bool:
    """Whether the entry was still as the report found it, and is erased."""
    person = Registrant.objects.select_for_update().filter(pk=entry.registrant_number).first()
    if person is None or not _still_due(person, entry):
        return False
    _erase(person, entry.reason, run)
    return True


def _erase_draft(entry: RetentionEntry, run: RetentionRun) -> bool:
    """The same of what was typed at a counter: its row stays, empty and closed."""
    drafts = ApplicationDraft.objects.of_new_people().select_for_update()
    draft = drafts.filter(key=entry.draft_key, region_id=run.region_id, saved_at__lte=run.prepared_at).first()
    if draft is None:
        return False
    empty_draft(draft, None)
    audit.record(action="registry.draft.erased", by=run.approved_by, subject=draft, region_code=run.region_id)
    return True


def _still_due(person: Registrant, entry: RetentionEntry) -> bool:
    """Nothing happened to the entry since the report was made."""
    expected = (
        RegistrantState.STRUCK_OFF
        if entry.reason == RetentionReason.STRUCK_OFF
        else RegistrantState.CANDIDATE
    )
    return (
        person.state == expected
        and person.merged_into_id is None
        and person.region_id == entry.run.region_id
        and person.erased_at is None
        and person.updated_at <= entry.run.prepared_at
    )


def _erase(person: Registrant, reason: str, run: RetentionRun) -> None:
    """Erase an entry, and before it those that were merged into it: they are the same person."""
    for merged in person.merged.select_for_update(of=("self",)).order_by("pk"):
        if merged.erased_at is None:
            _erase(merged, reason, run)
    files = [document.file for document in person.documents.all()]
    files += [person.photograph] if person.photograph else []
    files += [upload.file for upload in DraftUpload.objects.filter(draft__application__registrant=person)]
    registrant_erased.send(sender=Registrant, registrant=person)
    files += erase_changes(person)
    person.notifications.all().delete()
    ContactPreference.objects.filter(registrant=person).delete()
    audit.record(
        action="registry.registrant.erased",
        by=run.approved_by,
        subject=person,
        label=person.nia or "",
        region_code=person.region_id,
        after={"reason": reason},
    )
    if reason == RetentionReason.STRUCK_OFF:
        _make_nameless(person)
    else:
        _merges_of(person).delete()
        person.applications.all().delete()
        person.delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])


def _merges_of(person: Registrant) -> QuerySet[Merge]:
    return Merge.objects.filter(Q(kept=person) | Q(merged=person))


def _make_nameless(person: Registrant) -> None:
    """The number stays, so that it is never given again, and what figures need: craft, commune, year."""
    user = person.user
    person.given_name_ar = person.family_name_ar = ERASED_NAME_AR
    person.given_name_latin = person.family_name_latin = ERASED_NAME_LATIN
    person.national_id = person.phone = person.email = person.address = ""
    person.birth_date = person.birth_date.replace(month=1, day=1)
    person.photograph = ""
    person.user = None
    # What merges keep of an entry for the time in which they can be undone.
    _merges_of(person).update(before={}, after={})
    person.erased_at = timezone.now()
    person.version += 1
    person.save()
    person.documents.all().delete()
    person.qualifications.update(title="")
    person.members.all().delete()
    ApplicationComment.objects.filter(application__registrant=person).delete()
    ApplicationDraft.objects.filter(application__registrant=person).delete()
    person.consents.all().delete()
    person.data_requests.all().delete()
    if user is not None:
        accounts.erase(user)


def _tracking_number(person: Registrant) -> str:
    return person.applications.values_list("tracking_number", flat=True).first() or f"#{person.pk}"


def _record(run: RetentionRun, action: str, by: User | None) -> None:
    audit.record(
        action=action,
        by=by,
        subject=run,
        region_code=run.region_id,
        after={"entries": run.entries.count()},
    )
