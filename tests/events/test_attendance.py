"""Checking in, handing over and undoing, as the desk does them."""

from uuid import uuid4

import pytest

from cards.actions import stop_card
from cards.actions import undo_hand_over as undo_hand_over_of_card
from cards.enums import CardState
from cards.models import HandOver
from cards.qr import card_url
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from events.actions import check_in, hand_over, undo_check_in, undo_hand_over
from events.enums import MeetingState, ScanMethod, ScanResult
from events.models import CheckIn, Scan
from tests.factories.cards import CardFactory, card_ground, expired_card
from tests.factories.core import UserFactory
from tests.factories.events import MeetingFactory, door_of
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def agent():
    return UserFactory(roles=(Role.DESK_AGENT,))


@pytest.fixture
def scan(meeting, agent):
    def send(text, *, scan_id=None, by=None, at=None) -> Scan:
        return check_in(
            at=door_of(at or meeting, hands_over=True),
            text=text,
            method=ScanMethod.SCANNER,
            scan_id=scan_id or uuid4(),
            by=by or agent,
        )

    return send


def card_of_dakhla(**fields):
    return CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE), **fields)


@pytest.mark.parametrize(
    "read",
    [
        lambda card: card_url(card.token),
        lambda card: card_url(card.token).lower(),
        lambda card: card.token,
        lambda card: card.serial,
        lambda card: card.serial.replace("-", ""),
        lambda card: card.registrant.nia,
        lambda card: card.registrant.national_id,
    ],
    ids=["address", "small letters", "token", "serial", "bare serial", "nia", "identity number"],
)
def test_whatever_says_who_it_is_records_presence(scan, meeting, agent, read):
    card = CardFactory()
    done = scan(read(card))
    assert (done.result, done.card) == (ScanResult.RECORDED, card)
    present = CheckIn.objects.get()
    assert (present.meeting, present.registrant, present.card, present.checked_in_by) == (
        meeting,
        card.registrant,
        card,
        agent,
    )
    assert done.check_in == present


def test_presence_stands_in_the_persons_history(scan, meeting):
    card = CardFactory()
    scan(card.serial)
    row = AuditEvent.objects.about(card.registrant).get(action="events.check_in.recorded")
    assert row.region_code == "11"
    assert row.after == {"meeting": meeting.title_ar, "list": "door", "card": card.serial}


def test_somebody_without_a_card_is_let_in_by_number(scan):
    person = RegistrantFactory()
    done = scan(person.nia)
    assert (done.result, done.card, done.check_in.registrant) == (ScanResult.RECORDED, None, person)


def test_a_card_not_made_yet_lets_its_holder_in(scan):
    assert scan(CardFactory(state=CardState.IN_BATCH).registrant.nia).result == ScanResult.RECORDED


def test_the_second_scan_of_a_card_says_already_in(scan):
    card = CardFactory()
    first, second = scan(card.serial), scan(card.serial)
    assert (second.result, second.check_in) == (ScanResult.ALREADY_IN, first.check_in)
    assert CheckIn.objects.count() == 1


def test_the_same_scan_sent_twice_counts_once(scan):
    card, scan_id = CardFactory(), uuid4()
    first, second = scan(card.serial, scan_id=scan_id), scan(card.serial, scan_id=scan_id)
    assert first == second
    assert second.result == ScanResult.RECORDED
    assert (Scan.objects.count(), CheckIn.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(action="events.check_in.recorded").count() == 1


def test_a_scan_of_another_desk_is_not_answered(scan):
    card, scan_id = CardFactory(), uuid4()
    scan(card.serial, scan_id=scan_id)
    with pytest.raises(ActionRefused):
        scan(card.serial, scan_id=scan_id, by=UserFactory(roles=(Role.DESK_AGENT,)))
    with pytest.raises(ActionRefused):
        scan(card.serial, scan_id=scan_id, at=MeetingFactory())


@pytest.mark.parametrize(
    ("make", "result"),
    [
        (lambda: expired_card().serial, ScanResult.EXPIRED_CARD),
        (lambda: CardFactory(state=CardState.LOST).serial, ScanResult.STOPPED_CARD),
        (lambda: CardFactory(state=CardState.REVOKED).token, ScanResult.STOPPED_CARD),
        (lambda: CardFactory(registrant__state="struck_off").serial, ScanResult.STOPPED_CARD),
        (lambda: card_of_dakhla().serial, ScanResult.WRONG_REGION),
        (
            lambda: card_of_dakhla(state=CardState.LOST).serial,
            ScanResult.WRONG_REGION,
        ),
        (lambda: RegistrantFactory(commune=DAKHLA_COMMUNE).nia, ScanResult.WRONG_REGION),
        (lambda: RegistrantFactory(candidate=True).national_id, ScanResult.UNKNOWN),
        (lambda: "11-0000001-47", ScanResult.UNKNOWN),
        (lambda: "هكذا", ScanResult.UNKNOWN),
        (lambda: card_url(CardFactory().token[:-9]), ScanResult.FORGED),
        (lambda: "HTTP://ELSEWHERE/V/" + "A" * 90, ScanResult.FORGED),
        (lambda: "A" * 1500, ScanResult.FORGED),
    ],
)
def test_what_is_refused_is_kept_and_lets_nobody_in(scan, make, result):
    done = scan(make())
    assert (done.result, done.is_refused, done.check_in) == (result, True, None)
    assert Scan.objects.get() == done
    assert not CheckIn.objects.exists()
    assert not AuditEvent.objects.filter(action__startswith="events.").exists()


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.CLOSED, MeetingState.POSTPONED])
def test_a_desk_that_is_not_open_records_nothing(scan, state):
    card = CardFactory()
    with pytest.raises(ActionRefused):
        scan(card.serial, at=MeetingFactory(state=state))
    assert not Scan.objects.exists()


