"""Requests of people about their data: asked, answered or refused with words, within the chamber's limit."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.enums import DataRequestKind, DataRequestState
from registry.models import DataRequest, RegisterRules, Registrant


@transaction.atomic
def ask_about_data(*, registrant: Registrant, kind: DataRequestKind, words: str, by: User) -> DataRequest:
    """Enter a request; the same one asked again while it is open is the one that is there.

    Raises:
        ActionRefused: a rectification or an opposition that does not say of what.
    """
    text = clean(words)
    if kind != DataRequestKind.ACCESS and not text:
        raise ActionRefused(_("Say what is wrong, or what you object to."))
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    there = locked.data_requests.filter(kind=kind, state=DataRequestState.OPEN).first()
    if there is not None:
        return there
    days = RegisterRules.objects.of(locked.region_id).days_to_answer_access
    request = DataRequest.objects.create(
        registrant=locked, kind=kind, words=text, due_on=timezone.localdate() + timedelta(days=days)
    )
    _record("registry.data_request.asked", request, by)
    return request


@transaction.atomic
def answer_data_request(*, request: DataRequest, refuse: bool, answer: str, by: User) -> DataRequest:
    """Close a request with words for the person.

    Raises:
        ActionRefused: answered already, or no words.
    """
    locked = DataRequest.objects.select_for_update().select_related("registrant").get(pk=request.pk)
    if locked.state != DataRequestState.OPEN:
        raise ActionRefused(_("This request has been answered already."))
    locked.answer = clean(answer)
    if not locked.answer:
        raise ActionRefused(_("Give an answer in words."))
    locked.state = DataRequestState.REFUSED if refuse else DataRequestState.ANSWERED
    locked.answered_at, locked.answered_by = timezone.now(), by
    locked.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    _record(f"registry.data_request.{locked.state}", locked, by)
    return locked


def record_data_given(*, registrant: Registrant, by: User) -> None:
    """Somebody took away all that is held of this person."""
    audit.record(action="registry.data.given", by=by, subject=registrant, region_code=registrant.region_id)


def _record(action: str, request: DataRequest, by: User) -> None:
    audit.record(
        action=action,
        by=by,
        subject=request.registrant,
        region_code=request.registrant.region_id,
        after={"kind": request.kind, "due_on": request.due_on},
        reason=request.answer,
    )
