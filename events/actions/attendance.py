"""Presence at a meeting's lists, cards handed over there, and both undone with a reason."""

import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards import actions as card_actions
from cards.actions import ProxyData
from cards.models import Card
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.admission import refusal_at
from events.enums import Answer, ScanMethod, ScanResult
from events.finding import Found, find
from events.models import CheckIn, CheckInList, Invitation, Meeting, Scan, WalkIn


@dataclass(frozen=True)
class Delegate:
    """Who came in somebody's place."""

    name: str
    title: str = ""


# Somebody invited came after all, whomever they said they would send.
NOBODY_ELSE = Delegate("")


def check_in(
    *,
    at: CheckInList,
    text: str = "",
    found: Found | None = None,
    method: ScanMethod,
    scan_id: uuid.UUID,
    by: User,
    delegate: Delegate | None = None,
) -> Scan:
    """Record what a desk read, and its bearer's presence where no rule of the list speaks against it.

    The same `scan_id` again is the same scan: it answers what it answered. Two desks that read one card at
    the same moment make one presence; one of them is told that the holder is in already. Whoever is at a desk
    inside is present: where the list does not ask for the door first, presence is recorded there as well.

    Args:
        found: somebody chosen from a list of names, in place of a text.
        delegate: who came for somebody invited, where it is not the one who was announced.

    Raises:
        ActionRefused: the desk is not open, or the scan was another desk's.
    """
    try:
        # Sent once more it is refused by the database, with all that it brought, and answered as it was.
        with transaction.atomic():
            _check_desk_is_open(at)
            found = found or find(text, at.meeting)
            scan = _record_scan(at, found, method, scan_id, by, delegate)
            _note_check(at, found)
            return scan
    except (IntegrityError, ActionRefused):
        scan = Scan.objects.filter(pk=scan_id).select_related("list").first()
        if scan is None:
            raise
    if (scan.list_id, scan.scanned_by_id) != (at.pk, by.pk):
        raise ActionRefused(_("This scan belongs to another desk. Scan again."))
    return scan


@transaction.atomic
def check_in_walk_in(*, at: CheckInList, walk_in: WalkIn, by: User) -> CheckIn:
    """Record somebody who is on no list; `walk_in` is not saved yet. Sent twice, it is one person.

    Raises:
        ActionRefused: the desk is not open, or the list takes nobody without a list.
    """
    known = WalkIn.objects.filter(pk=walk_in.pk).first()
    if known is None:
        _check_desk_is_open(at)
        if not at.takes_walk_ins:
            raise ActionRefused(_("This list takes only people who are known."))
        walk_in.meeting, walk_in.created_by, walk_in.name = at.meeting, by, clean(walk_in.name)
        try:
            with transaction.atomic():
                walk_in.save(force_insert=True)
            known = walk_in
        except IntegrityError:
            known = WalkIn.objects.get(pk=walk_in.pk)
    present, _is_new = _presence(at, {"walk_in": known}, ScanMethod.NAME, by)
    # A line of the desk like any other, from which it is undone.
    line = {"meeting_id": at.meeting_id, "list": at, "check_in": present, "scanned_by": by}
    line |= {"result": ScanResult.RECORDED, "method": ScanMethod.NAME}
    Scan.objects.update_or_create(pk=known.pk, defaults=line)
    return present


@transaction.atomic
def undo_check_in(*, check_in: CheckIn, reason: str, by: User) -> CheckIn:
    """Take a presence back, with a reason; the person may be checked in again.

    The presence at the door that a scan inside brought goes with it, unless the person stands elsewhere.

    Raises:
        ActionRefused: no reason, undone already, or the card was handed over: that is undone first.
    """
    why = _reason(reason)
    locked = _lock(check_in)
    if locked.undone_at is not None:
        raise ActionRefused(_("This presence was undone already."))
    if locked.standing_hand_over:
        raise ActionRefused(_("The card was handed over: undo the hand-over first."))
    if locked.list.is_door and _is_inside(locked):
        raise ActionRefused(_("This person was checked in inside as well: undo that first."))
    _undo(locked, why, by)
    brought = CheckIn.objects.standing().select_for_update().filter(through=locked).first()
    if brought and not _is_inside(brought):
        _undo(brought, why, by)
    return locked


@transaction.atomic
def hand_over(
    *,
    at: CheckInList,
    card: Card,
    by: User,
    proxy: ProxyData | None = None,
    signature: ContentFile | None = None,
) -> CheckIn:
    """Give a card to its holder, who is checked in at this list, or to a proxy with their paper.

    Confirming twice is confirming once. Where a proxy came, the presence recorded here is theirs.

    Raises:
        ActionRefused: no cards are handed over here, the desk is not open, the holder is not checked in, only
            somebody else came and shows no paper, or the card may not be handed over.
    """
    locked = presence_for_card(at=at, card=card)
    given = locked.standing_hand_over
    if given and given.card_id == card.pk:
        return locked
    if locked.delegate_name and proxy is None:
        raise ActionRefused(_("The holder did not come: whoever receives the card shows a power."))
    locked.hand_over = card_actions.hand_over(
        card=card, place=place_of(at.meeting), by=by, proxy=proxy, signature=signature
    )
    if proxy and not locked.delegate_name:
        locked.delegate_name = proxy.name
        CheckIn.objects.standing().filter(through=locked).update(delegate_name=proxy.name)
    locked.save(update_fields=["hand_over", "delegate_name"])
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


