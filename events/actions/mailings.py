"""Writing to those invited: runs started, stopped, and tried again for whom it failed."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, background
from core.exceptions import ActionRefused
from core.models import User
from events import letters, sending
from events.enums import Answer, Channel, DeliveryState, MailingState, Occasion
from events.models import Delivery, GuestGroup, LetterFile, Mailing, Meeting

_TOLD = (DeliveryState.SENT, DeliveryState.UNCLEAR)
# Days are counted from here: a number that fits where numbers of reminders are kept.
_FIRST_DAY = date(2020, 1, 1)


@transaction.atomic
def start_mailing(*, meeting: Meeting, occasion: Occasion, first_channel: Channel, by: User) -> Mailing:
    """Write to everybody whom this occasion concerns and who was not written to for it.

    Invitations go to those who have none yet, so that a second run reaches only whoever was added since;
    a reminder to those without an answer; a notice to all who were told of the meeting.

    Raises:
        ActionRefused: nobody is left to write to, another run is under way, or the meeting is not ahead.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _check_ahead(locked, occasion)
    number = _number(locked, occasion)
    already = Delivery.objects.filter(invitation__meeting=locked, occasion=occasion, number=number)
    people = locked.invitations.standing().exclude(pk__in=already.values("invitation_id"))
    if occasion == Occasion.REMINDER:
        people = people.filter(answer=Answer.NONE)
    if occasion == Occasion.NOTICE:
        told = Delivery.objects.filter(invitation__meeting=locked, state__in=_TOLD)
        people = people.filter(pk__in=told.values("invitation_id"))
    keys = list(people.order_by("position").values_list("pk", flat=True))
    if not keys:
        raise ActionRefused(_("Nobody is left to write to."))
    run = 1 + (locked.mailings.filter(occasion=occasion).aggregate(last=Max("number"))["last"] or 0)
    try:
        with transaction.atomic():
            mailing = Mailing.objects.create(
                meeting=locked, occasion=occasion, number=run, first_channel=first_channel, created_by=by
            )
    except IntegrityError as error:
        raise ActionRefused(_("People are being written to already. Wait until it is done.")) from error
    Delivery.objects.bulk_create(
        (Delivery(mailing=mailing, invitation_id=key, occasion=occasion, number=number) for key in keys),
        batch_size=1000,
    )
    audit.record(
        action="events.mailing.started",
        by=by,
        subject=locked,
        region_code=locked.region_id,
        after={"occasion": occasion, "people": len(keys)},
    )
    transaction.on_commit(lambda: background.wake(sending.SEND, mailing.pk))
    return mailing


@transaction.atomic
def cancel_mailing(*, mailing: Mailing, by: User) -> None:
    """Stop a run; what is not sent yet stays unsent, and may be sent by another run."""
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if locked.state != MailingState.RUNNING:
        return
    locked.state, locked.finished_at = MailingState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    # Whoever was not reached is free for the next run; what is sent, or may be, stays.
    left, _rows = locked.deliveries.pending().delete()
    audit.record(
        action="events.mailing.stopped",
        by=by,
        subject=locked.meeting,
        region_code=locked.meeting.region_id,
        after={"occasion": locked.occasion, "unsent": left},
    )


@transaction.atomic
def try_again(*, mailing: Mailing, by: User) -> int:
    """Send again what failed or could not be addressed; gives how many. What may have gone out is left.

    Raises:
        ActionRefused: nothing failed of invitations that stand, another run is under way, or the meeting is
            not ahead.
    """
    meeting = Meeting.objects.select_for_update().get(pk=mailing.meeting_id)
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    _check_ahead(meeting, locked.occasion)
    failed = locked.deliveries.filter(
        state__in=(DeliveryState.FAILED, DeliveryState.UNREACHABLE), invitation__withdrawn_at__isnull=True
    )
    count = failed.update(state=DeliveryState.PENDING, error="", channel="", claimed_at=None)
    if not count:
        raise ActionRefused(_("Nobody is left to write to."))
    locked.state, locked.finished_at = MailingState.RUNNING, None
    try:
        with transaction.atomic():
            locked.save(update_fields=["state", "finished_at"])
    except IntegrityError as error:
        raise ActionRefused(_("People are being written to already. Wait until it is done.")) from error
    audit.record(
        action="events.mailing.again",
        by=by,
        subject=locked.meeting,
        region_code=locked.meeting.region_id,
        after={"occasion": locked.occasion, "people": count},
    )
    transaction.on_commit(lambda: background.wake(sending.SEND, locked.pk))
    return count


@transaction.atomic
def start_letters(*, meeting: Meeting, language: str, group: GuestGroup | None, by: User) -> LetterFile:
    """Have the letters of a meeting, or of one group, put into one file.

    Raises:
        ActionRefused: nobody is invited.
    """
    people = meeting.invitations.standing()
    if group is not None:
        people = people.filter(group=group)
    total = people.count()
    if not total:
        raise ActionRefused(_("Nobody is invited yet."))
    made = LetterFile.objects.create(
        meeting=meeting, language=language, group=group, total=total, created_by=by
    )
    audit.record(
        action="events.letters.started",
        by=by,
        subject=meeting,
        region_code=meeting.region_id,
        after={"letters": total},
    )
    transaction.on_commit(lambda: background.wake(letters.MAKE, made.pk))
    return made


@transaction.atomic
def cancel_letters(*, letters: LetterFile, by: User) -> None:
    """Stop making a file of letters."""
    locked = LetterFile.objects.select_for_update().get(pk=letters.pk)
    if locked.state == MailingState.RUNNING:
        locked.state, locked.finished_at = MailingState.CANCELLED, timezone.now()
        locked.save(update_fields=["state", "finished_at"])


def _check_ahead(meeting: Meeting, occasion: str) -> None:
    if not sending.may_be_told(meeting, occasion):
        raise ActionRefused(_("Only for a meeting that is scheduled or announced."))


def _number(meeting: Meeting, occasion: Occasion) -> int:
    """What tells this occasion from earlier ones: an invitation is one for ever, a notice one a change."""
    if occasion == Occasion.INVITATION:
        return 1
    if occasion == Occasion.NOTICE:
        return meeting.sequence
    # A reminder a day: two clicks are one, tomorrow's is another.
    return (timezone.localdate() - _FIRST_DAY).days
