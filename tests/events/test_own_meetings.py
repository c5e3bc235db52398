"""The artisan's own meetings: by nearness, answered in place, put into a telephone's calendar."""

from datetime import timedelta

import pytest
import vobject
from django.utils import timezone

from core.roles import Role
from events.enums import Answer, MeetingState
from events.own_space import coming_for, directions
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))


def at(days):
    return timezone.now() + timedelta(days=days)


def test_the_nearest_comes_first_and_what_is_not_told_yet_not_at_all(person):
    elsewhere = MeetingFactory(commune=DAKHLA_COMMUNE, state=MeetingState.ANNOUNCED, starts_at=at(1))
    region = MeetingFactory(commune="11.121.01.01", starts_at=at(2))
    commune = MeetingFactory(commune=person.commune_id, starts_at=at(5))
    MeetingFactory(commune=DAKHLA_COMMUNE, starts_at=at(1))
    MeetingFactory(commune=person.commune_id, state=MeetingState.DRAFT)
    MeetingFactory(commune=person.commune_id, starts_at=at(-3))
    assert list(coming_for(person)) == [commune, region, elsewhere]


def test_an_invitation_waits_until_it_is_answered_and_the_last_word_counts(person, sign_in):
    invitation = InvitationFactory(
        meeting=MeetingFactory(starts_at=at(3)), registrant=person, guest=None, institution=None
    )
    client = sign_in(user=person.user)
    assert [task.icon for task in client.get("/register/me/").context["tasks"]][-1] == "envelope-open"
    for answer in (Answer.COMING, Answer.NOT_COMING):
        client.post(f"/meetings/mine/invitations/{invitation.pk}/", {"answer": answer})
        invitation.refresh_from_db()
        assert (invitation.answer, invitation.answered_by) == (answer, person.user)
    client.post(f"/meetings/mine/invitations/{invitation.pk}/", {"answer": "perhaps"})
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NOT_COMING
    icons = [task.icon for task in client.get("/register/me/").context["tasks"]]
    assert "envelope-open" not in icons


def test_one_meeting_is_a_calendar_file_without_a_staff_page(person, sign_in):
    meeting = MeetingFactory(state=MeetingState.ANNOUNCED, starts_at=at(3))
    client = sign_in(user=person.user)
    answer = client.get(f"/meetings/mine/{meeting.pk}/calendar.ics")
    event = vobject.readOne(answer.content.decode()).vevent
    assert (event.uid.value, event.url.value.endswith(f"/meetings/{meeting.pk}/public/")) == (
        str(meeting.uid),
        True,
    )
    hidden = MeetingFactory(commune=DAKHLA_COMMUNE, starts_at=at(3))
    assert client.get(f"/meetings/mine/{hidden.pk}/calendar.ics").status_code == 404


def test_directions_are_the_meetings_own_map_or_a_search_for_its_venue():
    meeting = MeetingFactory.build(map_url="https://example.com/map")
    assert directions(meeting) == "https://example.com/map"
    found = directions(MeetingFactory(venue_fr="Maison & Salle"))
    assert "Maison+%26+Salle" in found


def test_the_page_asks_the_database_as_often_for_three_meetings_as_for_one(
    person, sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    client = sign_in(user=person.user)
    MeetingFactory(starts_at=at(2))
    with django_assert_max_num_queries(14) as counted:
        client.get("/meetings/mine/")
    for more in range(2):
        meeting = MeetingFactory(starts_at=at(3 + more))
        InvitationFactory(meeting=meeting, registrant=person, guest=None, institution=None)
    with django_assert_num_queries(len(counted)):
        assert len(client.get("/meetings/mine/").context["meetings"]) == 3
