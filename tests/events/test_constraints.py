"""What the database refuses, by the name of the constraint."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cards.models import HandOver
from events.enums import Answer, MeetingState, ScanMethod, ScanResult
from events.models import CheckIn, Scan
from tests.factories.cards import CardFactory
from tests.factories.events import (
    AgendaItemFactory,
    CheckInFactory,
    DutyFactory,
    GuestFactory,
    InstitutionFactory,
    InvitationFactory,
    MeetingFactory,
)
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused_by():
    def check(name: str):
        return pytest.raises(IntegrityError, match=f'"{name}"')

    return check


def check_deferred():
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_meeting_ends_after_it_starts(refused_by):
    moment = timezone.now()
    with refused_by("meeting_ends_after_start"):
        MeetingFactory(starts_at=moment, ends_at=moment)


def test_one_meeting_of_a_caravan_at_one_time_and_place(refused_by):
    first = MeetingFactory()
    same = {"caravan": first.caravan, "starts_at": first.starts_at, "venue_ar": first.venue_ar}
    with refused_by("meeting_once"), transaction.atomic():
        MeetingFactory(**same)
    first.state, first.ground, first.ground_note = MeetingState.CANCELLED, "other", "سبب"
    first.save()
    assert MeetingFactory(**same).pk


def test_a_place_in_the_order_of_protocol_is_taken_once(refused_by):
    first = InvitationFactory()
    with refused_by("invitation_position_once"), transaction.atomic():
        InvitationFactory(meeting=first.meeting, position=first.position)
        check_deferred()


def test_a_guest_is_invited_once(refused_by):
    first = InvitationFactory()
    with refused_by("invitation_guest_once"):
        InvitationFactory(meeting=first.meeting, guest=first.guest)


def test_somebody_of_the_register_is_invited_once(refused_by):
    meeting, person = MeetingFactory(), RegistrantFactory()
    InvitationFactory(meeting=meeting, guest=None, registrant=person)
    # Once as an artisan and once as a member of the chamber are two letters to one person.
    with refused_by("invitation_registrant_once"):
        InvitationFactory(meeting=meeting, registrant=person)


def test_an_institution_is_invited_once_as_such(refused_by):
    meeting, institution = MeetingFactory(), InstitutionFactory()
    InvitationFactory(meeting=meeting, guest__institution=institution)
    InvitationFactory(meeting=meeting, guest=None, institution=institution)
    with refused_by("invitation_institution_once"):
        InvitationFactory(meeting=meeting, guest=None, institution=institution)


def test_an_invitation_is_somebodys(refused_by):
    with refused_by("invitation_is_somebodys"):
        InvitationFactory(guest=None)


def test_an_invited_guest_keeps_a_function(refused_by):
    with refused_by("invitation_guest_has_title"):
        InvitationFactory(title_ar="")


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": Answer.DELEGATE, "delegate_name": ""},
        {"answer": Answer.COMING, "delegate_name": "نائب"},
        {"answer": Answer.NOT_COMING, "delegate_title": "نائب"},
    ],
)
def test_a_delegate_is_named_and_nobody_else(refused_by, fields):
    with refused_by("invitation_delegate_is_named"):
        InvitationFactory(answered_at=timezone.now(), **fields)


@pytest.mark.parametrize("fields", [{"answer": Answer.COMING}, {"answered_at": timezone.now()}])
def test_an_answer_has_its_moment(refused_by, fields):
    with refused_by("invitation_answer_is_dated"):
        InvitationFactory(**fields)


def test_a_function_of_the_directory_is_there_once(refused_by):
    first = GuestFactory()
    GuestFactory(institution=first.institution, is_active=False)
    with refused_by("guest_once"):
        GuestFactory(institution=first.institution)


def test_somebody_is_on_duty_once(refused_by):
    first = DutyFactory()
    with refused_by("duty_once"):
        DutyFactory(meeting=first.meeting, user=first.user)


def test_what_is_off_says_why(refused_by):
    with refused_by("meeting_off_has_ground"):
        MeetingFactory(state=MeetingState.POSTPONED, ground="")


@pytest.mark.parametrize("seats", [0, 100_001])
def test_a_room_has_a_sane_number_of_seats(refused_by, seats):
    with refused_by("meeting_capacity_sane"):
        MeetingFactory(capacity=seats)


@pytest.mark.parametrize("minutes", [0, 601])
def test_an_item_takes_a_sane_time(refused_by, minutes):
    with refused_by("agenda_duration_sane"):
        AgendaItemFactory(duration_minutes=minutes)


def test_a_guest_has_a_title(refused_by):
    with refused_by("guest_has_title"):
        GuestFactory(title_ar="")


def test_an_institution_is_one(refused_by):
    with refused_by("institution_once"):
        InstitutionFactory(name_ar=InstitutionFactory().name_ar)


def test_a_place_on_the_agenda_is_taken_once(refused_by):
    first = AgendaItemFactory()
    with refused_by("agenda_position_once"), transaction.atomic():
        AgendaItemFactory(meeting=first.meeting, position=first.position)
        check_deferred()


def test_somebody_is_present_once(refused_by):
    first = CheckInFactory()
    again = {"meeting": first.meeting, "registrant": first.registrant}
    with refused_by("check_in_once"), transaction.atomic():
        CheckInFactory(**again)
    CheckIn.objects.filter(pk=first.pk).update(
        undone_at=timezone.now(), undone_by=first.checked_in_by, undo_reason="by mistake"
    )
    assert CheckInFactory(**again).pk


@pytest.mark.parametrize("missing", ["undo_reason", "undone_by"])
def test_presence_is_undone_by_somebody_with_a_reason(refused_by, missing):
    present = CheckInFactory()
    values = {
        "undone_at": timezone.now(),
        "undone_by": present.checked_in_by,
        "undo_reason": "by mistake",
    } | {missing: "" if missing == "undo_reason" else None}
    with refused_by("check_in_undone_has_reason"):
        CheckIn.objects.filter(pk=present.pk).update(**values)


@pytest.mark.parametrize(
    ("result", "has_presence"),
    [(ScanResult.RECORDED, False), (ScanResult.ALREADY_IN, False), (ScanResult.FORGED, True)],
)
def test_a_scan_is_refused_or_has_its_presence(refused_by, result, has_presence):
    present = CheckInFactory()
    with refused_by("scan_refused_or_present"):
        Scan.objects.create(
            pk=uuid4(),
            meeting=present.meeting,
            list=present.list,
            result=result,
            check_in=present if has_presence else None,
            method=ScanMethod.SCANNER,
            scanned_by=present.checked_in_by,
        )


def test_a_hand_over_belongs_to_one_presence(refused_by):
    present, other = CheckInFactory(), CheckInFactory()
    given = HandOver.objects.create(card=CardFactory(), handed_over_by=present.checked_in_by)
    CheckIn.objects.filter(pk=present.pk).update(hand_over=given)
    with refused_by("events_checkin_hand_over_id_key"):
        CheckIn.objects.filter(pk=other.pk).update(hand_over=given)


def test_overlapping_counts_the_usual_length_where_no_end_is_given():
    first = MeetingFactory()
    overlapping = type(first).objects.overlapping
    at = {"ends_at": None}
    assert overlapping(starts_at=first.starts_at + timedelta(hours=2), **at).get() == first
    assert not overlapping(starts_at=first.starts_at + timedelta(hours=3), **at).exists()
    assert not overlapping(starts_at=first.starts_at - timedelta(hours=3), **at).exists()
