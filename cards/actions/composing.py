"""Batches composed: a small one at once, a large one by a worker, so that nobody waits for a page."""

import logging
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards import batches
from cards.actions.requests import mark_batched, take_requests
from cards.composition import compose, in_order
from cards.enums import BatchOrder, BatchState, CardKind
from cards.models import Card, CardBatch, CardRequest
from cards.standing import tell_standing
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Region, User
from registry.enums import ACTIVE_STATES
from registry.models import Registrant

logger = logging.getLogger(__name__)


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

    A large batch is only ordered here: a worker composes it before it makes it (`compose_batch`).

    Args:
        issued_on: the day that the cards bear and that their validity runs from; where none is given, that of
            the composition.

    Raises:
        ActionRefused: nobody or too many chosen, somebody of another region, not on the register, without a
            photograph, or in another batch meanwhile. Then nothing at all is made.
    """
    ids = list(dict.fromkeys(person.pk for person in registrants))
    _check_order(clean(name), len(ids))
    try:
        with transaction.atomic():
            batch = CardBatch.objects.create(
                region=region,
                name=clean(name)[:120],
                state=BatchState.COMPOSING,
                order=BatchOrder(order),
                cards_total=len(ids),
                chosen=ids,
                cards_per_box=cards_per_box or settings.CARDS_PER_BOX,
                issued_on=issued_on,
                created_by=by,
            )
            if len(ids) <= settings.CARDS_COMPOSED_AT_ONCE:
                _compose(batch)
            record_batch(
                batch, "cards.batch.created", by, {}, {"cards": batch.cards_total, "order": batch.order}
            )
            if batch.state != BatchState.HELD:
                batches.enqueue(batch)
            return batch
    except IntegrityError as error:
        raise ActionRefused(
            _("Somebody chosen was given a card by another officer meanwhile. Look at the list again.")
        ) from error


def compose_batch(batch_id: int) -> bool:
    """Compose a batch that was ordered, and ask for its making; false where there is nothing to compose.

    All of it in one transaction: a worker that dies has done nothing. Where the people chosen are no longer
    what they were, the batch stops with that as its error.
    """
    try:
        with transaction.atomic():
            waiting = CardBatch.objects.composing().select_for_update(of=("self",))
            batch = waiting.select_related("region", "created_by").filter(pk=batch_id, last_error="").first()
            if batch is None:
                return False
            _compose(batch)
            if batch.state != BatchState.HELD:
                batches.enqueue(batch)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if not isinstance(error, ActionRefused | IntegrityError):
            logger.exception("batch %s could not be composed", batch_id)
        CardBatch.objects.composing().filter(pk=batch_id).update(last_error=batches.NOT_COMPOSED)
    return True


def record_batch(
    batch: CardBatch, action: str, by: User, before: dict, after: dict, *, reason: str = ""
) -> None:
    """Write down what was done to a batch, with the state that it is in now."""
    audit.record(
        action=action,
        by=by,
        subject=batch,
        region_code=batch.region_id,
        before=before,
        after={"state": batch.state, **after},
        reason=reason,
    )


def _check_order(name: str, count: int) -> None:
    if not name:
        raise ActionRefused(_("Give the batch a name."))
    if not count:
        raise ActionRefused(_("Choose at least one person."))
    if count > settings.CARDS_PER_BATCH_MOST:
        raise ActionRefused(
            _("A batch holds at most %(most)s cards.") % {"most": settings.CARDS_PER_BATCH_MOST}
        )


def _compose(batch: CardBatch) -> None:
    ids = batch.chosen
    # In the order of their keys, so that two officers wait for each other instead of for ever.
    locked = Registrant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    _check_eligible(list(locked), batch.region)
    requests = take_requests(registrant_ids=ids, region_id=batch.region_id, by=batch.created_by)
    _check_approved(len(ids) - len(requests))
    ready = Registrant.objects.filter(pk__in=ids).with_list_columns()
    cards = compose(batch, in_order(ready, ids, BatchOrder(batch.order)), requests)
    mark_batched(requests, cards)
    tell_standing(ids)


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
