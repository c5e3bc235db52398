"""What meetings show on the home page, in a person's file and in the artisan's own space."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from core.panels import HOME, OWN_SPACE, REGISTRANT, panels_for
from core.roles import Role
from events.enums import MeetingState
from tests.factories.core import UserFactory
from tests.factories.events import CheckInFactory, MeetingFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


def panel(place: str, user, subject=None, template="") -> dict:
    request = RequestFactory().get("/")
    request.user = user
    found = [one["context"] for one in panels_for(place, request, subject) if template in one["template"]]
    assert len(found) == 1
    return found[0]


def at(**distance):
    return timezone.now() + timedelta(**distance)


def test_home_shows_todays_meeting_with_its_desk_and_the_next_ones(sign_in):
    client = sign_in(Role.DESK_AGENT)
    today, tomorrow = MeetingFactory(starts_at=timezone.now()), MeetingFactory(starts_at=at(days=1))
    MeetingFactory(starts_at=at(days=-2))
    MeetingFactory(starts_at=at(days=1), state=MeetingState.CANCELLED)
    MeetingFactory(starts_at=timezone.now(), state=MeetingState.POSTPONED)
    MeetingFactory(starts_at=at(days=1), commune=DAKHLA_COMMUNE)
    shown = panel(HOME, client.user, template="events/")
    assert (list(shown["today"]), list(shown["coming"])) == ([today], [tomorrow])
    html = client.get(reverse("core:home")).content.decode()
    assert reverse("events:desks", args=[today.pk]) in html
    assert reverse("events:meeting", args=[tomorrow.pk]) in html


def test_home_of_who_may_not_check_in_has_no_desk(sign_in):
    today = MeetingFactory(starts_at=timezone.now())
    html = sign_in(Role.REGISTRAR).get(reverse("core:home")).content.decode()
    assert today.title_ar in html
    assert reverse("events:desks", args=[today.pk]) not in html


def test_the_artisan_sees_coming_meetings_of_the_region_and_those_attended():
    person = RegistrantFactory(user=UserFactory(roles=(Role.ARTISAN,)))
    coming = MeetingFactory()
    MeetingFactory(commune=DAKHLA_COMMUNE)
    MeetingFactory(state=MeetingState.DRAFT)
    attended = CheckInFactory(registrant=person, meeting__starts_at=at(days=-9))
    CheckInFactory(meeting=attended.meeting)
    CheckInFactory(
        registrant=person,
        undone_at=timezone.now(),
        undone_by=attended.checked_in_by,
        undo_reason="mistake",
        meeting__starts_at=at(days=-3),
    )
    shown = panel(OWN_SPACE, person.user, person, "events/")
    assert (list(shown["coming"]), list(shown["attended"])) == ([coming], [attended])


def test_the_artisans_space_leads_to_no_staff_page(sign_in):
    user = UserFactory(roles=(Role.ARTISAN,))
    person = RegistrantFactory(user=user)
    coming = MeetingFactory()
    CheckInFactory(registrant=person, meeting__starts_at=at(days=-9))
    html = sign_in(user=user).get(reverse("registry:own_space")).content.decode()
    assert coming.title_ar in html
    assert reverse("events:meeting", args=[coming.pk]) not in html


def test_a_persons_file_shows_the_meetings_attended(sign_in):
    client = sign_in(Role.REGISTRAR)
    attended = CheckInFactory()
    assert list(panel(REGISTRANT, client.user, attended.registrant, "events/")["attended"]) == [attended]
    html = client.get(reverse("registry:detail", args=[attended.registrant_id])).content.decode()
    assert attended.meeting.title_ar in html
