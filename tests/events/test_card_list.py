"""A meeting's list becomes a batch of cards in its own order."""

import pytest
from django.urls import reverse

from cards.models import PersonList
from core.roles import Role
from tests.factories.events import CheckInFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


def test_invited_people_in_the_order_of_the_list_then_those_who_came(sign_in):
    meeting = MeetingFactory()
    third, first, second = RegistrantFactory.create_batch(3, with_photograph=True)
    for position, person in ((2, second), (1, first)):
        InvitationFactory(meeting=meeting, guest=None, registrant=person, position=position)
    InvitationFactory(meeting=meeting, position=3)
    for person in (third, first):
        CheckInFactory(meeting=meeting, registrant=person)
    client = sign_in(Role.CARD_OFFICER)
    response = client.post(reverse("events:card_list", args=[meeting.pk]))
    given = PersonList.objects.get()
    assert given.people == [first.pk, second.pk, third.pk]
    assert response.url == f"{reverse('cards:batch_new')}?list={given.pk}"
    page = client.get(response.url).content.decode()
    assert meeting.title in page
    assert page.count('name="person"') == 3


def test_a_meeting_without_people_says_so(sign_in):
    meeting = MeetingFactory()
    response = sign_in(Role.CARD_OFFICER).post(reverse("events:card_list", args=[meeting.pk]), follow=True)
    assert response.redirect_chain == [(reverse("events:meeting", args=[meeting.pk]), 302)]
    assert not PersonList.objects.exists()


def test_the_button_is_for_whoever_makes_cards(sign_in):
    meeting = MeetingFactory()
    address = reverse("events:card_list", args=[meeting.pk])
    page = reverse("events:meeting", args=[meeting.pk])
    assert address in sign_in(Role.CARD_OFFICER).get(page).content.decode()
    assert address not in sign_in(Role.DESK_AGENT).get(page).content.decode()
