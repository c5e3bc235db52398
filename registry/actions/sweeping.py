"""Going through the register in search of duplicates: in stretches, each committed with how far it came."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, background
from core.background import Progress
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.duplicates import find_duplicates
from registry.models import DuplicatePair, DuplicateSweep, Registrant

STRETCH = 200
SWEEP = "registry.tasks.sweep_duplicates"


@transaction.atomic
def start_sweep(*, by: User | None, region_code: str = "", after: int = 0) -> DuplicateSweep:
    """Begin to look through a region, or the whole country; the one that runs already goes on.

    `after` is a key: whoever stands before it is passed over, as where only those just entered are new. A
    search that runs and is beyond it goes back there.
    """
    unfinished = DuplicateSweep.objects.select_for_update()
    running = unfinished.filter(region_code=region_code, finished_at__isnull=True).first()
    if running:
        if after and running.last_id > after:
            running.last_id = after
            running.total += _people(region_code).filter(pk__gt=after).count()
            running.save(update_fields=["last_id", "total"])
        return running
    sweep, is_new = DuplicateSweep.objects.get_or_create(
        region_code=region_code,
        finished_at=None,
        defaults={
            "total": _people(region_code).filter(pk__gt=after).count(),
            "last_id": after,
            "started_by": by,
        },
    )
    if is_new:
        audit.record(
            action="registry.duplicate.sweep_started",
            by=by,
            subject=sweep,
            region_code=region_code,
            after={"entries": sweep.total},
        )
    return sweep


def wake_sweep(sweep: DuplicateSweep) -> None:
    """Ask for a worker once the transaction is committed."""
    transaction.on_commit(lambda: background.wake(SWEEP, sweep.pk))


@transaction.atomic
def cancel_sweep(*, sweep: DuplicateSweep, by: User) -> DuplicateSweep:
    """Stop looking; the pairs found so far stay.

    Raises:
        ActionRefused: it is over already.
    """
    locked = DuplicateSweep.objects.select_for_update().get(pk=sweep.pk)
    if locked.finished_at is not None:
        raise ActionRefused(_("This search is over already."))
    locked.cancelled, locked.finished_at = True, timezone.now()
    locked.save(update_fields=["cancelled", "finished_at"])
    audit.record(
        action="registry.duplicate.sweep_cancelled", by=by, subject=locked, region_code=locked.region_code
    )
    return locked


def go_on_with_sweep(sweep_id: int) -> None:
    """Look through what is left. Safe to be killed and to run twice: a stretch done again changes nothing."""
    while _next_stretch(sweep_id):
        pass


def sweep_progress(sweep: DuplicateSweep) -> Progress:
    left = None
    if sweep.done and sweep.finished_at is None:
        left = (timezone.now() - sweep.started_at) * ((sweep.total - sweep.done) / sweep.done)
    return Progress(min(sweep.done, sweep.total), sweep.total, left)


def _next_stretch(sweep_id: int) -> bool:
    """One stretch; false when nothing is left.

    No lock is held while looking, so that nobody waits; two workers at once only do a stretch twice.
    """
    sweep = DuplicateSweep.objects.filter(pk=sweep_id, finished_at__isnull=True).first()
    if sweep is None:
        return False
    begun_at = sweep.last_id
    people = _people(sweep.region_code).filter(pk__gt=begun_at).order_by("pk")
    ids = list(people.values_list("pk", flat=True)[:STRETCH])
    for registrant_id in ids:
        find_duplicates(registrant_id)
    with transaction.atomic():
        sweep = DuplicateSweep.objects.select_for_update().get(pk=sweep_id)
        if sweep.finished_at is not None:
            return False
        if sweep.last_id != begun_at:
            # Another worker did this stretch, or the search was sent back: on from there.
            return True
        if ids:
            sweep.last_id = ids[-1]
            sweep.done = min(sweep.done + len(ids), sweep.total)
        else:
            sweep.finished_at, sweep.done = timezone.now(), sweep.total
            sweep.pairs_found = DuplicatePair.objects.filter(found_at__gte=sweep.started_at).count()
        sweep.save()
    return bool(ids)


def _people(region_code: str) -> QuerySet[Registrant]:
    people = Registrant.objects.unmerged().filter(erased_at__isnull=True)
    return people.filter(region_id=region_code) if region_code else people
