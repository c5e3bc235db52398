"""Telling registrants what concerns them: written down in the transaction that it tells of, sent on commit.

A notification is marked before it is handed to the gateway and never sent again: a worker that dies in
between leaves it marked. It stands in the person's own space whatever became of the message.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from core import audit, background
from core.models import User
from registry.actions.reaching import reach
from registry.enums import MessageChannel, MessageState
from registry.models import ContactPreference, Notification, Registrant

_TASK = "registry.tasks.send_notification"
_LONGEST = 500


@transaction.atomic
def notify(*, registrant: Registrant, key: str, words: Callable[[], str], path: str = "") -> Notification:
    """Tell somebody of an event, once; the same event reported again tells nothing.

    Args:
        key: of the event, such as `referral:12:4`; holds nothing about the person.
        words: gives the sentence in the language in force; called in Arabic and in French.
        path: where it is looked at, within the portal.
    """
    texts = {}
    for language in ("ar", "fr"):
        with translation.override(language):
            texts[f"text_{language}"] = str(words())[:_LONGEST]
    told, is_new = Notification.objects.get_or_create(
        registrant=registrant, key=key, defaults={**texts, "path": path}
    )
    if is_new:
        transaction.on_commit(lambda: background.wake(_TASK, told.pk))
    return told


@transaction.atomic
def choose_channel(*, registrant: Registrant, channel: MessageChannel, by: User) -> ContactPreference:
    """Put how somebody wishes to be told; what waits is sent the new way."""
    held = ContactPreference.objects.select_for_update().filter(registrant=registrant).first()
    before = held.channel if held else ""
    if before == channel:
        return held
    kept, _made = ContactPreference.objects.update_or_create(
        registrant=registrant, defaults={"channel": channel}
    )
    audit.record(
        action="registry.channel.chosen",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        before={"channel": before},
        after={"channel": channel},
    )
    return kept


def mark_read(*, registrant: Registrant) -> int:
    """Note that the page of messages was opened; gives how many were new."""
    return registrant.notifications.filter(read_at__isnull=True).update(read_at=timezone.now())


def send(notification_id: int) -> None:
    """Send one message, unless somebody did or tried."""
    waiting = Notification.objects.filter(pk=notification_id, state=MessageState.QUEUED)
    if not waiting.update(state=MessageState.SENDING):
        return
    told = Notification.objects.select_related("registrant").get(pk=notification_id)
    channel = reach(
        told.registrant,
        subject=gettext_lazy("From your chamber of handicrafts"),
        words=lambda: told.text,
        label=f"notification {notification_id}",
    )
    if channel is None:
        told.state = MessageState.FAILED
    else:
        is_kept = channel == MessageChannel.PAGE
        told.channel, told.state = channel, MessageState.KEPT if is_kept else MessageState.SENT
        told.sent_at = None if is_kept else timezone.now()
    told.save(update_fields=["channel", "state", "sent_at"])


def resume() -> int:
    """Ask again for messages that nobody was asked for, as after a lost queue."""
    waiting = Notification.objects.filter(state=MessageState.QUEUED).order_by("pk")
    known = background.queued(_TASK)
    forgotten = [pk for pk in waiting.values_list("pk", flat=True) if pk not in known]
    for pk in forgotten:
        background.wake(_TASK, pk)
    return len(forgotten)
