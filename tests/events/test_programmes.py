"""Programmes with their caravans by region; names changed; institutions and links of letters renewed."""

import pytest
from django.test import Client
from django.urls import reverse

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from events.actions import change_caravan
from events.models import Caravan, Institution, Programme
from events.programmes import programmes_for
from tests.factories.core import UserFactory
from tests.factories.events import (
    CaravanFactory,
    CheckInFactory,
    InstitutionFactory,
    InvitationFactory,
    MeetingFactory,
    ProgrammeFactory,
)
from tests.factories.registry import DAKHLA_COMMUNE

pytestmark = pytest.mark.django_db
PAGE = reverse("events:programmes")


def test_a_programme_shows_its_caravans_by_region_with_meetings_and_reach():
    here, there = MeetingFactory(), MeetingFactory(commune=DAKHLA_COMMUNE)
    CheckInFactory(meeting=here)
    [national] = programmes_for(UserFactory(roles=(Role.NATIONAL_ADMIN,), region=None))
    assert [line.caravan for line in national.caravans] == [here.caravan, there.caravan]
    assert (national.regions, national.meetings, national.present) == (2, 2, 1)
    [regional] = programmes_for(UserFactory(roles=(Role.REGIONAL_DIRECTOR,)))
    assert [(line.caravan, line.meetings, line.present) for line in regional.caravans] == [
        (here.caravan, [here], 1)
    ]


def test_the_page_asks_as_often_for_one_as_for_three(sign_in, count_queries):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    MeetingFactory()
    one = count_queries(lambda: client.get(PAGE))
    for _more in range(2):
        meeting = MeetingFactory(caravan__programme=ProgrammeFactory(code=f"other-{_more}"))
        CheckInFactory(meeting=meeting)
    assert count_queries(lambda: client.get(PAGE)) == one


def test_the_national_administration_opens_a_programme_once(sign_in):
    client = sign_in(Role.NATIONAL_ADMIN)
    names = {"name_ar": "برنامج القافلة", "name_fr": "Programme de la caravane"}
    new = reverse("events:programme_new")
    assert client.post(new, names).status_code == 302
    again = client.post(new, names)
    assert list(again.context["form"].errors) == ["name_ar"]
    assert Programme.objects.get().code == "programme-de-la-caravane"
    edit = reverse("events:programme_edit", args=[Programme.objects.get().pk])
    client.post(edit, names | {"name_fr": "Programme national", "version": 1})
    assert Programme.objects.get().name_fr == "Programme national"
    assert (
        AuditEvent.objects.filter(action="events.programme.changed").get().before["name_fr"]
        == names["name_fr"]
    )


def test_a_director_renames_the_regions_caravan_and_no_other(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    caravan, other = CaravanFactory(), CaravanFactory(region_id="12")
    names = {
        "name_ar": "قافلة العيون",
        "name_fr": "Caravane",
        "programme": caravan.programme_id,
        "version": 1,
    }
    client.post(reverse("events:caravan_edit", args=[caravan.pk]), names)
    assert Caravan.objects.get(pk=caravan.pk).name_ar == "قافلة العيون"
    assert client.post(reverse("events:caravan_edit", args=[other.pk]), names).status_code == 404
    with pytest.raises(ActionRefused):
        change_caravan(
            caravan=other, programme=other.programme, name_ar="x", name_fr="x", version=1, by=client.user
        )


def test_an_institution_is_changed_for_all_its_guests(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    institution, other = InstitutionFactory(), InstitutionFactory()
    edit = reverse("events:institution_edit", args=[institution.pk])
    sent = {
        "name_ar": "المديرية الجهوية",
        "name_fr": "Direction régionale",
        "phone": "0528891234",
        "version": 1,
    }
    client.post(edit, sent)
    institution.refresh_from_db()
    assert (institution.name_ar, institution.phone) == ("المديرية الجهوية", "+212528891234")
    taken = client.post(edit, sent | {"name_ar": other.name_ar, "version": 2})
    assert taken.status_code == 200
    assert Institution.objects.get(pk=institution.pk).name_ar == "المديرية الجهوية"


def test_a_letter_that_fell_into_other_hands_is_made_void(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    invitation = InvitationFactory()
    old = reverse("invitation:answer", args=[invitation.token])
    assert Client().get(old).status_code == 200
    client.post(reverse("events:renew_link", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(reverse("invitation:answer", args=[invitation.token])).status_code == 200
