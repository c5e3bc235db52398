"""Workers that write to people invited. Killed at any moment, they lose nobody and write to nobody twice."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from core.models import Chamber
from core.sms import SmsNotSent, get_sms_backend
from events.enums import Channel, DeliveryState, MailingState
from events.messages import email_parts, sms_text
from events.models import Delivery, Invitation, Mailing

logger = logging.getLogger(__name__)

# A message that was claimed so long ago is in nobody's hands any more.
LOST_AFTER = timedelta(minutes=15)


def send_mailing(mailing_id: int) -> None:
    """Send what is left of a run. Any number of workers may be at one run."""
    while (delivery := _claim(mailing_id)) is not None:
        _send(delivery)
    _finish(mailing_id)


def unclear_lost(now=None) -> int:
    """Mark what a dead worker had in its hands: nobody knows whether it went out. Gives how many."""
    long_ago = (now or timezone.now()) - LOST_AFTER
    lost = Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_at__lt=long_ago)
    return lost.update(state=DeliveryState.UNCLEAR)


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
