"""Workers that write to people invited. Killed at any moment, they lose nobody and write to nobody twice."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from core import background
from core.models import Chamber
from core.sms import SmsNotSent, get_sms_backend
from events.enums import Channel, DeliveryState, MailingState, MeetingState, Occasion
from events.messages import email_parts, sms_text
from events.models import Delivery, Invitation, Mailing, Meeting

logger = logging.getLogger(__name__)

SEND = "events.tasks.send_mailing"
# First half of the advisory lock that tells whether workers are at a run; the second is its key.
_LOCK = 0x6D61696C
# Invitations and reminders go out for what will take place; a notice also says that it will not.
_AHEAD = (MeetingState.SCHEDULED, MeetingState.ANNOUNCED)


def may_be_told(meeting: Meeting, occasion: str) -> bool:
    """Whether people are written to for this occasion as the meeting stands."""
    return occasion == Occasion.NOTICE or meeting.state in _AHEAD


def send_mailing(mailing_id: int) -> None:
    """Send what is left of a run. Any number of workers may be at one run."""
    _was_left(mailing_id)
    with background.at_work(_LOCK, mailing_id, shared=True):
        while (delivery := _claim(mailing_id)) is not None:
            _send(delivery)
        _finish(mailing_id)


def resume(mailing_id: int | None = None) -> int:
    """Ask for a worker for every run (or this one) that nobody is at; give how many."""
    running = Mailing.objects.running()
    if mailing_id is not None:
        running = running.filter(pk=mailing_id)
    forgotten = [
        key
        for key in running.values_list("pk", flat=True)
        if _was_left(key) and not background.is_queued(SEND, key)
    ]
    for key in forgotten:
        background.wake(SEND, key)
    return len(forgotten)


@transaction.atomic
def _was_left(mailing_id: int) -> bool:
    """Whether nobody is at a run. What a dead worker had in its hands may have gone out: it is marked so."""
    if background.is_at_work(_LOCK, mailing_id):
        return False
    lost = Delivery.objects.filter(mailing=mailing_id, state=DeliveryState.CLAIMED)
    lost.update(state=DeliveryState.UNCLEAR)
    return True


@transaction.atomic
def _claim(mailing_id: int) -> Delivery | None:
    """Take the next message, committed before anything is sent; None where the run is over or was stopped."""
    # A share of the run's lock: stopping it waits for this moment, and the next claim sees it stopped.
    running = Mailing.objects.running().filter(pk=mailing_id).select_for_update().first()
    if running is None:
        return None
    delivery = (
        running.deliveries.pending()
        .order_by("invitation__position")
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if delivery is not None:
        delivery.state, delivery.claimed_at = DeliveryState.CLAIMED, timezone.now()
        delivery.save(update_fields=["state", "claimed_at"])
    return delivery


def _send(delivery: Delivery) -> None:
    invitation = Invitation.objects.with_people().select_related("meeting").get(pk=delivery.invitation_id)
    if invitation.withdrawn_at is not None or not may_be_told(invitation.meeting, delivery.occasion):
        # Since the run began. Nobody was told: they are free for another run, as when one is stopped.
        delivery.delete()
        return
    first = delivery.mailing.first_channel
    channel, address = _address(invitation, first)
    if not channel:
        _close(delivery, DeliveryState.UNREACHABLE)
        return
    chamber = Chamber.objects.get(region_id=invitation.meeting.region_id)
    try:
        if channel == Channel.SMS:
            get_sms_backend().send(address, sms_text(invitation, delivery.occasion, chamber))
        else:
            subject, text = email_parts(invitation, delivery.occasion, chamber)
            EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (SmsNotSent, OSError, ValueError) as error:
        # Neither the address nor the text may stand in a log.
        logger.warning("message %s not sent: %s", delivery.pk, type(error).__name__)
        _close(delivery, DeliveryState.FAILED, channel=channel, error=type(error).__name__)
        return
    _close(delivery, DeliveryState.SENT, channel=channel)


def _close(delivery: Delivery, state: DeliveryState, *, channel: str = "", error: str = "") -> None:
    delivery.state, delivery.channel, delivery.error = state, channel, error[:40]
    delivery.sent_at = timezone.now() if state == DeliveryState.SENT else None
    delivery.save(update_fields=["state", "channel", "error", "sent_at"])


@transaction.atomic
def _finish(mailing_id: int) -> None:
    mailing = Mailing.objects.running().filter(pk=mailing_id).select_for_update().first()
    unfinished = (DeliveryState.PENDING, DeliveryState.CLAIMED)
    if mailing is None or mailing.deliveries.filter(state__in=unfinished).exists():
        return
    mailing.state, mailing.finished_at = MailingState.DONE, timezone.now()
    mailing.save(update_fields=["state", "finished_at"])


def _address(invitation: Invitation, first: str) -> tuple[str, str]:
    """The channel and the address to use: the one asked for first, else the other, else none."""
    places = [invitation.guest, invitation.registrant]
    if invitation.guest is None and invitation.registrant is None:
        places = [invitation.institution]
    phone = next((one.phone for one in places if one is not None and one.phone), "")
    email = next((one.email for one in places if one is not None and one.email), "")
    known = {Channel.SMS: phone, Channel.EMAIL: email}
    for channel in (first, *(other for other in Channel if other != first)):
        if known[channel]:
            return channel, known[channel]
    return "", ""
