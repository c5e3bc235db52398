"""The board, guests at the door, the ceremony, questions: what the director sees and notes on the day."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.roles import Role
from events.actions import (
    Delegate,
    call_to_stage,
    change_question,
    check_in,
    excuse_guest,
    fill_ceremony,
    hand_over,
    note_question,
    promise_answer,
    receive_guest,
)
from events.board import board_of
from events.ceremony import lines_of
from events.enums import Answer, CeremonyRole, GuestCategory, MeetingState, ScanMethod
from events.models import CheckIn, FollowUp, Invitation, Question
from registry.enums import Post
from tests.factories.bodies import planned_body
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import (
    GuestFactory,
    InvitationFactory,
    MeetingFactory,
    card_desk_of,
    door_of,
)
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(state=MeetingState.UNDER_WAY)


@pytest.fixture
def director():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


def come(meeting, text, by, at=None):
    return check_in(at=at or door_of(meeting), text=text, method=ScanMethod.SCANNER, scan_id=uuid4(), by=by)


class TestBoard:
    def test_it_counts_who_is_where(self, meeting, director):
        InvitationFactory(meeting=meeting)
        excuse_guest(invitation=InvitationFactory(meeting=meeting), by=director)
        given, waiting = CardFactory(), CardFactory()
        at = card_desk_of(meeting)
        for card in (given, waiting):
            come(meeting, card.serial, director, at)
        hand_over(at=at, card=given, by=director)
        come(meeting, CardFactory(state=CardState.STOLEN).serial, director)
        board = board_of(meeting)
        counted = (board.invited, board.present, board.excused, board.handed_over, board.waiting)
        assert counted == (2, 2, 1, 1, 1)
        assert board.refused == 1
        assert sum(number for _label, number in board.arrivals) == 2
        assert board.communes == [(given.registrant.commune.name, 2)]

    def test_it_renews_itself_alone(self, meeting, sign_in):
        address = reverse("events:board", args=[meeting.pk])
        html = sign_in(Role.REGIONAL_DIRECTOR).get(address, headers={"HX-Request": "true"}).content.decode()
        assert html.lstrip().startswith("<div")
        assert 'hx-trigger="every 5s"' in html

    def test_it_asks_as_much_for_one_as_for_three(self, meeting, director, count_queries):
        come(meeting, RegistrantFactory().nia, director)
        first = count_queries(lambda: board_of(meeting))
        for _more in range(2):
            come(meeting, RegistrantFactory().nia, director)
        assert count_queries(lambda: board_of(meeting)) == first


class TestGuestsAtTheDoor:
    def test_present_delegate_and_excused(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        here, sent, away = (InvitationFactory(meeting=meeting) for _ in range(3))

        def receive(invitation, **how):
            client.post(reverse("events:receive", args=[invitation.pk]), how)

        receive(here, how="present")
        receive(sent, how="delegate", delegate_name="كريم", delegate_title="رئيس مصلحة")
        receive(sent, how="present")
        receive(away, how="excused")
        came = {one.invitation_id: one.delegate_name for one in CheckIn.objects.present()}
        assert came == {here.pk: "", sent.pk: "كريم"}
        away.refresh_from_db()
        assert (away.answer, away.answered_by) == (Answer.NOT_COMING, client.user)

    def test_a_delegate_without_a_name_is_asked_for_it(self, meeting, sign_in):
        invitation = InvitationFactory(meeting=meeting)
        client = sign_in(Role.DESK_AGENT)
        client.post(reverse("events:receive", args=[invitation.pk]), {"how": "delegate"})
        assert not CheckIn.objects.exists()

    def test_who_is_present_is_not_excused(self, meeting, director):
        invitation = InvitationFactory(meeting=meeting)
        receive_guest(invitation=invitation, delegate=None, by=director)
        with pytest.raises(ActionRefused):
            excuse_guest(invitation=invitation, by=director)

    def test_the_guest_came_after_all_in_place_of_a_delegate(self, meeting, sign_in):
        announced = InvitationFactory(
            meeting=meeting,
            answer=Answer.DELEGATE,
            answered_at=meeting.starts_at,
            delegate_name="كريم",
        )
        client = sign_in(Role.DESK_AGENT)
        client.post(reverse("events:receive", args=[announced.pk]), {"how": "present"})
        assert CheckIn.objects.present().get().delegate_name == ""

    def test_agents_of_the_card_desk_alone_do_not_receive_guests(self, meeting, sign_in):
        client = sign_in(Role.DESK_AGENT)
        door_of(meeting).agents.set([UserFactory(roles=(Role.DESK_AGENT,))])
        assert client.get(reverse("events:guests_at_door", args=[meeting.pk])).status_code == 404


class TestCeremony:
    def test_members_and_presidents_whose_cards_wait_come_first(self, meeting, director):
        member, president, artisan = CardFactory(), CardFactory(), CardFactory(box=3, slot=117)
        guest = GuestFactory(category=GuestCategory.CHAMBER_MEMBER)
        InvitationFactory(meeting=meeting, guest=guest, registrant=member.registrant)
        body = planned_body()
        body.mandates.create(
            registrant=president.registrant,
            post=Post.PRESIDENT,
            period=(date(2026, 1, 1), None),
            given_by=director,
        )
        call_to_stage(meeting=meeting, registrant=artisan.registrant, role=CeremonyRole.ARTISAN, by=director)
        assert fill_ceremony(meeting=meeting, by=director) == 2
        assert fill_ceremony(meeting=meeting, by=director) == 0
        lines = lines_of(meeting)
        assert [line.entry.role for line in lines] == ["member", "president", "artisan"]
        assert (lines[2].card.box, lines[2].card.slot, lines[2].is_given) == (3, 117, False)

    def test_nobody_without_a_card_is_called(self, meeting, director):
        person = RegistrantFactory()
        stranger = CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE)).registrant
        for somebody in (person, stranger):
            with pytest.raises(ActionRefused):
                call_to_stage(meeting=meeting, registrant=somebody, role="artisan", by=director)

    def test_the_page_adds_moves_and_takes_off(self, meeting, sign_in):
        client, address = sign_in(Role.REGIONAL_DIRECTOR), reverse("events:ceremony", args=[meeting.pk])
        cards = [CardFactory(), CardFactory()]
        for card in cards:
            client.post(address, {"number": card.registrant.nia, "role": "artisan"})
        first, second = meeting.ceremony.all()
        client.post(reverse("events:ceremony_change", args=[second.pk]), {"move": "up", "seen": 2})
        assert [one.registrant for one in meeting.ceremony.all()] == [
            cards[1].registrant,
            cards[0].registrant,
        ]
        client.post(reverse("events:ceremony_change", args=[first.pk]), {"move": "off"})
        assert meeting.ceremony.count() == 1
        unknown = client.post(address, {"number": "11-999999-0", "role": "artisan"})
        assert "number" in unknown.context["form"].errors


def fields(**changed):
    return {"text": "متى؟", "domain": None, "answerer": None, "answerer_name": "", "answer": ""} | changed


class TestQuestions:
    def test_noted_then_answered(self, meeting, sign_in):
        client, address = sign_in(Role.REGIONAL_DIRECTOR), reverse("events:questions", args=[meeting.pk])
        guest = InvitationFactory(meeting=meeting)
        client.post(address, {"text": "متى تسلم البطائق؟", "answerer": guest.pk})
        asked = Question.objects.get()
        assert asked.state == "open"
        sent = {"text": asked.text, "answerer": guest.pk, "answer": "هذا الشهر", "version": asked.version}
        client.post(reverse("events:question", args=[asked.pk]), sent)
        asked.refresh_from_db()
        assert (asked.state, asked.answer) == ("answered", "هذا الشهر")
        assert "هذا الشهر" in client.get(address).content.decode()

    def test_somebody_elses_answer_is_shown_not_overwritten(self, meeting, director, sign_in):
        asked = note_question(meeting=meeting, fields=fields(), by=director)
        change_question(question=asked, fields=fields(answer="جوابهم"), version=1, by=director)
        sent = {"text": "متى؟", "answer": "جوابنا", "version": 1}
        page = sign_in(Role.REGIONAL_DIRECTOR).post(reverse("events:question", args=[asked.pk]), sent)
        html = page.content.decode()
        assert "جوابهم" in html
        assert "جوابنا" in html
        assert Question.objects.get().answer == "جوابهم"

    def test_an_answer_is_promised_once(self, meeting, director):
        asked = note_question(meeting=meeting, fields=fields(), by=director)
        due = {"text": "", "owner_name": "المدير", "owner": None, "due_on": date(2027, 1, 15)}
        first = promise_answer(question=asked, fields=due, by=director)
        assert promise_answer(question=asked, fields=due, by=director) == first
        assert FollowUp.objects.get().text == asked.text

    def test_a_meeting_ahead_has_none(self, director):
        with pytest.raises(ActionRefused):
            note_question(meeting=MeetingFactory(state=MeetingState.DRAFT), fields=fields(), by=director)

    def test_the_page_asks_as_much_for_one_as_for_three(self, meeting, director, sign_in, count_queries):
        client, address = sign_in(Role.REGIONAL_DIRECTOR), reverse("events:questions", args=[meeting.pk])

        def one_more():
            guest = Invitation.objects.first() or InvitationFactory(meeting=meeting)
            note_question(meeting=meeting, fields=fields(answerer=guest), by=director)

        one_more()
        client.get(address)
        first = count_queries(lambda: client.get(address))
        one_more()
        one_more()
        assert count_queries(lambda: client.get(address)) == first


def test_a_delegate_is_named_by_whoever_receives(meeting, director):
    invitation = InvitationFactory(meeting=meeting)
    receive_guest(invitation=invitation, delegate=Delegate("كريم", "رئيس مصلحة"), by=director)
    assert CheckIn.objects.present().get().delegate_title == "رئيس مصلحة"
