"""The reconciliation of a batch: blanks counted in, each one good or spoiled, cards checked and put away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards import batch_files
from cards.actions.files import remove_files
from cards.enums import BatchState, CardState, FileLayout, PrintedBy, PrintOutcome, SpoiledBy
from cards.models import Card, CardBatch, CardPrint
from cards.moving import lock_card, move_card, move_cards
from cards.printing.positions import in_words, to_ranges
from core import audit
from core.exceptions import ActionRefused
from core.models import User

# A worker's batch has 10,000 cards at most; a typing mistake has more blanks.
MOST_BLANKS = 100_000
_ROWS = 1000


class Counted(NamedTuple):
    """What came of it: prints entered, and positions that had been counted before."""

    entered: int
    known: list[int]


@transaction.atomic
def count_blanks(*, batch: CardBatch, count: int, by: User) -> CardBatch:
    """Count blanks in; a negative number takes some out again.

    Raises:
        ActionRefused: the batch is not made or is closed, or fewer would be left than were used.
    """
    locked = _lock_open(batch)
    before, after = locked.blanks_in, locked.blanks_in + count
    if count == 0:
        raise ActionRefused(_("Write how many blanks there are."))
    if after < locked.good + locked.spoiled:
        raise ActionRefused(
            _("%(used)s blanks are used already: fewer were not counted in.")
            % {"used": locked.good + locked.spoiled}
        )
    if after > MOST_BLANKS:
        raise ActionRefused(_("That is more than %(most)s blanks.") % {"most": MOST_BLANKS})
    locked.blanks_in = after
    locked.save(update_fields=["blanks_in"])
    _record(locked, "cards.batch.blanks_counted", by, {"blanks": before}, {"blanks": after})
    return locked


@transaction.atomic
def record_prints(
    *,
    batch: CardBatch,
    prints: Iterable[tuple[int, str]],
    how: PrintedBy,
    by: User,
    spoiled_by: str = "",
    spoiled_before: int | None = None,
) -> Counted:
    """Enter what came out of the printer: (number of the card, good or spoiled), one blank each.

    A good card that is good already is passed over. A card that was spoiled before is spoiled again only
    where `spoiled_before` says how many blanks of the batch had been spoiled when that was decided, so that
    the same order given twice counts once; a receipt tells of every blank by itself.

    Raises:
        ActionRefused: the batch is closed, there are fewer blanks, a good card is said to be spoiled, or a
            card's holder is not on the register.
    """
    locked = _lock_open(batch)
    asked = [(position, PrintOutcome(outcome)) for position, outcome in prints]
    again = how == PrintedBy.RECEIPT or spoiled_before is not None
    if spoiled_before is not None and spoiled_before != locked.spoiled:
        raise ActionRefused(_("Somebody counted meanwhile. Look at the figures again."))
    rows, known = _new_prints(locked, asked, again=again)
    for row in rows:
        row.how, row.recorded_by = how, by
        if row.outcome == PrintOutcome.SPOILED:
            row.spoiled_by = spoiled_by or SpoiledBy.OTHER
    good = [row.card_id for row in rows if row.outcome == PrintOutcome.GOOD]
    _use_blanks(locked, good=len(good), spoiled=len(rows) - len(good))
    _print(locked, good, by)
    CardPrint.objects.bulk_create(rows, batch_size=_ROWS)
    _audit_spoiled(locked, rows, by)
    return Counted(len(rows), known)


@transaction.atomic
def correct_print(*, card: Card, outcome: str, by: User, spoiled_by: str = "") -> CardPrint:
    """Say of a card's last blank that it was the other way: good instead of spoiled, or spoiled after all.

    Raises:
        ActionRefused: nothing was counted for the card, it is so already, the batch is closed, or the card is
            in its box or further.
    """
    batch = _lock_open(card.batch)
    locked = lock_card(card)
    last = locked.prints.order_by("-attempt").first()
    if last is None:
        raise ActionRefused(_("Nothing was counted for this card yet."))
    if last.outcome == outcome:
        raise ActionRefused(_("It is counted so already."))
    if outcome == PrintOutcome.GOOD:
        move_card(locked, "print", by=by)
        _use_blanks(batch, good=1, spoiled=-1)
    else:
        move_card(locked, "print_again", by=by)
        _use_blanks(batch, good=-1, spoiled=1)
    last.outcome = PrintOutcome(outcome)
    last.spoiled_by = "" if outcome == PrintOutcome.GOOD else (spoiled_by or SpoiledBy.OTHER)
    last.save(update_fields=["outcome", "spoiled_by"])
    return last


@transaction.atomic
def check_cards(*, batch: CardBatch, positions: Sequence[int], by: User) -> int:
    """Say that these printed cards were looked at and are right; return how many had not been before."""
    return len(move_cards(batch.cards.filter(position__in=positions), "check", by=by))


@transaction.atomic
def box_cards(*, batch: CardBatch, positions: Sequence[int], by: User) -> int:
    """Say that these checked cards lie in their boxes; return how many had not before."""
    return len(move_cards(batch.cards.filter(position__in=positions), "box", by=by))


@transaction.atomic
def close_batch(*, batch: CardBatch, left: int, by: User) -> CardBatch:
    """Close a batch: every blank that was counted in is good, spoiled or left.

    Raises:
        ActionRefused: the sum is another, a card is not printed, or the batch is not open.
    """
    locked = _lock_open(batch)
    unprinted = to_ranges(locked.cards.filter(state=CardState.IN_BATCH).values_list("position", flat=True))
    if unprinted:
        raise ActionRefused(
            _("Not printed yet: %(numbers)s. Print these cards, or leave them out of the batch.")
            % {"numbers": _shortly(unprinted)}
        )
    missing = locked.blanks_in - locked.good - locked.spoiled - left
    if missing:
        words = (
            ngettext("%(n)s blank is missing", "%(n)s blanks are missing", missing)
            if missing > 0
            else ngettext("%(n)s blank is too many", "%(n)s blanks are too many", -missing)
        )
        figures = {"in": locked.blanks_in, "good": locked.good, "spoiled": locked.spoiled, "left": left}
        raise ActionRefused(
            _("Counted in %(in)s; good %(good)s + spoiled %(spoiled)s + left %(left)s: ") % figures
            + words % {"n": abs(missing)}
        )
    locked.state, locked.blanks_left = BatchState.CLOSED, left
    locked.closed_at, locked.closed_by = timezone.now(), by
    locked.save(update_fields=["state", "blanks_left", "closed_at", "closed_by"])
    transaction.on_commit(lambda: batch_files.discard_chunks(locked.pk))
    # What was packed for an outside printer has done its work.
    remove_files(locked, layout=FileLayout.PACKAGE)
    figures = {"blanks": locked.blanks_in, "good": locked.good, "spoiled": locked.spoiled, "left": left}
    _record(locked, "cards.batch.closed", by, {"state": BatchState.MADE}, figures)
    return locked


def _lock_open(batch: CardBatch) -> CardBatch:
    locked = CardBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == BatchState.CLOSED:
        raise ActionRefused(_("This batch is closed."))
    if locked.state == BatchState.CANCELLED:
        raise ActionRefused(_("This batch is cancelled."))
    if locked.state != BatchState.MADE:
        raise ActionRefused(_("This batch is not made yet."))
    return locked


def _new_prints(
    batch: CardBatch, asked: list[tuple[int, PrintOutcome]], *, again: bool
) -> tuple[list[CardPrint], list[int]]:
    wanted = {position for position, _outcome in asked}
    cards = {card.position: card for card in batch.cards.filter(position__in=wanted).only("position")}
    if strangers := wanted - cards.keys():
        raise ActionRefused(
            _("This batch has no card %(numbers)s.") % {"numbers": _shortly(to_ranges(strangers))}
        )
    attempts: dict[int, int] = defaultdict(int)
    good: set[int] = set()
    for position, attempt, outcome in CardPrint.objects.filter(
        card__batch=batch, card__position__in=wanted
    ).values_list("card__position", "attempt", "outcome"):
        attempts[position] = max(attempts[position], attempt)
        if outcome == PrintOutcome.GOOD:
            good.add(position)
    rows, known, contradicted = [], [], set()
    for position, outcome in asked:
        spoiled = outcome == PrintOutcome.SPOILED
        if position in good:
            (contradicted.add if spoiled else known.append)(position)
        elif spoiled and attempts[position] and not again:
            known.append(position)
        else:
            attempts[position] += 1
            rows.append(CardPrint(card=cards[position], attempt=attempts[position], outcome=outcome))
            if not spoiled:
                good.add(position)
    if contradicted:
        raise ActionRefused(
            _("Counted as good before: %(numbers)s. Correct these cards one by one.")
            % {"numbers": _shortly(to_ranges(contradicted))}
        )
    return rows, known


def _use_blanks(batch: CardBatch, *, good: int, spoiled: int) -> None:
    batch.good, batch.spoiled = batch.good + good, batch.spoiled + spoiled
    if batch.good + batch.spoiled > batch.blanks_in:
        raise ActionRefused(
            _("That would be %(used)s blanks, and %(in)s were counted in. Count the others in first.")
            % {"used": batch.good + batch.spoiled, "in": batch.blanks_in}
        )
    batch.save(update_fields=["good", "spoiled"])


def _print(batch: CardBatch, cards: list[int], by: User) -> None:
    moved = move_cards(batch.cards.filter(pk__in=cards), "print", by=by)
    stuck = batch.cards.filter(pk__in=set(cards) - set(moved)).values_list("position", flat=True)
    if stuck:
        raise ActionRefused(
            _("Left out, or not on the register any more: %(numbers)s. These blanks are spoiled.")
            % {"numbers": _shortly(to_ranges(stuck))}
        )


def _audit_spoiled(batch: CardBatch, rows: list[CardPrint], by: User) -> None:
    """Good prints are told by the cards' moves; a spoiled blank moves nothing."""
    spoiled = [row for row in rows if row.outcome == PrintOutcome.SPOILED]
    serials = dict(batch.cards.filter(pk__in=[row.card_id for row in spoiled]).values_list("pk", "serial"))
    audit.record_many(
        action="cards.card.spoiled",
        by=by,
        model=Card,
        entries=(
            audit.Entry(
                row.card_id,
                serials[row.card_id],
                batch.region_id,
                {},
                {"blank": row.attempt, "spoiled_by": str(row.spoiled_by)},
            )
            for row in spoiled
        ),
    )


def _shortly(ranges: list[list[int]]) -> str:
    shown = in_words(ranges[:10])
    return f"{shown}…" if len(ranges) > 10 else shown


def _record(batch: CardBatch, action: str, by: User, before: dict, after: dict) -> None:
    audit.record(action=action, by=by, subject=batch, region_code=batch.region_id, before=before, after=after)
