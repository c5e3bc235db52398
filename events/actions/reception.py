"""Guests at the door without any code: they came, sent somebody, or are excused."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from events.actions.attendance import Delegate, check_in
from events.enums import Answer, ListKind, ScanMethod
from events.finding import of_invitation
from events.models import CheckIn, CheckInList, Invitation, Scan


def receive_guest(*, invitation: Invitation, delegate: Delegate | None, by: User) -> Scan:
    """Record that somebody invited is present, or whom they sent. Twice is once.

    Raises:
        ActionRefused: the desk is not open.
    """
    door = CheckInList.objects.select_related("meeting").get(
        meeting_id=invitation.meeting_id, kind=ListKind.DOOR
    )
    return check_in(
        at=door,
        found=of_invitation(invitation),
        method=ScanMethod.NAME,
        scan_id=uuid.uuid4(),
        by=by,
        delegate=delegate,
    )


@transaction.atomic
def excuse_guest(*, invitation: Invitation, by: User) -> Invitation:
    """Note that somebody invited said they cannot come.

    Raises:
        ActionRefused: present already, or the invitation was withdrawn.
    """
    locked = (
        Invitation.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=invitation.pk)
    )
    if locked.withdrawn_at:
        raise ActionRefused(_("This invitation was withdrawn."))
    if CheckIn.objects.present().filter(invitation=locked).exists():
        raise ActionRefused(_("This guest is present: undo the presence first."))
    if locked.answer == Answer.NOT_COMING:
        return locked
    before = {"answer": locked.answer}
    locked.answer, locked.answered_at, locked.answered_by = Answer.NOT_COMING, timezone.now(), by
    locked.delegate_name = locked.delegate_title = ""
    locked.save(update_fields=["answer", "answered_at", "answered_by", "delegate_name", "delegate_title"])
    audit.record(
        action="events.attendance.excused",
        by=by,
        subject=locked,
        region_code=locked.meeting.region_id,
        before=before,
        after={"answer": locked.answer},
    )
    return locked
