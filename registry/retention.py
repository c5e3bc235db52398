"""What has reached the end of its retention by the chamber's settings; an empty length erases nothing."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q, QuerySet

from core.dates import months_before
from registry.enums import ApplicationState, RegistrantState, RetentionReason
from registry.models import ApplicationDraft, RegisterRules, Registrant


def due(*, region_id: str, today: date) -> Iterator[tuple[Registrant, RetentionReason, date]]:
    """Each entry whose time is over: why, and since when its time runs."""
    rules = RegisterRules.objects.of(region_id)
    for reason, months, people in (
        (RetentionReason.DRAFT, rules.retention_draft_months, _only_drafts(region_id)),
        (RetentionReason.REJECTED, rules.retention_rejected_months, _only_rejected(region_id)),
        (RetentionReason.STRUCK_OFF, rules.retention_struck_off_months, _struck_off(region_id)),
    ):
        if not months:
            continue
        last_day = months_before(today, months)
        for person in people.filter(since__date__lte=last_day).order_by("pk").iterator(chunk_size=500):
            yield person, reason, person.since.date()


def drafts_due(*, region_id: str, today: date) -> QuerySet[ApplicationDraft]:
    """What was typed at the counters of a region, never handed in, and not touched for the same length."""
    months = RegisterRules.objects.of(region_id).retention_draft_months
    drafts = ApplicationDraft.objects.of_new_people().filter(region_id=region_id)
    return drafts.filter(saved_at__date__lte=months_before(today, months)) if months else drafts.none()


def _entries(region_id: str) -> QuerySet:
    """Not those merged into another: they are the same person, and go when it goes."""
    return Registrant.objects.unmerged().filter(region_id=region_id, erased_at__isnull=True)


def _candidates(region_id: str) -> QuerySet:
    return _entries(region_id).filter(state=RegistrantState.CANDIDATE)


def _only_drafts(region_id: str) -> QuerySet:
    others = Q(applications__state__in=set(ApplicationState) - {ApplicationState.DRAFT})
    return _candidates(region_id).exclude(others).annotate(since=Max("updated_at"))


def _only_rejected(region_id: str) -> QuerySet:
    others = Q(applications__state__in=set(ApplicationState) - {ApplicationState.REJECTED})
    return (
        _candidates(region_id)
        .filter(applications__isnull=False)
        .exclude(others)
        .annotate(since=Max("applications__decided_at"))
    )


def _struck_off(region_id: str) -> QuerySet:
    people = _entries(region_id).filter(state=RegistrantState.STRUCK_OFF)
    return people.annotate(since=Max("updated_at"))
