"""The calendar by month and as a list, and one meeting's page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.roles import Role
from events import calendar as months
from events.enums import MeetingState
from events.models import Meeting
from tests.factories.cards import CardFactory
from tests.factories.events import AgendaItemFactory, CheckInFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import DAKHLA_COMMUNE

CALENDAR = reverse("events:calendar")
# Clocks went from +01 to +00 on 15 February 2026 at 03:00 and back on 22 March: Ramadan lay between.
BEFORE_RAMADAN = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
IN_RAMADAN = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.fixture
def laayoune(db) -> Meeting:
    call_command("load_meetings", verbosity=0)
    return Meeting.objects.get(code="laayoune-2026-01-15")


def meetings_of(response) -> list:
    """What a month shows, in order."""
    return [meeting for week in response.context["weeks"] for day in week for meeting in day.meetings]


@given(st.dates(min_value=date(2000, 2, 1), max_value=date(2100, 11, 30)))
def test_a_month_has_each_of_its_days_once_in_whole_weeks(day):
    first_day = day.replace(day=1)
    weeks = months.month_weeks(first_day, [])
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in weeks)
    inside = [one.date for week in weeks for one in week if one.in_month]
    assert inside == [first_day + timedelta(days=number) for number in range(len(inside))]
    assert months.next_month(first_day) == inside[-1] + timedelta(days=1)
    assert months.previous_month(months.next_month(first_day)) == first_day


@pytest.mark.parametrize(
    "text", [None, "", "2026", "2026-13", "2026-00", "1999-01", "9999-01", "٢٠٢٦-٠١", "x"]
)
def test_a_month_that_is_none_is_not_taken_for_one(text):
    assert months.first_day_of(text) is None


def test_a_meeting_stands_on_its_local_day_on_both_sides_of_the_clock_change(sign_in):
    # Half past midnight, local time: another day in London's time before the change, the same one in it.
    early = MeetingFactory(starts_at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    in_ramadan = MeetingFactory(starts_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))
    client = sign_in(Role.DESK_AGENT)
    february = client.get(CALENDAR, {"month": "2026-02"})
    by_date = {day.date: day.meetings for week in february.context["weeks"] for day in week if day.meetings}
    assert by_date == {date(2026, 2, 1): [early], date(2026, 2, 28): [in_ramadan]}
    assert "00:30" in february.content.decode()
    assert "23:30" in february.content.decode()


def test_the_month_shows_moroccan_names(sign_in, laayoune):
    html = sign_in(Role.DESK_AGENT).get(CALENDAR, {"month": "2026-01"}).content.decode()
    assert "الخميس 15 يناير 2026" in html
    assert "دجنبر 2025" in html
    assert "11:30" in html


def test_both_meetings_are_in_the_list(sign_in, laayoune):
    other = MeetingFactory()
    response = sign_in(Role.REGIONAL_DIRECTOR).get(CALENDAR, {"view": "list"})
    assert list(response.context["page"]) == [other, laayoune]


def test_a_region_sees_its_own_meetings_only(sign_in, laayoune):
    MeetingFactory(commune=DAKHLA_COMMUNE, starts_at=BEFORE_RAMADAN, title_ar="لقاء الداخلة")
    month = sign_in(Role.DESK_AGENT).get(CALENDAR, {"month": "2026-01", "region": "12"})
    assert meetings_of(month) == [laayoune]
    assert "لقاء الداخلة" not in month.content.decode()
    listed = sign_in(Role.DESK_AGENT).get(CALENDAR, {"view": "list"})
    assert list(listed.context["page"]) == [laayoune]


def test_a_national_reader_filters_by_region_and_keeps_view_and_month(sign_in, laayoune):
    dakhla = MeetingFactory(commune=DAKHLA_COMMUNE, starts_at=BEFORE_RAMADAN)
    client = sign_in(Role.NATIONAL_ADMIN)
    assert set(meetings_of(client.get(CALENDAR, {"month": "2026-01"}))) == {laayoune, dakhla}
    response = client.get(CALENDAR, {"month": "2026-01", "region": "12"})
    assert meetings_of(response) == [dakhla]
    assert response.context["next"]["url"] == "?month=2026-02&region=12"
    assert response.context["tabs"][1]["url"] == "?view=list&month=2026-01&region=12"
    assert response.context["chips"] == [{"label": dakhla.region.name_ar, "url": "?month=2026-01"}]


def test_an_empty_month_says_when_the_next_meeting_is(sign_in, laayoune):
    client = sign_in(Role.DESK_AGENT)
    before = client.get(CALENDAR, {"month": "2025-11"})
    assert before.context["nearest_url"] == "?month=2026-01"
    assert before.context["nearest_is_later"] is True
    after = client.get(CALENDAR, {"month": "2026-02"})
    assert (after.context["nearest"], after.context["nearest_is_later"]) == (laayoune, False)
    assert meetings_of(after) == []


def test_an_empty_calendar_opens(sign_in):
    client = sign_in(Role.DESK_AGENT)
    assert client.get(CALENDAR).context["nearest"] is None
    assert client.get(CALENDAR, {"view": "list"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"month": "2026-99"},
        {"view": "nonsense"},
        {"region": "99"},
        {"view": "list", "page": "99"},
        {"page": "x"},
    ],
)
def test_an_address_cut_or_changed_by_hand_opens(sign_in, laayoune, query):
    assert sign_in(Role.NATIONAL_ADMIN).get(CALENDAR, query).status_code == 200


def test_the_meetings_page_says_all_that_the_report_says(sign_in, laayoune):
    html = sign_in(Role.DESK_AGENT).get(reverse("events:meeting", args=[laayoune.pk])).content.decode()
    for organiser in laayoune.organisers.all():
        assert organiser.name_ar in html
    places = [html.index(f"{guest}</bdi>") for guest in laayoune.invitations.order_by("position")[:2]]
    assert places == sorted(places)
    for guest in laayoune.invitations.select_related("institution"):
        assert guest.title_ar in html
        assert guest.institution.name_ar in html
    for item in laayoune.agenda.prefetch_related("service_domains"):
        assert item.title_ar in html
        assert all(theme in html for theme in item.themes_ar + item.recipients_ar)
        assert all(domain.name_ar in html for domain in item.service_domains.all())
    for group in laayoune.guest_groups.all():
        assert group.name_ar in html
    assert laayoune.outcome_ar in html
    assert laayoune.purpose_ar in html


def test_the_meetings_page_counts_presence_and_cards(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    meeting = MeetingFactory()
    card = CardFactory()
    given = card.hand_overs.create(handed_over_by=client.user)
    CheckInFactory(meeting=meeting, registrant=card.registrant, hand_over=given)
    CheckInFactory(meeting=meeting)
    CheckInFactory(meeting=meeting, undone_at=timezone.now(), undone_by=client.user, undo_reason="by mistake")
    response = client.get(reverse("events:meeting", args=[meeting.pk]))
    assert (response.context["present"], response.context["cards_given"]) == (2, 1)


@pytest.mark.parametrize(
    ("role", "state", "desk", "change"),
    [
        (Role.REGIONAL_DIRECTOR, MeetingState.SCHEDULED, True, True),
        (Role.DESK_AGENT, MeetingState.HELD, True, False),
        (Role.REGISTRAR, MeetingState.SCHEDULED, False, False),
        (Role.AUDITOR, MeetingState.SCHEDULED, False, False),
        (Role.REGIONAL_DIRECTOR, MeetingState.CANCELLED, False, False),
    ],
)
def test_the_meetings_page_leads_where_its_reader_may_go(sign_in, role, state, desk, change):
    meeting = MeetingFactory(state=state)
    html = sign_in(role).get(reverse("events:meeting", args=[meeting.pk])).content.decode()
    assert (reverse("events:desks", args=[meeting.pk]) in html) == desk
    assert (reverse("events:meeting_edit", args=[meeting.pk]) in html) == change


def a_whole_meeting(position: int) -> Meeting:
    meeting = MeetingFactory(starts_at=BEFORE_RAMADAN + timedelta(hours=position))
    item = AgendaItemFactory(meeting=meeting, position=1)
    item.speakers.add(InvitationFactory(meeting=meeting, position=1))
    item.service_domains.add("banking")
    return meeting


@pytest.mark.parametrize("query", [{"month": "2026-01"}, {"view": "list"}], ids=["month", "list"])
@pytest.mark.parametrize("role", [Role.NATIONAL_ADMIN, Role.DESK_AGENT])
def test_the_calendar_asks_as_much_for_one_meeting_as_for_three(
    sign_in, django_assert_num_queries, count_queries, query, role
):
    client = sign_in(role)
    a_whole_meeting(1)
    alone = count_queries(lambda: client.get(CALENDAR, query))
    a_whole_meeting(2), a_whole_meeting(3)
    with django_assert_num_queries(alone):
        client.get(CALENDAR, query)


def test_the_meetings_page_asks_as_much_for_one_guest_as_for_three(
    sign_in, django_assert_num_queries, count_queries
):
    client, meeting = sign_in(Role.DESK_AGENT), a_whole_meeting(1)
    address = reverse("events:meeting", args=[meeting.pk])
    CheckInFactory(meeting=meeting)
    alone = count_queries(lambda: client.get(address))
    for position in (2, 3):
        item = AgendaItemFactory(meeting=meeting, position=position)
        item.speakers.add(InvitationFactory(meeting=meeting, position=position))
        item.service_domains.add("banking", "rail")
        CheckInFactory(meeting=meeting)
    with django_assert_num_queries(alone):
        client.get(address)
