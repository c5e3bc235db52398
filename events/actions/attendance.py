"""Presence at a meeting, cards handed over there, and both undone with a reason."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards import actions as card_actions
from cards.enums import CheckOutcome
from cards.models import Card
from cards.search import identify, outcome_of
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.enums import ScanMethod, ScanResult
from events.models import CheckIn, Meeting, Scan
from registry.models import Registrant

# What a check of the card answers, in the words of the desk; anything else lets its holder in.
REFUSALS = {
    CheckOutcome.EXPIRED: ScanResult.EXPIRED_CARD,
    CheckOutcome.REVOKED: ScanResult.STOPPED_CARD,
    CheckOutcome.UNKNOWN: ScanResult.UNKNOWN,
    CheckOutcome.FORGED: ScanResult.FORGED,
}


@transaction.atomic
def check_in(*, meeting: Meeting, text: str, method: ScanMethod, scan_id: uuid.UUID, by: User) -> Scan:
    """Record what a desk read, and the presence of the card's holder where nothing speaks against it.

    The same `scan_id` again is the same scan: it answers what it answered. Two desks that read one card at
    the same moment make one presence; one of them is told that the holder is in already.

    Raises:
        ActionRefused: the meeting's desk is not open, or the scan was another desk's.
    """
    scan = Scan.objects.filter(pk=scan_id).first() or _record_scan(meeting, text, method, scan_id, by)
    if (scan.meeting_id, scan.scanned_by_id) != (meeting.pk, by.pk):
        raise ActionRefused(_("This scan belongs to another desk. Scan again."))
    return scan


@transaction.atomic
def undo_check_in(*, check_in: CheckIn, reason: str, by: User) -> CheckIn:
    """Take a presence back, with a reason; the person may be checked in again.

    Raises:
        ActionRefused: no reason, undone already, or the card was handed over: that is undone first.
    """
    why = _reason(reason)
    locked = _lock(check_in)
    if locked.undone_at is not None:
        raise ActionRefused(_("This presence was undone already."))
    if locked.standing_hand_over:
        raise ActionRefused(_("The card was handed over: undo the hand-over first."))
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _record_presence("events.check_in.undone", locked, by, reason=why)
    return locked


@transaction.atomic
def hand_over(*, meeting: Meeting, card: Card, by: User) -> CheckIn:
    """Give a card to its holder, who is present at the meeting. Confirming twice is confirming once.

    Raises:
        ActionRefused: the desk is not open, the holder is not checked in, or the card may not be handed over.
    """
    _check_desk_is_open(meeting)
    present = CheckIn.objects.standing().filter(meeting=meeting, registrant_id=card.registrant_id).first()
    if present is None:
        raise ActionRefused(_("The holder is not checked in at this meeting."))
    locked = _lock(present)
    if locked.undone_at is not None:
        raise ActionRefused(_("This presence was undone already."))
    given = locked.standing_hand_over
    if given is None or given.card_id != card.pk:
        place = f"{meeting.title_ar}، {meeting.venue_ar}"
        locked.hand_over = card_actions.hand_over(card=card, place=place, by=by)
        locked.save(update_fields=["hand_over"])
    return locked


@transaction.atomic
def undo_hand_over(*, check_in: CheckIn, reason: str, by: User) -> CheckIn:
    """Take back the hand-over made at this meeting, with a reason; the person stays present.

    Raises:
        ActionRefused: no reason, nothing was handed over here, or the card was stopped since.
    """
    locked = _lock(check_in)
    given = locked.standing_hand_over
    if given is None:
        raise ActionRefused(_("This hand-over was undone already."))
    card_actions.undo_hand_over(hand_over=given, reason=reason, by=by)
    return _lock(check_in)


def _check_desk_is_open(meeting: Meeting) -> None:
    # Not under a lock: fifty desks would wait for one another, and a presence recorded in the very moment
    # in which the meeting is closed is still true.
    if not Meeting.objects.open_for_check_in().filter(pk=meeting.pk).exists():
        raise ActionRefused(_("The desk of this meeting is not open."))


def _record_scan(meeting: Meeting, text: str, method: ScanMethod, scan_id: uuid.UUID, by: User) -> Scan:
    _check_desk_is_open(meeting)
    outcome, card, person = _find(text)
    present = None
    if person and person.region_id != meeting.region_id:
        result = ScanResult.WRONG_REGION
    elif outcome in REFUSALS:
        result = REFUSALS[outcome]
    else:
        present, is_new = _presence(meeting, person, card, method, by)
        result = ScanResult.RECORDED if is_new else ScanResult.ALREADY_IN
    scan, _is_first = Scan.objects.get_or_create(
        pk=scan_id,
        defaults={
            "meeting": meeting,
            "result": result,
            "card": card,
            "check_in": present,
            "method": method,
            "scanned_by": by,
        },
    )
    return scan


def _find(text: str) -> tuple[CheckOutcome, Card | None, Registrant | None]:
    """Whom a card, or a number typed by hand, stands for.

    Somebody on the register whose card is not ordered yet may attend, so a registration or identity number
    is enough.
    """
    found = identify(text)
    if found.card:
        return found.outcome, found.card, found.card.registrant
    if found.outcome == CheckOutcome.FORGED:
        return found.outcome, None, None
    person = Registrant.objects.by_sign_in_name(text)
    if person is None:
        return CheckOutcome.UNKNOWN, None, None
    card = Card.objects.for_check().filter(registrant=person).live_first().first()
    return (outcome_of(card) if card else CheckOutcome.VALID), card, person


def _presence(
    meeting: Meeting, person: Registrant, card: Card | None, method: ScanMethod, by: User
) -> tuple[CheckIn, bool]:
    present, is_new = CheckIn.objects.standing().get_or_create(
        meeting=meeting,
        registrant=person,
        defaults={"card": card, "method": method, "checked_in_by": by},
    )
    if is_new:
        _record_presence("events.check_in.recorded", present, by)
    return present, is_new


def _lock(check_in: CheckIn) -> CheckIn:
    # Without joins: a joined row would be the one from before the wait for the lock.
    return CheckIn.objects.select_for_update().get(pk=check_in.pk)


def _record_presence(action: str, present: CheckIn, by: User, *, reason: str = "") -> None:
    """The row is the person's, so that it stands in the history of the person's file."""
    audit.record(
        action=action,
        by=by,
        subject=present.registrant,
        region_code=present.meeting.region_id,
        after={"meeting": present.meeting.title_ar, "card": present.card.serial if present.card else ""},
        reason=reason,
    )


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
