"""Messages to holders: written down in the transaction that they tell of, sent once it is committed.

A message is marked before it is handed to the gateway and never sent again by itself: a worker that dies in
between leaves it marked, and somebody who hears nothing is better off than somebody who is told twice. The
row is locked while the gateway is asked: a marked message without a lock is one that a worker died with.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cards.enums import CardState, Channel, NoticeKind, NoticeState
from cards.models import Card, CardNotice
from core import background
from core.dates import date_in_words
from registry.actions.reaching import reach
from registry.enums import ACTIVE_STATES

_TASK = "cards.tasks.send_notice"


def tell_holder(*, card: Card, kind: NoticeKind, number: int) -> None:
    """Write a message down and have it sent on commit; the same one again is no other."""
    notice, is_new = CardNotice.objects.get_or_create(card=card, kind=kind, number=number)
    if is_new:
        transaction.on_commit(lambda: background.wake(_TASK, notice.pk))


def send(notice_id: int) -> None:
    """Send one message, unless somebody did, tried or cancelled it."""
    waiting = CardNotice.objects.filter(pk=notice_id, state=NoticeState.QUEUED)
    if not waiting.update(state=NoticeState.SENDING):
        return
    with transaction.atomic():
        notice = (
            CardNotice.objects.select_for_update(of=("self",))
            .select_related("card__registrant__region__chamber")
            .filter(pk=notice_id, state=NoticeState.SENDING)
            .first()
        )
        if notice is None:
            return
        if _still_holds(notice):
            _send(notice)
        else:
            notice.state = NoticeState.CANCELLED
            notice.save(update_fields=["state"])


def resume() -> int:
    """Ask again for single messages that nobody was asked for, as after a lost queue."""
    waiting = CardNotice.objects.filter(state=NoticeState.QUEUED, run=None).values_list("pk", flat=True)
    forgotten = [pk for pk in waiting[:1000] if not background.is_queued(_TASK, pk)]
    for pk in forgotten:
        background.wake(_TASK, pk)
    return len(forgotten)


def words(notice: CardNotice) -> str:
    """What the message says, in the language in force. It holds no number by which the card could be used."""
    told = {
        "date": date_in_words(timezone.localdate(notice.created_at)),
        "chamber": notice.card.registrant.region.chamber.name,
    }
    if notice.kind == NoticeKind.HANDED_OVER:
        text = _("Your professional card was handed over on %(date)s. If it was not you, call: %(chamber)s.")
    else:
        text = _("Your professional card is ready at: %(chamber)s. Bring your identity card.")
    return text % told


def _still_holds(notice: CardNotice) -> bool:
    """Whether it is true when it goes: a card that waits may be handed over or stopped meanwhile."""
    if notice.kind != NoticeKind.REMINDER:
        return True
    card = notice.card
    return card.state == CardState.IN_BOX and card.registrant.state in ACTIVE_STATES


def _send(notice: CardNotice) -> None:
    """Also to whoever wants no messages: a card handed over to somebody else must be told of."""
    channel = reach(
        notice.card.registrant,
        subject=gettext_lazy("Your professional card"),
        words=lambda: words(notice),
        label=f"message {notice.pk}",
        insist=True,
    )
    is_sent = channel in Channel.values
    notice.channel = Channel(channel) if is_sent else ""
    notice.state = NoticeState.SENT if is_sent else NoticeState.FAILED
    notice.sent_at = timezone.now() if is_sent else None
    notice.save(update_fields=["channel", "state", "sent_at"])
