"""Being on duty gives the desk's rights at one meeting, on its day: at no other, on no other."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from core.roles import Role
from events.models import CheckIn, Duty
from tests.factories.cards import CardFactory
from tests.factories.events import CheckInFactory, DutyFactory, MeetingFactory, door_of
from tests.factories.registry import DAKHLA_COMMUNE

pytestmark = pytest.mark.django_db
CASABLANCA = ZoneInfo("Africa/Casablanca")


@pytest.fixture
def noon(monkeypatch):
    """It is noon of a day in January, in Laâyoune."""
    moment = datetime(2027, 1, 20, 12, 0, tzinfo=CASABLANCA)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def registrar(sign_in, noon):
    return sign_in(Role.REGISTRAR)


def desk(meeting) -> str:
    return reverse("events:desk", args=[door_of(meeting, hands_over=True).pk])


def test_on_duty_the_desk_opens_and_records(registrar, noon):
    meeting = MeetingFactory(starts_at=noon + timedelta(hours=2))
    assert registrar.get(desk(meeting)).status_code == 403
    DutyFactory(meeting=meeting, user=registrar.user)
    assert registrar.get(desk(meeting)).status_code == 200
    card = CardFactory()
    sent = {"scan_id": uuid4(), "text": card.serial, "method": "scanner"}
    registrar.post(reverse("events:scan", args=[door_of(meeting).pk]), sent)
    present = CheckIn.objects.get()
    assert (present.registrant, present.checked_in_by) == (card.registrant, registrar.user)
    registrar.post(reverse("events:hand_over", args=[door_of(meeting).pk]), {"card": card.pk})
    present.refresh_from_db()
    assert present.standing_hand_over.card == card


@pytest.mark.parametrize(
    ("starts", "opens"),
    [
        (datetime(2027, 1, 20, 0, 0), True),
        (datetime(2027, 1, 20, 23, 59), True),
        (datetime(2027, 1, 19, 23, 59), False),
        (datetime(2027, 1, 21, 0, 0), False),
    ],
)
def test_the_rights_are_those_of_one_day(registrar, noon, starts, opens):
    meeting = MeetingFactory(starts_at=starts.replace(tzinfo=CASABLANCA))
    DutyFactory(meeting=meeting, user=registrar.user)
    assert registrar.get(desk(meeting)).status_code == (200 if opens else 403)


def test_a_meeting_of_two_days_has_both(registrar, noon):
    meeting = MeetingFactory(starts_at=noon - timedelta(days=1), ends_at=noon + timedelta(hours=5))
    DutyFactory(meeting=meeting, user=registrar.user)
    assert registrar.get(desk(meeting)).status_code == 200


def test_another_meeting_of_the_day_stays_shut(registrar, noon):
    DutyFactory(meeting=MeetingFactory(starts_at=noon), user=registrar.user)
    other = MeetingFactory(starts_at=noon)
    elsewhere = MeetingFactory(starts_at=noon, commune=DAKHLA_COMMUNE)
    present = CheckInFactory(meeting=other)
    assert registrar.get(desk(other)).status_code == 403
    assert registrar.get(desk(elsewhere)).status_code == 404
    assert registrar.post(reverse("events:scan", args=[door_of(other).pk])).status_code == 403
    assert registrar.post(reverse("events:hand_over", args=[door_of(other).pk])).status_code == 403
    assert registrar.get(reverse("events:photograph", args=[present.pk])).status_code == 403
    undone = registrar.post(reverse("events:undo_check_in", args=[present.pk]), {"reason": "x"})
    assert undone.status_code == 403
    present.refresh_from_db()
    assert present.undone_at is None


def test_duty_ends_with_the_account(registrar, noon):
    meeting = MeetingFactory(starts_at=noon)
    duty = DutyFactory(meeting=meeting, user=registrar.user)
    assert list(Duty.objects.in_force(registrar.user)) == [duty]
    registrar.user.is_active = False
    assert not Duty.objects.in_force(registrar.user).exists()


def test_duty_gives_the_desk_and_nothing_else(registrar, noon):
    meeting = MeetingFactory(starts_at=noon)
    DutyFactory(meeting=meeting, user=registrar.user)
    assert registrar.get(reverse("events:meeting_edit", args=[meeting.pk])).status_code == 403
    assert registrar.get(reverse("events:meeting_new")).status_code == 403


def test_the_role_of_desk_agent_needs_no_duty(sign_in, noon):
    meeting = MeetingFactory(starts_at=noon + timedelta(days=9))
    assert sign_in(Role.DESK_AGENT).get(desk(meeting)).status_code == 200
