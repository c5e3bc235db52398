"""Inviting, in order of protocol, from the directory and the register; and what people answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from events.actions import (
    answer_invitation,
    invite_group,
    invite_guest,
    place_invitation,
    renew_invitation_link,
    save_guest,
    withdraw_invitation,
)
from events.actions.guests import GUEST_FIELDS
from events.enums import Answer, GroupSource, GuestCategory
from events.models import Guest, Invitation
from registry.enums import CardStanding
from tests.factories.bodies import founded_body
from tests.factories.core import UserFactory
from tests.factories.events import GuestFactory, InstitutionFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def by():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def group(meeting, by, source, **criteria):
    return invite_group(
        meeting=meeting, source=source, criteria=criteria, name_ar="مجموعة", name_fr="Groupe", by=by
    )[1:]


def order(meeting) -> list[str]:
    return [row.title_ar for row in meeting.invitations.order_by("position")]


def test_guests_come_one_after_the_other_and_only_once(meeting, by):
    guests = [GuestFactory(title_ar=f"وظيفة {n}") for n in (1, 2, 3)]
    for guest in guests:
        invite_guest(meeting=meeting, guest=guest, by=by)
    with pytest.raises(ActionRefused):
        invite_guest(meeting=meeting, guest=guests[0], by=by)
    assert order(meeting) == ["وظيفة 1", "وظيفة 2", "وظيفة 3"]


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [(1, 3, "2314"), (4, 1, "4123"), (2, 2, "1234"), (3, 99, "1243"), (2, 0, "2134")],
)
def test_a_place_in_the_order_is_given_and_the_others_close_up(meeting, by, moved, to, expected):
    for n in (1, 2, 3, 4):
        InvitationFactory(meeting=meeting, position=n, guest__title_ar=str(n))
    placed = meeting.invitations.get(position=moved)
    place_invitation(invitation=placed, position=to, seen=moved, by=by)
    assert "".join(order(meeting)) == expected
    assert [row.position for row in meeting.invitations.order_by("position")] == [1, 2, 3, 4]


def test_members_of_the_chamber_are_the_directorys(meeting, by):
    GuestFactory(category=GuestCategory.CHAMBER_MEMBER)
    GuestFactory(category=GuestCategory.CHAMBER_MEMBER, region_id="12")
    GuestFactory(category=GuestCategory.CHAMBER_MEMBER, is_active=False)
    GuestFactory(category=GuestCategory.PRESS)
    assert group(meeting, by, GroupSource.DIRECTORY, category="chamber_member") == (1, 0)
    assert group(meeting, by, GroupSource.DIRECTORY, category="chamber_member") == (0, 1)


def test_presidents_of_craft_bodies_are_the_registers_mandates(meeting, by):
    body = founded_body()
    president = body.mandates.get(post="president").registrant
    assert group(meeting, by, GroupSource.BODY_PRESIDENTS, level=body.level) == (1, 0)
    assert meeting.invitations.get().registrant == president


def test_artisans_are_chosen_by_commune_craft_and_uncollected_card(meeting, by):
    waiting = RegistrantFactory(card_standing=CardStanding.MADE)
    RegistrantFactory(card_standing=CardStanding.HANDED_OVER)
    RegistrantFactory(commune=DAKHLA_COMMUNE, card_standing=CardStanding.MADE)
    RegistrantFactory(candidate=True)
    assert group(meeting, by, GroupSource.ARTISANS, uncollected=True) == (1, 0)
    assert meeting.invitations.get().registrant == waiting
    assert group(meeting, by, GroupSource.ARTISANS, commune=waiting.commune_id) == (1, 1)
    craft = waiting.craft_links.get(is_principal=True).craft_id
    assert group(meeting, by, GroupSource.ARTISANS, craft=craft)[0] == 0
    assert meeting.guest_groups.count() == 3


def test_a_member_who_is_an_artisan_too_is_invited_once(meeting, by):
    person = RegistrantFactory()
    GuestFactory(category=GuestCategory.CHAMBER_MEMBER, registrant=person)
    assert group(meeting, by, GroupSource.ARTISANS) == (1, 0)
    assert group(meeting, by, GroupSource.DIRECTORY, category="chamber_member") == (0, 1)
    assert Invitation.objects.of_person(person).count() == 1


def test_two_entries_of_the_directory_for_one_person_are_one_invitation(meeting, by):
    person = RegistrantFactory()
    member = {"category": GuestCategory.CHAMBER_MEMBER}
    first = GuestFactory(**member, registrant=person)
    GuestFactory(**member, registrant=person)
    others = [GuestFactory(**member), GuestFactory(**member)]
    assert group(meeting, by, GroupSource.DIRECTORY, category="chamber_member") == (3, 0)
    assert [row.guest for row in meeting.invitations.order_by("position")] == [first, *others]
    assert group(meeting, by, GroupSource.DIRECTORY, category="chamber_member") == (0, 3)


def test_too_large_a_group_is_refused_before_anybody_is_invited(meeting, by, monkeypatch):
    monkeypatch.setattr("events.groups.MOST_PEOPLE", 1)
    RegistrantFactory.create_batch(2)
    with pytest.raises(ActionRefused, match="2"):
        group(meeting, by, GroupSource.ARTISANS)
    assert not meeting.invitations.exists()


def test_who_was_told_nothing_is_taken_off_and_who_answered_stays_withdrawn(meeting, by):
    silent, answered = InvitationFactory(meeting=meeting), InvitationFactory(meeting=meeting)
    answer_invitation(invitation=answered, answer=Answer.COMING)
    withdraw_invitation(invitation=silent, by=by)
    withdraw_invitation(invitation=answered, by=by)
    assert meeting.invitations.get() == answered
    assert not meeting.invitations.standing().exists()
    with pytest.raises(ActionRefused):
        answer_invitation(invitation=answered, answer=Answer.NOT_COMING)


def answer_page(invitation) -> str:
    return reverse("invitation:answer", args=[invitation.token])


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"answer": "coming"}, ("coming", "", "")),
        ({"answer": "not_coming", "delegate_name": "تجربة"}, ("not_coming", "", "")),
        (
            {"answer": "delegate", "delegate_name": " نائب  تجريبي ", "delegate_title": "كاتب"},
            ("delegate", "نائب تجريبي", "كاتب"),
        ),
    ],
)
def test_the_link_takes_an_answer_without_signing_in(sent, stored):
    invitation = InvitationFactory()
    client = Client()
    assert client.get(answer_page(invitation)).status_code == 200
    assert client.post(answer_page(invitation), sent).status_code == 302
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.delegate_name, invitation.delegate_title) == stored
    assert invitation.answered_at is not None
    assert invitation.answered_by is None
    row = AuditEvent.objects.get(action="events.invitation.answered")
    assert row.after == {"invitation": invitation.pk, "answer": stored[0]}


def test_the_qrs_capitals_open_the_same_page():
    invitation = InvitationFactory()
    response = Client().get(f"/I/{invitation.token}")
    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("sent", [{}, {"answer": "none"}, {"answer": "perhaps"}, {"answer": "delegate"}])
def test_what_is_no_answer_is_told_beside_the_field(sent):
    invitation = InvitationFactory()
    response = Client().post(answer_page(invitation), sent)
    assert response.status_code == 200
    assert response.context["form"].errors
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NONE


def test_an_old_letters_link_is_void_once_it_was_renewed(by):
    invitation = InvitationFactory()
    old = answer_page(invitation)
    renew_invitation_link(invitation=invitation, by=by)
    assert Client().get(old).status_code == 404
    invitation.refresh_from_db()
    assert Client().get(answer_page(invitation)).status_code == 200


@pytest.mark.parametrize("state", ["under_way", "held", "closed", "cancelled", "postponed"])
def test_no_answer_is_taken_any_more(state):
    invitation = InvitationFactory(meeting=MeetingFactory(state=state))
    response = Client().post(answer_page(invitation), {"answer": "coming"})
    assert response.status_code == 200
    invitation.refresh_from_db()
    assert invitation.answer == Answer.NONE


def test_the_page_of_one_invitation_says_nothing_of_another():
    meeting = MeetingFactory()
    one = InvitationFactory(meeting=meeting, guest__name_ar="اسم أول")
    InvitationFactory(meeting=meeting, guest__name_ar="اسم ثان", guest__phone="+212661234567")
    html = Client().get(answer_page(one)).content.decode()
    assert "اسم أول" in html
    assert "اسم ثان" not in html
    assert "0661" not in html and "212661" not in html


def test_guests_are_chosen_from_the_directory(director):
    meeting = MeetingFactory(starts_at=timezone.now() + timedelta(days=20))
    here, everywhere = GuestFactory(), GuestFactory(region_id=None)
    there = GuestFactory(region_id="12", name_ar="اسم بعيد")
    invite = reverse("events:invite", args=[meeting.pk])
    assert there.name_ar not in director.get(invite).content.decode()
    director.post(invite, {"guest": [here.pk, everywhere.pk, there.pk, "x", "9" * 5000]})
    assert {row.guest for row in meeting.invitations.all()} == {here, everywhere}
    assert list(director.get(invite).context["page"]) == []


@pytest.mark.parametrize("text", ["الريش", "errich", "المحافظه", "culture"])
def test_the_directory_is_searched_in_either_language_and_spelling(text):
    wanted = GuestFactory(
        name_ar="موحا الريش",
        name_fr="Moha Errich",
        title_ar="مدير المحافظة",
        institution=InstitutionFactory(name_fr="Maison de la culture"),
    )
    GuestFactory(name_ar="اسم آخر", title_ar="كاتب", title_fr="Secrétaire")
    assert list(Guest.objects.search(text)) == [wanted]


def guest_fields(**changed) -> dict:
    values = dict.fromkeys(GUEST_FIELDS, "") | {"title_ar": "مدير", "is_active": True, "registrant": None}
    return values | {"institution": InstitutionFactory(), "category": "official", "region": None} | changed


def test_a_region_keeps_its_own_directory(by):
    for region in (None, MeetingFactory(commune=DAKHLA_COMMUNE).region):
        with pytest.raises(ActionRefused):
            save_guest(fields=guest_fields(region=region), by=by)
    kept = save_guest(fields=guest_fields(region=by.region, phone="+212661234567"), by=by)
    row = AuditEvent.objects.get(action="events.guest.entered")
    assert (kept.version, row.after["phone"]) == (1, "…")


def test_somebody_elses_change_of_an_entry_is_not_overwritten(by):
    guest = GuestFactory()
    fields = guest_fields(region=by.region, institution=guest.institution)
    save_guest(fields=fields, guest=guest, version=1, by=by)
    with pytest.raises(ActionRefused):
        save_guest(fields=fields | {"title_ar": "كاتب"}, guest=guest, version=1, by=by)


@pytest.mark.parametrize("text", ["123", "abc", "+999 1", "06 61"])
def test_what_is_no_telephone_is_told(director, text):
    response = director.post(reverse("events:guest_new"), {"phone": text})
    assert "phone" in response.context["form"].errors


def test_the_list_asks_as_often_for_one_as_for_three(director, count_queries):
    meeting = MeetingFactory()
    address = reverse("events:invitations", args=[meeting.pk])
    asked = []
    for place in (1, 2, 3):
        InvitationFactory(meeting=meeting, position=2 * place)
        InvitationFactory(meeting=meeting, position=2 * place + 1, guest=None, registrant=RegistrantFactory())
        director.get(address)
        asked.append(count_queries(lambda: director.get(address)))
    assert asked[0] == asked[2]
