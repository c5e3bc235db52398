"""Every change to cards: state checked under a lock, audited in the same transaction."""

from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards import batch_files, batches
from cards.composition import compose, in_order
from cards.enums import STOP_STATES, UNFINISHED_STATES, BatchOrder, BatchState, CardState
from cards.models import Card, CardBatch, HandOver
from core import audit
from core.arabic import clean
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import Region, User
from registry.actions import note_card_standing
from registry.enums import ACTIVE_STATES, CardStanding
from registry.models import Registrant


def create_batch(
    *, registrants: Sequence[Registrant], region: Region, name: str, order: str, by: User
) -> CardBatch:
    """Give each of these people a card in a new batch and ask for its making.

    Raises:
        ActionRefused: nobody or too many chosen, somebody of another region, not on the register, without a
            photograph, or in another batch meanwhile. Then nothing at all is made.
    """
    try:
        with transaction.atomic():
            return _create_batch(registrants, region, clean(name), BatchOrder(order), by)
    except IntegrityError as error:
        raise ActionRefused(
            _("Somebody chosen was given a card by another officer meanwhile. Look at the list again.")
        ) from error


@transaction.atomic
def cancel_batch(*, batch: CardBatch, reason: str, by: User) -> CardBatch:
    """Give a batch up before it is made: its cards are void and its people may be put in another.

    Raises:
        ActionRefused: no reason, made or cancelled already, or being put together this very moment.
    """
    why = _reason(reason)
    try:
        with transaction.atomic():
            # A worker holds this lock while it merges, which cancelling must not wait for.
            locked = CardBatch.objects.select_for_update(nowait=True).get(pk=batch.pk)
    except OperationalError as error:
        raise ActionRefused(_("The batch is being put together. Try again in a moment.")) from error
    if locked.state not in UNFINISHED_STATES:
        raise ActionRefused(_("This batch is %(state)s already.") % {"state": locked.get_state_display()})
    before = {"state": locked.state}
    locked.state, locked.finished_at = BatchState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    void = locked.cards.filter(state=CardState.ORDERED)
    holders = list(void.values_list("registrant_id", flat=True))
    count = void.update(state=CardState.CANCELLED, stopped_at=timezone.now(), stop_reason=why)
    _note_cancelled(holders)
    _record_batch(locked, "cards.batch.cancelled", by, before, {"cards": count}, reason=why)
    transaction.on_commit(lambda: batch_files.discard_chunks(locked.pk))
    return locked


@transaction.atomic
def retry_batch(*, batch: CardBatch, by: User) -> CardBatch:
    """Go on with a batch that stopped on an error, from the first chunk that is not made."""
    locked = CardBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in UNFINISHED_STATES or not locked.last_error:
        raise ActionRefused(_("This batch did not stop on an error."))
    before = {"error": locked.last_error}
    locked.last_error = ""
    locked.save(update_fields=["last_error"])
    _record_batch(locked, "cards.batch.retried", by, before, {})
    batches.enqueue(locked)
    return locked


def record_download(*, batch: CardBatch, by: User) -> None:
    """Somebody took the batch's file: each time is kept."""
    _record_batch(batch, "cards.batch.downloaded", by, {}, {"sha256": batch.file_sha256})