def presence_for_card(*, at: CheckInList, card: Card) -> CheckIn:
    """The presence that a card is handed over with, under its lock. Call it in a transaction.

    Raises:
        ActionRefused: no cards are handed over here, the desk is not open, or the holder is not checked in.
    """
    _check_desk_is_open(at)
    if not at.hands_over:
        raise ActionRefused(_("Cards are handed over at the card desk."))
    present = CheckIn.objects.standing().filter(list=at, registrant_id=card.registrant_id).first()
    if present is None:
        raise ActionRefused(_("The holder is not checked in at this meeting."))
    locked = _lock(present)
    if locked.undone_at is not None:
        raise ActionRefused(_("This presence was undone already."))
    return locked


def place_of(meeting: Meeting) -> str:
    """Where cards were handed over, as the card's history says it."""
    return f"{meeting.title_ar}، {meeting.venue_ar}"


def _check_desk_is_open(at: CheckInList) -> None:
    # Not under a lock: fifty desks would wait for one another, and a presence recorded in the very moment
    # in which the meeting is closed is still true.
    if not (at.is_open and at.meeting.is_open_for_check_in):
        raise ActionRefused(_("The desk of this meeting is not open."))


def _record_scan(
    at: CheckInList, found: Found, method: ScanMethod, scan_id: uuid.UUID, by: User, delegate: Delegate | None
) -> Scan:
    present = None
    result = refusal_at(at, found)
    if result is None:
        who = {"registrant": found.registrant, "invitation": found.invitation}
        shown = {"card": found.card, "by_invitation": found.by_invitation}
        present, is_new = _presence(at, who, method, by, shown=shown, delegate=delegate)
        result = ScanResult.RECORDED if is_new else ScanResult.ALREADY_IN
    return Scan.objects.create(
        pk=scan_id,
        meeting_id=at.meeting_id,
        list=at,
        result=result,
        card=found.card,
        invitation=found.invitation,
        check_in=present,
        method=method,
        scanned_by=by,
    )


def _note_check(at: CheckInList, found: Found) -> None:
    """A card read at a desk was checked, in the meeting's region, as much as one read on the public page."""
    if found.card_shown:
        region = at.meeting.region_id
        transaction.on_commit(lambda: card_actions.note_check(found.card, region=region, at_desk=True))


def _presence(
    at: CheckInList,
    who: dict,
    method: ScanMethod,
    by: User,
    *,
    shown: dict | None = None,
    delegate: Delegate | None = None,
) -> tuple[CheckIn, bool]:
    """The presence of somebody at a list, and at the door with it; whether it is new at the list."""
    present, is_new = _one_presence(at, who, method, by, shown or {}, delegate)
    if is_new and not at.is_door:
        door = CheckInList.objects.select_related("meeting").get(meeting_id=at.meeting_id, kind="door")
        _one_presence(door, who, method, by, shown or {}, delegate, through=present)
    return present, is_new


def _one_presence(
    at: CheckInList,
    who: dict,
    method: ScanMethod,
    by: User,
    shown: dict,
    delegate: Delegate | None,
    *,
    through: CheckIn | None = None,
) -> tuple[CheckIn, bool]:
    came = delegate or _announced(who.get("invitation"))
    new = CheckIn(
        meeting=at.meeting,
        list=at,
        delegate_name=clean(came.name)[:120] if came else "",
        delegate_title=clean(came.title)[:160] if came else "",
        counts_once=at.counts_once,
        through=through,
        method=method,
        checked_in_by=by,
        **who,
        **shown,
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        known = _standing(at, who)
        if known is None:
            raise
        return known, False
    _record_presence("events.check_in.recorded", new, by)
    return new, True


def _standing(at: CheckInList, who: dict) -> CheckIn | None:
    here = CheckIn.objects.standing().filter(list=at).with_people().select_related("hand_over", "card")
    for name, value in who.items():
        if value is not None and (known := here.filter(**{name: value}).first()):
            return known
    return None


def _is_inside(at_door: CheckIn) -> bool:
    """Whether the same person stands at another list of the meeting."""
    inside = CheckIn.objects.standing().filter(meeting_id=at_door.meeting_id).exclude(list_id=at_door.list_id)
    who = {
        "registrant": at_door.registrant_id,
        "invitation": at_door.invitation_id,
        "walk_in": at_door.walk_in_id,
    }
    return any(inside.filter(**{name: key}).exists() for name, key in who.items() if key)


def _announced(invitation: Invitation | None) -> Delegate | None:
    """Whom somebody invited said they would send."""
    if invitation is None or invitation.answer != Answer.DELEGATE:
        return None
    return Delegate(invitation.delegate_name, invitation.delegate_title)


def _undo(locked: CheckIn, why: str, by: User) -> None:
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _record_presence("events.check_in.undone", locked, by, reason=why)


def _lock(check_in: CheckIn) -> CheckIn:
    # Without joins: a joined row would be the one from before the wait for the lock.
    return CheckIn.objects.select_for_update().get(pk=check_in.pk)


def _record_presence(action: str, present: CheckIn, by: User, *, reason: str = "") -> None:
    """The row is the person's, so that it stands in the history of the person's file."""
    audit.record(
        action=action,
        by=by,
        subject=present.registrant or present.invitation or present.walk_in,
        region_code=present.meeting.region_id,
        after={
            "meeting": present.meeting.title_ar,
            "list": present.list.name_ar or str(present.list.kind),
            "card": present.card.serial if present.card else "",
        },
        reason=reason,
    )


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
