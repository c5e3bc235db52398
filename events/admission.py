"""The rules of a list: who may enter there, and what the others are told."""

from cards.enums import CardState, CheckOutcome
from events.enums import Admission, ScanResult
from events.finding import Found
from events.models import CheckIn, CheckInList, Invitation, Meeting

# Nobody is let in with these, at any list.
_WHATEVER_THE_LIST = (
    ScanResult.UNKNOWN,
    ScanResult.FORGED,
    ScanResult.WRONG_MEETING,
    ScanResult.NOT_INVITED,
)


def refusal_at(at: CheckInList, found: Found) -> ScanResult | None:
    """Why somebody may not enter; None where nothing speaks against it."""
    if found.refusal in _WHATEVER_THE_LIST:
        return found.refusal
    person = found.registrant
    # Whoever is invited is welcome from anywhere.
    if person and found.invitation is None and person.region_id != at.meeting.region_id:
        return ScanResult.WRONG_REGION
    if found.refusal:
        return found.refusal
    if at.admission == Admission.INVITED and found.invitation is None:
        return ScanResult.WRONG_MEETING if _invited_elsewhere(at, found) else ScanResult.NOT_INVITED
    if at.admission == Admission.HOLDERS and not _holds_card(found):
        return ScanResult.CARD_NEEDED
    if at.after_door and not _is_present(at, found):
        return ScanResult.NOT_AT_DOOR
    return None


def _holds_card(found: Found) -> bool:
    return bool(
        found.card and found.outcome == CheckOutcome.VALID and found.card.state == CardState.HANDED_OVER
    )


def _is_present(at: CheckInList, found: Found) -> bool:
    present = CheckIn.objects.present().filter(meeting_id=at.meeting_id)
    if found.registrant and present.filter(registrant=found.registrant).exists():
        return True
    return bool(found.invitation) and present.filter(invitation=found.invitation).exists()


def _invited_elsewhere(at: CheckInList, found: Found) -> bool:
    if found.registrant is None:
        return False
    others = Invitation.objects.standing().filter(
        registrant=found.registrant, meeting__in=Meeting.objects.open_for_check_in()
    )
    return others.exclude(meeting_id=at.meeting_id).exists()
