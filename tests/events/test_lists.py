"""Several lists at one meeting: their rules, whose they are, and what each answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.roles import Role
from events import tokens
from events.actions import add_list, change_list, check_in, undo_check_in
from events.enums import Admission, Answer, ListKind, ScanMethod, ScanResult
from events.models import CheckIn, CheckInList, Scan, WalkIn
from registry.models import ApplicationDraft
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory, card_desk_of, door_of
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def agent():
    return UserFactory(roles=(Role.DESK_AGENT,))


@pytest.fixture
def scan(agent):
    def send(at, text) -> Scan:
        return check_in(at=at, text=text, method=ScanMethod.SCANNER, scan_id=uuid4(), by=agent)

    return send


def stand(meeting, **rules) -> CheckInList:
    return CheckInList.objects.create(meeting=meeting, kind=ListKind.STAND, name_ar="رواق", **rules)


def code_of(invitation) -> str:
    return f"HTTPS://PORTAL.EXAMPLE/I/{tokens.sign(invitation.key, purpose='invitation')}"


def test_every_meeting_comes_with_its_door_and_its_card_desk(meeting):
    kinds = meeting.lists.values_list("kind", "takes_walk_ins", "hands_over")
    assert sorted(kinds) == [("cards", False, True), ("door", True, False)]


def test_whoever_is_at_a_desk_inside_is_present(meeting, scan):
    person = RegistrantFactory()
    scan(card_desk_of(meeting), person.nia)
    assert CheckIn.objects.present().get().registrant == person
    assert scan(door_of(meeting), person.nia).result == ScanResult.ALREADY_IN


def test_a_list_behind_the_door_sends_people_there_first(meeting, scan):
    inside, person = stand(meeting, after_door=True), RegistrantFactory()
    assert scan(inside, person.nia).result == ScanResult.NOT_AT_DOOR
    scan(door_of(meeting), person.nia)
    assert scan(inside, person.nia).result == ScanResult.RECORDED


def test_a_stand_counts_every_visit_where_it_is_told_to(meeting, scan):
    many, person = stand(meeting, counts_once=False), RegistrantFactory()
    assert [scan(many, person.nia).result for _ in range(3)] == [ScanResult.RECORDED] * 3
    assert (many.check_ins.count(), CheckIn.objects.present().count()) == (3, 1)


def test_only_holders_enter_where_a_card_is_asked_for(meeting, scan):
    at = stand(meeting, admission=Admission.HOLDERS)
    assert scan(at, RegistrantFactory().nia).result == ScanResult.CARD_NEEDED
    assert scan(at, CardFactory(state=CardState.IN_BOX).serial).result == ScanResult.CARD_NEEDED
    assert scan(at, CardFactory(state=CardState.HANDED_OVER).serial).result == ScanResult.RECORDED


def test_not_invited_and_invited_elsewhere_are_told_apart(meeting, scan):
    at = door_of(meeting, admission=Admission.INVITED)
    stranger, elsewhere, welcome = (RegistrantFactory() for _ in range(3))
    other = MeetingFactory(starts_at=timezone.now() + timedelta(days=5))
    InvitationFactory(meeting=other, guest=None, registrant=elsewhere)
    InvitationFactory(meeting=meeting, guest=None, registrant=welcome)
    results = [scan(at, person.nia).result for person in (stranger, elsewhere, welcome)]
    assert results == [ScanResult.NOT_INVITED, ScanResult.WRONG_MEETING, ScanResult.RECORDED]


def test_whoever_is_invited_is_welcome_from_another_region(meeting, scan):
    person = RegistrantFactory(commune=DAKHLA_COMMUNE)
    assert scan(door_of(meeting), person.nia).result == ScanResult.WRONG_REGION
    InvitationFactory(meeting=meeting, guest=None, registrant=person)
    assert scan(door_of(meeting), person.nia).result == ScanResult.RECORDED


def test_an_invitations_code_lets_its_guest_in_once(meeting, scan):
    invitation = InvitationFactory(meeting=meeting)
    first = scan(door_of(meeting), code_of(invitation).lower())
    assert (first.result, first.check_in.invitation, first.check_in.registrant) == (
        ScanResult.RECORDED,
        invitation,
        None,
    )
    assert scan(door_of(meeting), code_of(invitation)).result == ScanResult.ALREADY_IN


def test_the_code_and_the_card_of_one_guest_are_one_person(meeting, scan):
    card = CardFactory()
    invitation = InvitationFactory(meeting=meeting, registrant=card.registrant)
    scan(door_of(meeting), code_of(invitation))
    assert scan(door_of(meeting), card.serial).result == ScanResult.ALREADY_IN
    assert CheckIn.objects.present().count() == 1


def test_invitations_of_another_meeting_withdrawn_and_forged_are_told_apart(meeting, scan):
    other = InvitationFactory(meeting=MeetingFactory(starts_at=timezone.now() + timedelta(days=5)))
    withdrawn = InvitationFactory(meeting=meeting, withdrawn_at=timezone.now())
    forged = code_of(withdrawn)[:-3] + "AAA"
    results = [scan(door_of(meeting), text).result for text in (code_of(other), code_of(withdrawn), forged)]
    assert results == [ScanResult.WRONG_MEETING, ScanResult.NOT_INVITED, ScanResult.FORGED]
    assert not CheckIn.objects.exists()


def test_an_announced_delegate_is_who_came(meeting, scan):
    invitation = InvitationFactory(
        meeting=meeting,
        answer=Answer.DELEGATE,
        answered_at=timezone.now(),
        delegate_name="كريم النائب",
        delegate_title="رئيس مصلحة",
    )
    present = scan(door_of(meeting), code_of(invitation)).check_in
    assert (present.delegate_name, present.name) == ("كريم النائب", "كريم النائب")


def test_the_door_is_not_undone_under_somebody_inside(meeting, scan, agent):
    person = RegistrantFactory()
    at_door = scan(door_of(meeting), person.nia).check_in
    inside = scan(card_desk_of(meeting), person.nia).check_in
    with pytest.raises(ActionRefused):
        undo_check_in(check_in=at_door, reason="mistake", by=agent)
    undo_check_in(check_in=inside, reason="mistake", by=agent)
    assert CheckIn.objects.standing().get() == at_door
    undo_check_in(check_in=at_door, reason="mistake", by=agent)
    assert not CheckIn.objects.standing().exists()


@pytest.mark.parametrize("visits_a_stand", [False, True])
def test_a_presence_that_a_desk_inside_brought_goes_with_it(meeting, scan, agent, visits_a_stand):
    person = RegistrantFactory()
    inside = scan(card_desk_of(meeting), person.nia).check_in
    if visits_a_stand:
        scan(stand(meeting), person.nia)
    undo_check_in(check_in=inside, reason="wrong person", by=agent)
    assert CheckIn.objects.present().exists() == visits_a_stand


def test_a_closed_list_takes_nobody(meeting, scan):
    with pytest.raises(ActionRefused):
        scan(door_of(meeting, is_open=False), RegistrantFactory().nia)


def test_agents_see_their_own_lists_and_those_of_nobody(meeting, sign_in):
    client, other = sign_in(Role.DESK_AGENT), UserFactory(roles=(Role.DESK_AGENT,))
    theirs, anothers = stand(meeting), card_desk_of(meeting)
    theirs.agents.set([client.user])
    anothers.agents.set([other])
    html = client.get(reverse("events:desks", args=[meeting.pk])).content.decode()
    assert reverse("events:desk", args=[theirs.pk]) in html
    assert reverse("events:desk", args=[door_of(meeting).pk]) in html
    assert reverse("events:desk", args=[anothers.pk]) not in html
    assert client.get(reverse("events:desk", args=[anothers.pk])).status_code == 404
    assert client.post(reverse("events:scan", args=[anothers.pk])).status_code == 404


def test_a_director_adds_a_stand_and_sets_who_works_there(meeting, sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    agent = UserFactory(roles=(Role.DESK_AGENT,))
    sent = {
        "name_ar": "رواق بريد بنك",
        "name_fr": "Stand Al Barid Bank",
        "admission": Admission.HOLDERS,
        "after_door": "on",
        "is_open": "on",
        "agents": [agent.pk],
    }
    client.post(reverse("events:list_new", args=[meeting.pk]), sent)
    added = meeting.lists.get(kind=ListKind.STAND)
    assert (added.counts_once, added.after_door, list(added.agents.all())) == (False, True, [agent])
    client.post(
        reverse("events:list_edit", args=[added.pk]), sent | {"name_fr": "Autre", "agents": [], "version": 1}
    )
    added.refresh_from_db()
    assert (added.name_fr, added.agents.count()) == ("Autre", 0)


def test_nobody_of_another_region_works_at_a_list(meeting):
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    stranger = UserFactory(roles=(Role.DESK_AGENT,), region="12")
    at = door_of(meeting)
    fields = {name: getattr(at, name) for name in ("name_ar", "name_fr", "admission", "takes_walk_ins")}
    rules = {"counts_once": True, "after_door": False, "hands_over": False, "is_open": True}
    with pytest.raises(ActionRefused):
        change_list(at=at, fields=fields | rules, agents=[stranger], version=1, by=director)
    with pytest.raises(ActionRefused):
        add_list(meeting=meeting, fields=fields | rules | {"name_ar": "س"}, agents=[stranger], by=director)


class TestNames:
    def test_a_name_shows_whom_it_may_mean_and_one_is_chosen(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        person = RegistrantFactory(family_name_ar="بنسعيد", family_name_latin="Bensaid")
        guest = InvitationFactory(meeting=meeting, name_ar="سعاد بنسعيد", name_fr="Souad Bensaid")
        address = reverse("events:scan", args=[door_of(meeting).pk])
        sent = {"scan_id": str(uuid4()), "text": "bensaid", "method": "scanner"}
        shown = client.post(address, sent, headers={"HX-Request": "true"}).content.decode()
        assert f'name="registrant" value="{person.pk}"' in shown
        assert f'name="invitation" value="{guest.pk}"' in shown
        assert not Scan.objects.exists()
        chosen = {"scan_id": str(uuid4()), "invitation": guest.pk, "method": "name"}
        client.post(address, chosen, headers={"HX-Request": "true"})
        assert (CheckIn.objects.get().invitation, Scan.objects.get().method) == (guest, ScanMethod.NAME)

    def test_nobody_of_another_region_is_shown(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        RegistrantFactory(commune=DAKHLA_COMMUNE, family_name_ar="بنسعيد", family_name_latin="Bensaid")
        sent = {"scan_id": str(uuid4()), "text": "بنسعيد", "method": "scanner"}
        address = reverse("events:scan", args=[door_of(meeting).pk])
        shown = client.post(address, sent, headers={"HX-Request": "true"})
        assert shown.context["matches"] == []


class TestWalkIns:
    def test_three_fields_record_somebody_on_no_list_once(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        sent = {
            "walk_in_id": str(uuid4()),
            "name": "خديجة الحاضرة",
            "phone": "06 61 23 45 67",
            "commune": meeting.commune_id,
        }
        address = reverse("events:walk_in", args=[door_of(meeting).pk])
        for _click in range(2):
            client.post(address, sent, headers={"HX-Request": "true"})
        walk_in = WalkIn.objects.get()
        assert (walk_in.name, walk_in.phone, walk_in.commune) == (
            "خديجة الحاضرة",
            "+212661234567",
            meeting.commune,
        )
        assert CheckIn.objects.present().get().walk_in == walk_in

    def test_a_telephone_of_the_register_shows_whose_it_is(self, meeting, sign_in):
        client, person = sign_in(Role.DESK_AGENT), RegistrantFactory(phone="+212661234567")
        sent = {"walk_in_id": str(uuid4()), "name": "محمد", "phone": "0661234567"}
        address = reverse("events:walk_in", args=[door_of(meeting).pk])
        shown = client.post(address, sent, headers={"HX-Request": "true"})
        assert [match.value for match in shown.context["matches"]] == [person.pk]
        assert not WalkIn.objects.exists()
        assert 'name="nobody_known" value="on"' in shown.content.decode()
        client.post(address, sent | {"nobody_known": "on"}, headers={"HX-Request": "true"})
        assert WalkIn.objects.exists()

    def test_an_artisan_becomes_the_counters_draft_in_one_step(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        sent = {
            "walk_in_id": str(uuid4()),
            "name": "خديجة بنت الصانع",
            "phone": "0661234567",
            "commune": meeting.commune_id,
        }
        client.post(reverse("events:walk_in", args=[door_of(meeting).pk]), sent)
        present = CheckIn.objects.get()
        for _click in range(2):
            client.post(reverse("events:draft", args=[present.pk]))
        draft = ApplicationDraft.objects.get()
        assert (draft.region_id, draft.values["fields"]) == (
            "11",
            {
                "given_name_ar": "خديجة",
                "family_name_ar": "بنت الصانع",
                "phone": "+212661234567",
                "province": meeting.commune.province_id,
                "commune": meeting.commune_id,
            },
        )
        assert WalkIn.objects.get().draft_key == draft.key

    def test_a_list_of_known_people_takes_none(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        sent = {"walk_in_id": str(uuid4()), "name": "محمد"}
        answer = client.post(
            reverse("events:walk_in", args=[card_desk_of(meeting).pk]), sent, headers={"HX-Request": "true"}
        )
        assert (answer.status_code, WalkIn.objects.exists()) == (409, False)

    def test_after_their_time_they_are_forgotten_and_still_counted(self, meeting, agent, settings):
        for days in (10, 400):
            walk_in = meeting.walk_ins.create(name="خديجة", phone="+212661234567", created_by=agent)
            WalkIn.objects.filter(pk=walk_in.pk).update(created_at=timezone.now() - timedelta(days=days))
        settings.WALK_IN_KEPT_DAYS = 365
        for _run in range(2):
            call_command("forget_walk_ins", verbosity=0)
        kept = set(WalkIn.objects.values_list("name", "phone"))
        assert kept == {("—", ""), ("خديجة", "+212661234567")}

    def test_what_was_typed_wrong_comes_back_beside_its_field(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        sent = {"walk_in_id": str(uuid4()), "name": "محمد", "phone": "12"}
        answer = client.post(
            reverse("events:walk_in", args=[door_of(meeting).pk]), sent, headers={"HX-Request": "true"}
        )
        assert "phone" in answer.context["walk_in_form"].errors
        assert 'value="محمد"' in answer.content.decode()
        assert not WalkIn.objects.exists()


def test_no_desk_asks_more_of_the_database_for_many_scans(meeting, sign_in, count_queries):
    client = sign_in(Role.DESK_AGENT)
    address = reverse("events:desk", args=[door_of(meeting).pk])
    scans = reverse("events:scan", args=[door_of(meeting).pk])

    def one_more():
        sent = {"scan_id": str(uuid4()), "text": CardFactory().serial, "method": "scanner"}
        client.post(scans, sent, headers={"HX-Request": "true"})

    one_more()
    first = count_queries(lambda: client.get(address))
    one_more()
    one_more()
    assert count_queries(lambda: client.get(address)) == first
