"""Requests for cards: asked for, decided on, taken back, and put in a batch."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions.reasons import given_reason
from cards.enums import CardKind, RequestSource, RequestState
from cards.lifecycle import REQUEST
from cards.models import Card, CardRequest, CardRules
from cards.succession import successions
from core import audit
from core.exceptions import ActionRefused
from core.models import Chamber, User
from registry.actions.grounding import grounding
from registry.enums import ACTIVE_STATES
from registry.models import Ground, Registrant

# Rows an INSERT carries.
_ROWS = 1000
# The pairs are named one by one. Looked for by their batch, whose rows were written just now and which the
# planner therefore holds to be few, cards would be searched once more for each request.
_MARK_BATCHED = """
    UPDATE cards_cardrequest AS request
    SET state = %(state)s, card_id = pair.card
    FROM unnest(%(requests)s::bigint[], %(cards)s::bigint[]) AS pair (request, card)
    WHERE request.id = pair.request
"""


def request_card(*, registrant: Registrant, source: str, by: User, note: str = "") -> CardRequest:
    """Ask for a card for somebody: a first one, one in place of a stopped one, or a renewal in its time.

    Approved at once where staff asks and the chamber wants no second look.

    Raises:
        ActionRefused: the person is not on the register, has a card that is not to be renewed yet or one on
            its way, or a request is open already.
    """
    try:
        with transaction.atomic():
            return _request(registrant, RequestSource(source), by, note)
    except IntegrityError as error:
        raise ActionRefused(_("A card was asked for already.")) from error


@transaction.atomic
def request_cards(*, registrant_ids: Iterable[int], region_id: str, by: User) -> int:
    """Ask for a card for each of these people who needs one and for whom none is asked; return how many.

    A few statements however many they are. Whoever has a card far from its end, or one on its way, is passed
    over: a list may be older than what it lists.
    """
    rules = CardRules.objects.of(region_id)
    people = Registrant.objects.registered().filter(pk__in=list(registrant_ids), region_id=region_id)
    locked = people.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    keys = set(locked)
    keys -= set(_holders(CardRequest.objects.open(), keys))
    keys -= set(_holders(Card.objects.coming(), keys))
    held = set(_holders(Card.objects.in_hand(), keys))
    keys -= held - set(_holders(Card.objects.to_renew(rules.renewal_notice_days), keys))
    found = successions(sorted(keys))
    now = timezone.now()
    approved = {"state": RequestState.APPROVED, "decided_by": by, "decided_at": now}
    made = CardRequest.objects.bulk_create(
        [
            CardRequest(
                registrant_id=pk,
                kind=kind,
                predecessor_id=predecessor,
                source=RequestSource.LIST,
                requested_by=by,
                **({} if rules.approval_needed else approved),
            )
            for pk, (kind, predecessor) in found.items()
        ],
        batch_size=_ROWS,
    )
    audit.record_many(
        action="cards.request.made",
        by=by,
        model=CardRequest,
        entries=(
            audit.Entry(one.pk, str(one), region_id, {}, {"state": str(one.state), "kind": str(one.kind)})
            for one in made
        ),
    )
    return len(made)


@transaction.atomic
def approve_request(*, request: CardRequest, by: User) -> CardRequest:
    """Let the card be made.

    Raises:
        ActionRefused: decided already; the person left the register; or who asked may not decide.
    """
    locked = _lock(request)
    move = REQUEST.check("approve", locked.state)
    _check_other_hand(locked, by)
    _check_on_register(locked.registrant)
    locked.decided_by, locked.decided_at = by, timezone.now()
    return _move(locked, move.to, "cards.request.approved", by)


@transaction.atomic
def refuse_request(*, request: CardRequest, ground: Ground | None, reason: str, by: User) -> CardRequest:
    """Refuse the card, on a ground and with a reason.

    Raises:
        ActionRefused: not open any more, ground or reason is missing, or who asked may not decide.
    """
    locked = _lock(request)
    move = REQUEST.check("refuse", locked.state)
    _check_other_hand(locked, by)
    locked.ground, locked.reason = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=locked.registrant.region_id
    )
    locked.decided_by, locked.decided_at = by, timezone.now()
    return _move(locked, move.to, "cards.request.refused", by, reason=locked.reason)


@transaction.atomic
def withdraw_request(*, request: CardRequest, reason: str, by: User | None) -> CardRequest:
    """Take the wish back: staff with a reason, the artisan without one.

    Raises:
        ActionRefused: not open any more, or staff gives no reason.
    """
    locked = _lock(request)
    move = REQUEST.check("withdraw", locked.state)
    is_own = by is not None and locked.registrant.user_id == by.pk
    locked.reason = "" if is_own else given_reason(reason)
    return _move(locked, move.to, "cards.request.withdrawn", by, reason=locked.reason)


def take_requests(*, registrant_ids: list[int], region_id: str, by: User) -> dict[int, CardRequest]:
    """The approved request of each of these people, for the composition of a batch that holds their locks.

    Whoever composes asks for those who have none, unless the chamber wants requests approved first: then they
    are missing from the answer.
    """
    taken = {
        one.registrant_id: one
        for one in CardRequest.objects.approved()
        .select_for_update()
        .filter(registrant_id__in=registrant_ids)
        .order_by("pk")
    }
    asked = CardRequest.objects.awaiting_decision().filter(registrant_id__in=registrant_ids)
    undecided = set(asked.values_list("registrant_id", flat=True))
    missing = [pk for pk in registrant_ids if pk not in taken and pk not in undecided]
    if not missing or CardRules.objects.of(region_id).approval_needed:
        return taken
    now = timezone.now()
    found = successions(missing)
    made = CardRequest.objects.bulk_create(
        [
            CardRequest(
                registrant_id=pk,
                kind=found[pk].kind,
                predecessor_id=found[pk].predecessor,
                source=RequestSource.BATCH,
                state=RequestState.APPROVED,
                requested_by=by,
                decided_by=by,
                decided_at=now,
            )
            for pk in missing
        ],
        batch_size=_ROWS,
    )
    return taken | {one.registrant_id: one for one in made}


def mark_batched(requests: Mapping[int, CardRequest], cards: Iterable[Card]) -> None:
    """Give the requests that these cards come of, locked and by their people's keys, each its card."""
    pairs = [(requests[card.registrant_id].pk, card.pk) for card in cards]
    with connection.cursor() as cursor:
        cursor.execute(
            _MARK_BATCHED,
            {
                "state": str(RequestState.BATCHED),
                "requests": [request for request, _card in pairs],
                "cards": [card for _request, card in pairs],
            },
        )


