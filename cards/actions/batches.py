"""Batches composed, cancelled, taken up again, downloaded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards import batch_files, batches
from cards.actions.files import remove_files
from cards.actions.reasons import given_reason
from cards.actions.requests import mark_batched, release_requests, take_requests
from cards.composition import compose, in_order
from cards.enums import UNFINISHED_STATES, BatchOrder, BatchState, CardKind
from cards.lifecycle import BATCH
from cards.models import Card, CardBatch, CardRequest
from cards.moving import move_cards
from cards.standing import tell_standing
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Region, User
from registry.enums import ACTIVE_STATES
from registry.models import Registrant


def create_batch(
    *,
    registrants: Sequence[Registrant],
    region: Region,
    name: str,
    order: str,
    by: User,
    cards_per_box: int | None = None,
    issued_on: date | None = None,
) -> CardBatch:
    """Give each of these people a card in a new batch and ask for its making, unless texts do not fit.

    Args:
        issued_on: the day that the cards bear and that their validity runs from; today where none is given.

    Raises:
        ActionRefused: nobody or too many chosen, somebody of another region, not on the register, without a
            photograph, or in another batch meanwhile. Then nothing at all is made.
    """
    try:
        with transaction.atomic():
            return _create_batch(
                registrants,
                region=region,
                name=clean(name),
                order=BatchOrder(order),
                by=by,
                cards_per_box=cards_per_box,
                issued_on=issued_on,
            )
    except IntegrityError as error:
        raise ActionRefused(
            _("Somebody chosen was given a card by another officer meanwhile. Look at the list again.")
        ) from error


@transaction.atomic
def cancel_batch(*, batch: CardBatch, reason: str, by: User) -> CardBatch:
    """Give a batch up before any card of it is printed: its cards are void, its files are removed, and the
    requests they came of are approved again. Blanks spoiled on the way stay counted.

    Raises:
        ActionRefused: no reason, a card is printed, closed or cancelled already, or being worked on this very
            moment.
    """
    why = given_reason(reason)
    locked = _lock_at_rest(batch)
    move = BATCH.check("cancel", locked.state)
    if locked.cards.past_printing().exists():
        raise ActionRefused(
            _("Cards of this batch are printed: leave the others out of it one by one, and close it.")
        )
    before, file = {"state": locked.state}, locked.file.name
    locked.state, locked.finished_at = BatchState(move.to), timezone.now()
    locked.file, locked.file_sha256 = "", ""
    locked.blanks_left = locked.blanks_in - locked.spoiled
    locked.save(update_fields=["state", "finished_at", "file", "file_sha256", "blanks_left"])
    void = move_cards(locked.cards.all(), "cancel", by=by, stopped_at=timezone.now(), stop_reason=why)
    release_requests(void)
    remove_files(locked)
    told = {"cards": len(void)}
    if locked.blanks_in:
        told |= {"blanks": locked.blanks_in, "spoiled": locked.spoiled, "left": locked.blanks_left}
    _record_batch(locked, "cards.batch.cancelled", by, before, told, reason=why)
    transaction.on_commit(lambda: batch_files.discard_batch(locked.pk, file))
    return locked


@transaction.atomic
def retry_batch(*, batch: CardBatch, by: User) -> CardBatch:
    """Go on with a batch that stopped on an error: every chunk that is not made is tried again."""
    locked = CardBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in UNFINISHED_STATES or not locked.last_error:
        raise ActionRefused(_("This batch did not stop on an error."))
    before = {"error": locked.last_error}
    locked.last_error = ""
    locked.save(update_fields=["last_error"])
    locked.chunks.exclude(last_error="").update(last_error="")
    _record_batch(locked, "cards.batch.retried", by, before, {})
    batches.enqueue(locked)
    return locked


def record_download(*, batch: CardBatch, by: User) -> None:
    """Somebody took the batch's file: each time is kept."""
    _record_batch(batch, "cards.batch.downloaded", by, {}, {"sha256": batch.file_sha256})


def _lock_at_rest(batch: CardBatch) -> CardBatch:
    """The batch under its lock; a worker that merges holds it, which nobody should have to wait for."""
    try:
        with transaction.atomic():
            return CardBatch.objects.select_for_update(nowait=True).get(pk=batch.pk)
    except OperationalError as error:
        raise ActionRefused(_("This batch is being worked on this very moment. Try again.")) from error


def _create_batch(
    chosen: Sequence[Registrant], *, region: Region, name: str, order: BatchOrder, by: User, **printed: Any
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
    requests = take_requests(registrant_ids=ids, region_id=region.pk, by=by)
    _check_approved(len(ids) - len(requests))
    ready = Registrant.objects.filter(pk__in=ids).with_list_columns()
    people_in_order = in_order(ready, ids, order)
    batch = compose(people_in_order, requests, region=region, name=name, order=order, by=by, **printed)
    mark_batched(batch)
    tell_standing(ids)
    _record_batch(batch, "cards.batch.created", by, {}, {"cards": batch.cards_total, "order": order})
    if batch.state == BatchState.QUEUED:
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
    renewing = CardRequest.objects.approved().filter(kind=CardKind.RENEWAL, registrant__in=people)
    held = Card.objects.in_hand().exclude(registrant__in=renewing.values("registrant"))
    served = (Card.objects.coming() | held).filter(registrant__in=people).count()
    if served:
        raise ActionRefused(
            ngettext(
                "%(n)s person chosen has a card already, or is in another batch. Look at the list again.",
                "%(n)s persons chosen have a card already, or are in another batch. Look at the list again.",
                served,
            )
            % {"n": served}
        )


def _check_approved(missing: int) -> None:
    if missing:
        raise ActionRefused(
            ngettext(
                "The card of %(n)s person chosen is not approved yet.",
                "The cards of %(n)s persons chosen are not approved yet.",
                missing,
            )
            % {"n": missing}
        )


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
