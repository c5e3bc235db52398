"""Craft bodies: planned, shown to the public, given documents, dissolved."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.images import ReencodedDocument
from core.models import Province, Region, User
from registry.body_lifecycle import BODY
from registry.enums import BodyLevel, BodyState
from registry.models import BodyDocument, CraftBody, CraftBranch, RegisterRules

_NAMES = {
    BodyLevel.PROVINCIAL: ("الهيئة الحرفية الإقليمية", "Organisme professionnel provincial"),
    BodyLevel.REGIONAL: ("الهيئة الحرفية الجهوية", "Organisme professionnel régional"),
    BodyLevel.NATIONAL: ("الهيئة الحرفية الوطنية", "Organisme professionnel national"),
}


def rules_of(body: CraftBody) -> RegisterRules:
    """The rules of the region's chamber; of a national body the working values."""
    return RegisterRules.objects.of(body.region_id) if body.region_id else RegisterRules()


@transaction.atomic
def plan_body(
    *, level: str, branch: CraftBranch, region: Region | None, province: Province | None, by: User
) -> CraftBody:
    """Take a body into the plan. Its name says level, branch and territory.

    Raises:
        ActionRefused: there is one already, or a national one is planned from within a region.
    """
    _check_reach(level, region, by)
    name_ar, name_fr = _NAMES[BodyLevel(level)]
    place = province or region
    body = CraftBody(
        level=level,
        branch=branch,
        region=region,
        province=province,
        name_ar=f"{name_ar}: {branch.name_ar}{f' - {place.name_ar}' if place else ''}"[:200],
        name_fr=f"{name_fr} : {branch.name_fr}{f' - {place.name_fr}' if place else ''}"[:200],
        created_by=by,
    )
    try:
        with transaction.atomic():
            body.save()
    except IntegrityError as error:
        raise ActionRefused(_("There is a body of this branch and territory already.")) from error
    record(body, "planned", by, after={"name": body.name_ar, "level": body.level})
    return body


@transaction.atomic
def remove_planned_body(*, body: CraftBody, by: User) -> None:
    """Take a body out of the plan, as long as nobody was ever called for it.

    Raises:
        ActionRefused: an assembly was convoked, or documents are kept.
    """
    locked = lock(body)
    if locked.state != BodyState.PLANNED or locked.assemblies.exists() or locked.documents.exists():
        raise ActionRefused(_("This body has a history: it stays."))
    record(locked, "removed", by, before={"name": locked.name_ar})
    locked.delete()


@transaction.atomic
def dissolve_body(*, body: CraftBody, dissolved_on: date, reason: str, by: User) -> CraftBody:
    """End a body: its mandates end that day and its members leave it.

    Raises:
        ActionRefused: it is not founded, no reason is given, or the day lies before its founding or ahead.
    """
    locked = lock(body)
    move = BODY.check("dissolve", locked.state)
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    if not locked.founded_on <= dissolved_on <= timezone.localdate():
        raise ActionRefused(_("A body is dissolved after it was founded, and not in the future."))
    for mandate in locked.mandates.select_for_update().order_by("pk"):
        if mandate.period.lower >= dissolved_on:
            mandate.delete()
        elif mandate.period.upper is None or mandate.period.upper > dissolved_on:
            mandate.period = (mandate.period.lower, dissolved_on)
            mandate.save(update_fields=["period"])
    for membership in locked.memberships.active().select_for_update().order_by("pk"):
        membership.left_on = max(dissolved_on, membership.joined_on)
        membership.leaving_reason = why
        membership.save(update_fields=["left_on", "leaving_reason"])
    before = {"state": locked.state}
    locked.state, locked.dissolved_on, locked.dissolution_reason = move.to, dissolved_on, why
    locked.renewal_on = None
    locked.version += 1
    locked.save()
    record(locked, "dissolved", by, before=before, after={"state": locked.state}, reason=why)
    return locked


@transaction.atomic
def show_president(*, body: CraftBody, shown: bool, by: User) -> CraftBody:
    """Show the president's name on the public page, or no longer."""
    locked = lock(body)
    if locked.is_public != shown:
        locked.is_public = shown
        locked.save(update_fields=["is_public"])
        record(locked, "shown", by, before={"is_public": not shown}, after={"is_public": shown})
    return locked


@transaction.atomic
def add_body_document(*, body: CraftBody, kind: str, scan: ReencodedDocument, by: User) -> BodyDocument:
    """Keep statutes, minutes or a receipt with the body."""
    locked = lock(body)
    document = BodyDocument.objects.create(
        body=locked, kind=kind, file=scan.content, content_type=scan.content_type, uploaded_by=by
    )
    record(locked, "document_added", by, after={"document": str(document)})
    return document


def lock(body: CraftBody) -> CraftBody:
    """The body's row, locked: whatever concerns a body waits for it first."""
    return CraftBody.objects.select_for_update().get(pk=body.pk)


def record(
    body: CraftBody,
    done: str,
    by: User,
    *,
    before: dict | None = None,
    after: dict | None = None,
    reason: str = "",
) -> None:
    """What the audit trail says of a body."""
    audit.record(
        action=f"registry.body.{done}",
        by=by,
        subject=body,
        label=body.name_ar,
        region_code=body.region_id or "",
        before=before,
        after=after,
        reason=reason,
    )


def _check_reach(level: str, region: Region | None, by: User) -> None:
    if by.sees_all_regions:
        return
    if level == BodyLevel.NATIONAL or region is None or region.pk != by.region_id:
        raise ActionRefused(_("Bodies of other regions and national ones are not yours to found."))
