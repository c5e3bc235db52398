"""What every kind of request has in common when it is entered or handed to those who decide."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.changes.trail import record_change
from registry.actions.data import ScannedDocument
from registry.actions.duplicates import refuse_merged
from registry.enums import ChangeKind, ChangeState
from registry.models import ChangeRequest, Document, RegisterRules, Registrant
from registry.numbers import new_tracking_number


def lock(registrant_id: int) -> Registrant:
    """The registrant's row, which serialises everything that is done about one person.

    Taken before a request's own row, by everyone, so that two decisions never wait for each other.
    """
    locked = Registrant.objects.select_for_update().get(pk=registrant_id)
    refuse_merged(locked)
    return locked


def enter(
    *,
    registrant: Registrant,
    kind: ChangeKind,
    by: User,
    state: ChangeState = ChangeState.SUBMITTED,
    explanation: str = "",
    documents: Sequence[ScannedDocument] = (),
    **fields: Any,
) -> ChangeRequest:
    """Keep a new request about a registrant whose row the caller has locked.

    Raises:
        ActionRefused: the entry does not stand so that this can be asked, or the same is asked already.
    """
    check_standing(registrant, kind)
    if state == ChangeState.SUBMITTED:
        fields |= {"submitted_by": by, "submitted_at": timezone.now()}
    try:
        with transaction.atomic():
            request = ChangeRequest.objects.create(
                registrant=registrant,
                kind=kind,
                state=state,
                number=new_tracking_number(),
                region_id=registrant.region_id,
                due_on=due_on(kind, fields.get("destination_id") or registrant.region_id),
                explanation=clean(explanation),
                entered_by=by,
                **fields,
            )
    except IntegrityError as error:
        raise ActionRefused(
            _("A request of this kind is open for this person already: decide on it or withdraw it first.")
        ) from error
    attach(request, documents, by)
    record_change(request, by, reason=request.explanation)
    return request


def submit(
    *, request: ChangeRequest, by: User, documents: Sequence[ScannedDocument] = (), **fields: Any
) -> ChangeRequest:
    """Make of a wish a request that can be decided on; the caller has locked both rows.

    Raises:
        ActionRefused: it is not a wish any more.
    """
    move = lifecycle.CHANGE.check("submit", request.state)
    check_standing(request.registrant, request.kind)
    fields |= {"state": move.to, "submitted_by": by, "submitted_at": timezone.now()}
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=list(fields))
    attach(request, documents, by)
    record_change(request, by)
    return request


def lock_request(request: ChangeRequest) -> ChangeRequest:
    """The request under lock, its registrant locked first and hanging on it."""
    registrant = lock(request.registrant_id)
    locked = ChangeRequest.objects.select_for_update(of=["self"]).get(pk=request.pk)
    locked.registrant = registrant
    return locked


def check_standing(registrant: Registrant, kind: ChangeKind) -> None:
    """Raises ActionRefused where an entry in this state takes no request of this kind."""
    if registrant.merged_into_id:
        raise ActionRefused(_("This entry was merged into another: open that one."))
    if registrant.state not in lifecycle.CHANGE_KINDS[kind].standing:
        raise ActionRefused(
            _("This is not possible while the entry is: %(state)s.")
            % {"state": registrant.get_state_display()}
        )


def due_on(kind: ChangeKind, region_id: str) -> date:
    """The day by which the chamber has given itself to decide."""
    rules = RegisterRules.objects.of(region_id)
    return timezone.localdate() + timedelta(days=getattr(rules, lifecycle.CHANGE_KINDS[kind].days))


def attach(request: ChangeRequest, documents: Sequence[ScannedDocument], by: User) -> None:
    """Scans that prove the request: kept on the person's file, whatever is decided."""
    for scanned in documents:
        request.documents.add(
            Document.objects.create(
                registrant=request.registrant,
                kind=scanned.kind,
                file=scanned.content,
                content_type=scanned.content_type,
                uploaded_by=by,
            )
        )