@transaction.atomic
def hand_over(*, card: Card, place: str, by: User) -> HandOver:
    """Record that a card was given into its holder's hands.

    Raises:
        ActionRefused: the card is not made yet, handed over already, stopped or expired, or its holder is no
            longer on the register.
    """
    locked = _lock(card)
    if locked.state == CardState.ORDERED:
        raise ActionRefused(_("This card is not made yet."))
    if locked.state == CardState.HANDED_OVER:
        raise ActionRefused(_("This card was handed over already."))
    if locked.state != CardState.MADE:
        raise ActionRefused(
            _("This card may not be handed over: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.registrant.state not in ACTIVE_STATES:
        state = locked.registrant.get_state_display()
        raise ActionRefused(_("Its holder may not receive a card: %(state)s.") % {"state": state})
    if locked.valid_until < timezone.localdate():
        raise ActionRefused(_("This card expired on %(date)s.") % {"date": date_in_words(locked.valid_until)})
    given = HandOver.objects.create(card=locked, handed_over_by=by, place=clean(place)[:200])
    _change_state(locked, CardState.HANDED_OVER, "cards.card.handed_over", by, place=given.place)
    note_card_standing(registrant_ids=[locked.registrant_id], standing=CardStanding.HANDED_OVER)
    return given


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, reason: str, by: User) -> Card:
    """Take a hand-over back, with a reason: the card waits for its holder again.

    Raises:
        ActionRefused: no reason, undone already, or the card was stopped since.
    """
    why = _reason(reason)
    card = _lock(hand_over.card)
    locked = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if locked.undone_at is not None:
        raise ActionRefused(_("This hand-over was undone already."))
    if card.state != CardState.HANDED_OVER:
        raise ActionRefused(
            _("This card is no longer in its holder's hands: %(state)s.")
            % {"state": card.get_state_display()}
        )
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _change_state(card, CardState.MADE, "cards.card.hand_over_undone", by, reason=why)
    note_card_standing(registrant_ids=[card.registrant_id], standing=CardStanding.MADE)
    return card


@transaction.atomic
def stop_card(*, card: Card, state: str, reason: str, by: User) -> Card:
    """Stop a card for good, on a ground and with a reason: from this moment its QR answers "revoked".

    Raises:
        ActionRefused: no reason, an unknown ground, a card stopped already, or one whose batch is not made.
    """
    why = _reason(reason)
    if state not in STOP_STATES:
        raise ActionRefused(_("Choose the ground."))
    locked = _lock(card)
    if not locked.is_live:
        raise ActionRefused(
            _("This card was stopped already: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.state == CardState.ORDERED:
        raise ActionRefused(_("This card is not made yet: cancel its batch, or stop it once it is made."))
    locked.stopped_at, locked.stop_reason = timezone.now(), why
    _change_state(locked, CardState(state), "cards.card.stopped", by, reason=why)
    note_card_standing(registrant_ids=[locked.registrant_id], standing=CardStanding.STOPPED)
    return locked


def _create_batch(
    chosen: Sequence[Registrant], region: Region, name: str, order: BatchOrder, by: User
) -> CardBatch:
    if not name:
        raise ActionRefused(_("Give the batch a name."))
    ids = list(dict.fromkeys(person.pk for person in chosen))
    if not ids:
        raise ActionRefused(_("Choose at least one person."))
    if len(ids) > settings.CARDS_PER_BATCH_MOST:
        raise ActionRefused(
            _("A batch holds at most %(most)s cards.") % {"most": settings.CARDS_PER_BATCH_MOST}
        )
    # In the order of their keys, so that two officers wait for each other instead of for ever.
    locked = Registrant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    people = {person.pk: person for person in locked}
    _check_eligible(list(people.values()), region)
    ready = Registrant.objects.filter(pk__in=ids).with_list_columns()
    batch = compose(in_order(ready, ids, order), region=region, name=name, order=order, by=by)
    note_card_standing(registrant_ids=ids, standing=CardStanding.ORDERED)
    _record_batch(batch, "cards.batch.created", by, {}, {"cards": batch.cards_total, "order": order})
    batches.enqueue(batch)
    return batch


def _check_eligible(people: list[Registrant], region: Region) -> None:
    strangers = sum(person.region_id != region.pk or person.state not in ACTIVE_STATES for person in people)
    if strangers:
        raise ActionRefused(
            ngettext(
                "%(n)s person chosen is not on the register of this region.",
                "%(n)s persons chosen are not on the register of this region.",
                strangers,
            )
            % {"n": strangers}
        )
    faceless = sum(not person.photograph for person in people)
    if faceless:
        raise ActionRefused(
            ngettext(
                "%(n)s person chosen has no photograph.",
                "%(n)s persons chosen have no photograph.",
                faceless,
            )
            % {"n": faceless}
        )
    served = Card.objects.live().filter(registrant__in=people).count()
    if served:
        raise ActionRefused(
            ngettext(
                "%(n)s person chosen has a card already, or is in another batch. Look at the list again.",
                "%(n)s persons chosen have a card already, or are in another batch. Look at the list again.",
                served,
            )
            % {"n": served}
        )


def _note_cancelled(holders: list[int]) -> None:
    """Whoever had a card before it stands where that one was left: stopped; the others have none."""
    had_one = set(
        Card.objects.filter(registrant__in=holders, state__in=STOP_STATES)
        .values_list("registrant_id", flat=True)
        .distinct()
    )
    note_card_standing(registrant_ids=had_one, standing=CardStanding.STOPPED)
    note_card_standing(registrant_ids=set(holders) - had_one, standing=CardStanding.NONE)


def _record_batch(
    batch: CardBatch, action: str, by: User, before: dict, after: dict, *, reason: str = ""
) -> None:
    audit.record(
        action=action,
        by=by,
        subject=batch,
        region_code=batch.region_id,
        before=before,
        after={"state": batch.state, **after},
        reason=reason,
    )


def _lock(card: Card) -> Card:
    """The card under its lock; its holder is read afterwards, as they stand once the wait is over."""
    return Card.objects.select_for_update().get(pk=card.pk)


def _change_state(
    card: Card, state: CardState, action: str, by: User, *, reason: str = "", place: str = ""
) -> None:
    before = {"state": card.state}
    card.state = state
    card.save(update_fields=["state", "stopped_at", "stop_reason"])
    audit.record(
        action=action,
        by=by,
        subject=card,
        region_code=card.registrant.region_id,
        before=before,
        after={"state": state} | ({"place": place} if place else {}),
        reason=reason,
    )


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
