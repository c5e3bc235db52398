"""Calendars as calendars read them: by two readers, through every change of the clock, by address alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core.exceptions import ActionRefused
from core.models import Commune, Region
from core.roles import Role
from events.actions import change_meeting, move_meeting, open_feed, reschedule_meeting, revoke_feed
from events.actions.meetings import MEETING_FIELDS
from events.calendar import month_weeks
from events.enums import FeedScope, MeetingState
from events.ical import calendar_file
from events.models import Caravan, Meeting
from tests.factories.core import UserFactory
from tests.factories.events import DutyFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
CASABLANCA = ZoneInfo("Africa/Casablanca")
WORDS = {"ground": "weather", "note": "الطريق مقطوعة"}


@pytest.fixture
def director():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


@pytest.fixture
def address(director):
    feed = open_feed(scope=FeedScope.REGION, region=None, language="ar", by=director)
    return reverse("calendar:feed", args=[feed.token])


def read(address) -> list:
    """The events that a calendar finds, read by icalendar; vobject finds the same ones."""
    response = Client().get(address)
    assert response.status_code == 200
    events = Calendar.from_ical(response.content).walk("VEVENT")
    others = vobject.readOne(response.content.decode()).contents.get("vevent", [])
    assert [str(event["UID"]) for event in events] == [other.uid.value for other in others]
    assert [event["DTSTART"].dt for event in events] == [other.dtstart.value for other in others]
    return events


def test_a_meeting_is_read_with_its_moment_place_and_words(address):
    meeting = MeetingFactory(
        starts_at=datetime(2026, 12, 15, 11, 30, tzinfo=CASABLANCA), purpose_ar="هدف؛ فاصلة, وسطر\nثان"
    )
    [event] = read(address)
    assert event["DTSTART"].dt == datetime(2026, 12, 15, 11, 30, tzinfo=UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert str(event["SUMMARY"]) == meeting.title_ar
    assert meeting.venue_ar in str(event["LOCATION"])
    assert "هدف؛ فاصلة, وسطر\nثان" in str(event["DESCRIPTION"])
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (str(meeting.uid), 0)


def test_a_change_that_people_are_told_of_raises_the_sequence_and_keeps_the_uid(address, director):
    meeting = MeetingFactory()
    [before] = read(address)
    fields = {name: getattr(meeting, name) for name in MEETING_FIELDS}
    same = {"meeting": meeting, "caravan": meeting.caravan, "by": director}
    change_meeting(**same, version=1, fields=fields | {"purpose_fr": "But"})
    assert int(read(address)[0]["SEQUENCE"]) == 0
    later = meeting.starts_at + timedelta(hours=1)
    change_meeting(**same, version=2, fields=fields | {"starts_at": later})
    [after] = read(address)
    assert (str(after["UID"]), int(after["SEQUENCE"])) == (str(before["UID"]), 1)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_what_is_off_is_cancelled_in_calendars_and_what_is_on_again_comes_back(address, director):
    meeting = MeetingFactory()
    move_meeting(meeting=meeting, name="postpone", by=director, **WORDS)
    [event] = read(address)
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)
    assert WORDS["note"] in str(event["DESCRIPTION"])
    new_date = meeting.starts_at + timedelta(days=30)
    reschedule_meeting(meeting=meeting, starts_at=new_date, ends_at=None, version=2, by=director)
    [event] = read(address)
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("TENTATIVE", 2)
    move_meeting(meeting=meeting, name="announce", by=director)
    assert str(read(address)[0]["STATUS"]) == "CONFIRMED"
    move_meeting(meeting=meeting, name="cancel", by=director, **WORDS)
    [event] = read(address)
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 4)


def test_a_feed_shows_what_its_owner_may_see_and_no_drafts(address):
    here = MeetingFactory()
    MeetingFactory(commune=DAKHLA_COMMUNE)
    MeetingFactory(state=MeetingState.DRAFT)
    assert [str(event["UID"]) for event in read(address)] == [str(here.uid)]


def test_ones_own_calendar_is_what_one_leads_or_works_at(director):
    led, worked = MeetingFactory(director=director), MeetingFactory()
    MeetingFactory()
    DutyFactory(meeting=worked, user=director)
    feed = open_feed(scope=FeedScope.OWN, region=None, language="fr", by=director)
    events = read(reverse("calendar:feed", args=[feed.token]))
    assert {str(event["UID"]) for event in events} == {str(led.uid), str(worked.uid)}
    assert led.title_fr in {str(event["SUMMARY"]) for event in events}


def test_a_national_calendar_is_for_one_region_or_all():
    admin = UserFactory(roles=(Role.NATIONAL_ADMIN,), region=None)
    MeetingFactory()
    there = MeetingFactory(commune=DAKHLA_COMMUNE)
    one = open_feed(scope=FeedScope.REGION, region=Region.objects.get(pk="12"), language="ar", by=admin)
    both = open_feed(scope=FeedScope.REGION, region=None, language="ar", by=admin)
    assert [str(event["UID"]) for event in read(reverse("calendar:feed", args=[one.token]))] == [
        str(there.uid)
    ]
    assert len(read(reverse("calendar:feed", args=[both.token]))) == 2


def test_another_regions_calendar_is_not_given(director):
    with pytest.raises(ActionRefused):
        open_feed(scope=FeedScope.REGION, region=Region.objects.get(pk="12"), language="ar", by=director)


def test_asked_twice_the_address_is_the_same_and_a_void_one_is_gone(director, address):
    feed = open_feed(scope=FeedScope.REGION, region=None, language="ar", by=director)
    assert reverse("calendar:feed", args=[feed.token]) == address
    revoke_feed(feed=feed, by=director)
    assert Client().get(address).status_code == 410
    assert Client().get("/calendar/" + "a" * 42 + ".ics").status_code == 404
    again = open_feed(scope=FeedScope.REGION, region=None, language="ar", by=director)
    assert again.token != feed.token


def test_an_account_that_is_closed_shows_nothing_any_more(director, address):
    director.is_active = False
    director.save()
    assert Client().get(address).status_code == 410


def test_nobody_makes_anothers_address_void(sign_in, director):
    feed = open_feed(scope=FeedScope.REGION, region=None, language="ar", by=director)
    client = sign_in(Role.REGIONAL_DIRECTOR)
    client.post(reverse("events:feed_revoke", args=[feed.pk]))
    feed.refresh_from_db()
    assert feed.revoked_at is None
    assert feed.token not in client.get(reverse("events:feeds")).content.decode()


def test_the_calendar_knows_no_session_and_is_not_sent_twice(address):
    MeetingFactory()
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies
    again = Client().get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_lines_are_folded_and_end_as_the_standard_asks(address):
    MeetingFactory(title_ar="لقاء تواصلي طويل العنوان " * 7)
    lines = Client().get(address).content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


# Around every change of the Moroccan clock of these years, as the pinned rules know them.
CHANGES = ("2025-02-23T02", "2025-04-06T02", "2026-02-15T02", "2026-03-22T02", "2026-09-20T01")


@given(
    change=st.sampled_from(CHANGES),
    minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60),
    lasts=st.integers(1, 600),
)
def test_a_moment_comes_back_as_it_was_around_each_change_of_the_clock(change, minutes, lasts):
    starts = datetime.fromisoformat(f"{change}:00").replace(tzinfo=UTC) + timedelta(minutes=minutes)
    meeting = Meeting(
        starts_at=starts.astimezone(CASABLANCA),
        ends_at=(starts + timedelta(minutes=lasts)).astimezone(CASABLANCA),
        title_ar="لقاء",
        venue_ar="دار",
        changed_at=starts,
        commune=Commune(name_ar="جماعة"),
        caravan=Caravan(name_ar="قافلة"),
        pk=1,
    )
    content = calendar_file([meeting], name="رزنامة", language="ar")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].dt == starts
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=lasts)
    other = vobject.readOne(content.decode()).vevent
    assert other.dtstart.value == starts
    # What a Moroccan clock shows is the hour that was entered.
    assert timezone.localtime(event["DTSTART"].dt).replace(tzinfo=None) == starts.astimezone(
        CASABLANCA
    ).replace(tzinfo=None)


@given(change=st.sampled_from(CHANGES), minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60))
def test_the_month_shows_a_meeting_on_the_day_of_a_moroccan_clock(change, minutes):
    starts = datetime.fromisoformat(f"{change}:00").replace(tzinfo=UTC) + timedelta(minutes=minutes)
    day = starts.astimezone(CASABLANCA).date()
    weeks = month_weeks(day.replace(day=1), [Meeting(starts_at=starts)])
    assert [cell.date for week in weeks for cell in week if cell.meetings] == [day]


def test_the_calendar_asks_as_often_for_one_meeting_as_for_three(address, count_queries):
    asked = []
    for _meeting in range(3):
        MeetingFactory()
        asked.append(count_queries(lambda: Client().get(address)))
    assert asked[0] == asked[2]


def test_an_artisan_reads_the_regions_meetings_and_those_they_are_invited_to():
    person = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN], region=None))
    near = MeetingFactory(state=MeetingState.ANNOUNCED)
    MeetingFactory(state=MeetingState.DRAFT)
    far = MeetingFactory(commune=DAKHLA_COMMUNE)
    InvitationFactory(meeting=far, guest=None, registrant=person)
    client = Client()
    client.force_login(person.user)
    found = {}
    for scope in FeedScope:
        client.post(reverse("events:own_feeds"), {"scope": scope, "language": "ar"})
        feed = person.user.calendar_feeds.get(scope=scope)
        found[scope] = read(reverse("calendar:feed", args=[feed.token]))
    assert [str(event["UID"]) for event in found[FeedScope.REGION]] == [str(near.uid)]
    assert [str(event["UID"]) for event in found[FeedScope.OWN]] == [str(far.uid)]
    # The staff's page would refuse them: theirs is the public one, where there is one.
    assert str(found[FeedScope.REGION][0]["URL"]).endswith(reverse("events:public_meeting", args=[near.pk]))
    assert "URL" not in found[FeedScope.OWN][0]
    address = reverse("calendar:feed", args=[feed.token])
    client.post(reverse("events:own_feed_revoke", args=[feed.pk]))
    assert Client().get(address).status_code == 410