def test_a_card_is_handed_over_to_somebody_present(scan, meeting, agent):
    card = CardFactory()
    scan(card.serial)
    present = hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER
    assert present.standing_hand_over.card == card
    assert present.hand_over.place == f"{meeting.title_ar}، {meeting.venue_ar}"


def test_confirming_twice_is_handing_over_once(scan, meeting, agent):
    card = CardFactory()
    scan(card.serial)
    assert hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent) == hand_over(
        at=door_of(meeting, hands_over=True), card=card, by=agent
    )
    assert HandOver.objects.count() == 1


def test_nothing_is_handed_over_to_somebody_who_is_not_there(scan, meeting, agent):
    card = CardFactory()
    with pytest.raises(ActionRefused):
        hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    done = scan(card.serial)
    undo_check_in(check_in=done.check_in, reason="by mistake", by=agent)
    with pytest.raises(ActionRefused):
        hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    assert not HandOver.objects.exists()


def test_a_card_stopped_after_the_scan_is_not_handed_over(scan, meeting, agent):
    card = CardFactory()
    scan(card.serial)
    stop_card(card=card, ground=card_ground("lost"), reason="gone from the box", by=agent)
    with pytest.raises(ActionRefused):
        hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    assert CheckIn.objects.get().hand_over is None


def test_presence_undone_with_a_reason_can_be_recorded_again(scan, agent):
    card = CardFactory()
    first = scan(card.serial)
    undone = undo_check_in(check_in=first.check_in, reason=" the  wrong person ", by=agent)
    assert (undone.undo_reason, undone.undone_by) == ("the wrong person", agent)
    row = AuditEvent.objects.get(action="events.check_in.undone")
    assert (row.reason, row.subject_id) == ("the wrong person", str(card.registrant_id))
    again = scan(card.serial)
    assert again.result == ScanResult.RECORDED
    assert again.check_in != first.check_in


@pytest.mark.parametrize("reason", ["", "  \u200f "])
def test_undoing_needs_a_reason(scan, meeting, agent, reason):
    card = CardFactory()
    present = scan(card.serial).check_in
    with pytest.raises(ActionRefused):
        undo_check_in(check_in=present, reason=reason, by=agent)
    hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    with pytest.raises(ActionRefused):
        undo_hand_over(check_in=present, reason=reason, by=agent)
    present.refresh_from_db()
    assert present.undone_at is None
    assert present.standing_hand_over


def test_presence_is_undone_once(scan, agent):
    present = scan(CardFactory().serial).check_in
    undo_check_in(check_in=present, reason="by mistake", by=agent)
    with pytest.raises(ActionRefused):
        undo_check_in(check_in=present, reason="again", by=agent)
    present.refresh_from_db()
    assert present.undo_reason == "by mistake"


def test_presence_stays_while_the_card_is_in_the_hand(scan, meeting, agent):
    card = CardFactory()
    present = scan(card.serial).check_in
    hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    with pytest.raises(ActionRefused):
        undo_check_in(check_in=present, reason="by mistake", by=agent)
    undo_hand_over(check_in=present, reason="somebody else's", by=agent)
    assert undo_check_in(check_in=present, reason="by mistake", by=agent).undone_at


def test_a_hand_over_undone_makes_the_card_wait_and_is_done_again(scan, meeting, agent):
    card = CardFactory()
    present = scan(card.serial).check_in
    hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    undone = undo_hand_over(check_in=present, reason="somebody else's", by=agent)
    card.refresh_from_db()
    assert (card.state, undone.standing_hand_over) == (CardState.IN_BOX, None)
    with pytest.raises(ActionRefused):
        undo_hand_over(check_in=present, reason="again", by=agent)
    again = hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    assert again.standing_hand_over.card == card
    assert HandOver.objects.count() == 2


def test_a_hand_over_undone_elsewhere_does_not_stand_here(scan, meeting, agent):
    card = CardFactory()
    present = scan(card.serial).check_in
    hand_over(at=door_of(meeting, hands_over=True), card=card, by=agent)
    undo_hand_over_of_card(hand_over=HandOver.objects.get(), reason="at the office", by=agent)
    present.refresh_from_db()
    assert present.standing_hand_over is None
    assert not CheckIn.objects.with_card_given().exists()


def test_a_card_shown_at_a_desk_counts_as_a_check_and_one_found_by_its_holder_does_not(
    scan, meeting, monkeypatch, django_capture_on_commit_callbacks
):
    noted = []
    monkeypatch.setattr("cards.actions.note_check", lambda card, **where: noted.append((card, where)))
    card, other, scan_id = CardFactory(state=CardState.HANDED_OVER), CardFactory(), uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        scan(card.serial, scan_id=scan_id)
        scan(card.serial, scan_id=scan_id)
        scan(other.registrant.national_id)
    assert noted == [(card, {"region": meeting.region_id, "at_desk": True})]