def release_requests(cards: Iterable[int]) -> int:
    """The requests of cards left out of their batch stand again; return how many."""
    return CardRequest.objects.filter(card_id__in=list(cards), state=RequestState.BATCHED).update(
        state=RequestState.APPROVED, card=None
    )


def _holders(rows: QuerySet, keys: set[int]) -> QuerySet:
    return rows.filter(registrant_id__in=keys).values_list("registrant_id", flat=True)


def _request(registrant: Registrant, source: RequestSource, by: User, note: str) -> CardRequest:
    person = Registrant.objects.select_for_update(no_key=True).get(pk=registrant.pk)
    _check_on_register(person)
    if person.card_requests.open().exists():
        raise ActionRefused(_("A card was asked for already."))
    if person.cards.coming().exists():
        raise ActionRefused(_("A card is on its way to this person already."))
    rules = CardRules.objects.of(person.region_id)
    found = successions([person.pk])[person.pk]
    if found.kind == CardKind.RENEWAL and not person.cards.to_renew(rules.renewal_notice_days).exists():
        raise ActionRefused(_("This person has a card that is not to be renewed yet."))
    needs_approval = rules.approval_needed or source == RequestSource.HOLDER
    made = CardRequest(
        registrant=person,
        kind=found.kind,
        predecessor_id=found.predecessor,
        source=source,
        requested_by=by,
        reason=note,
    )
    if not needs_approval:
        made.state, made.decided_by, made.decided_at = RequestState.APPROVED, by, timezone.now()
    made.save()
    _record(made, "cards.request.made", by, before="")
    return made


def _check_on_register(person: Registrant) -> None:
    if person.state not in ACTIVE_STATES:
        raise ActionRefused(
            _("This person may not be given a card: %(state)s.") % {"state": person.get_state_display()}
        )


def _check_other_hand(request: CardRequest, by: User) -> None:
    """Where the chamber keeps maker and checker apart, nobody decides on what they asked for."""
    if request.requested_by_id != by.pk:
        return
    chamber = Chamber.objects.get(region_id=request.registrant.region_id)
    if chamber.separate_maker_and_checker:
        raise ActionRefused(_("You asked for this card yourself: somebody else decides on it."))


def _lock(request: CardRequest) -> CardRequest:
    Registrant.objects.select_for_update(no_key=True).get(pk=request.registrant_id)
    return CardRequest.objects.select_for_update().get(pk=request.pk)


def _move(request: CardRequest, to: str, action: str, by: User | None, *, reason: str = "") -> CardRequest:
    before = request.state
    request.state = RequestState(to)
    request.save(update_fields=["state", "decided_by", "decided_at", "ground", "reason"])
    _record(request, action, by, before=before, reason=reason)
    return request


def _record(request: CardRequest, action: str, by: User | None, *, before: str, reason: str = "") -> None:
    audit.record(
        action=action,
        by=by,
        subject=request,
        label=request.registrant.nia or "",
        region_code=request.registrant.region_id,
        before={"state": before} if before else {},
        after={"state": request.state, "kind": request.kind},
        reason=reason,
    )
