"""Whatever two people change by form: the second is told, sees what stands now, and loses no word."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from cards.enums import CardState
from core.models import AuditEvent
from core.roles import Role
from events import actions
from events.enums import Answer, MeetingState
from events.models import (
    CeremonyEntry,
    FollowUp,
    Institution,
    Invitation,
    Meeting,
    MeetingPhotograph,
    MeetingTemplate,
    PreparationTask,
)
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import (
    CaravanFactory,
    GuestFactory,
    InstitutionFactory,
    InvitationFactory,
    MeetingFactory,
    card_desk_of,
)
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db
THEIRS, OURS = "كلمة الآخرين", "كلمتنا نحن"


@pytest.fixture
def director():
    return UserFactory(roles=[Role.REGIONAL_DIRECTOR])


@pytest.fixture
def client(sign_in):
    return sign_in(Role.NATIONAL_ADMIN)


def photograph(meeting, by, position=1) -> MeetingPhotograph:
    return MeetingPhotograph.objects.create(
        meeting=meeting, position=position, file=picture(seed=1), caption_ar=f"صورة {position}", added_by=by
    )


def template(meeting, by) -> MeetingTemplate:
    return MeetingTemplate.objects.create(source=meeting, name_ar="نموذج", name_fr="Modèle", created_by=by)


def follow_up(by) -> FollowUp:
    fields = {"text": "قرار", "owner_name": "المدير", "owner": None, "due_on": date(2027, 2, 1)}
    return actions.decide(meeting=MeetingFactory(state=MeetingState.HELD), fields=fields, by=by)


def question(by):
    fields = {"text": "متى؟", "domain": None, "answerer": None, "answerer_name": "", "answer": ""}
    return actions.note_question(meeting=MeetingFactory(state=MeetingState.HELD), fields=fields, by=by)


# What is changed, the address of its form, and the field in which both write.
FORMS = {
    "institution": (lambda by: InstitutionFactory(), "institution_edit", "pk", "name_ar"),
    "guest": (lambda by: GuestFactory(), "guest_edit", "pk", "title_ar"),
    "programme": (lambda by: CaravanFactory().programme, "programme_edit", "pk", "name_ar"),
    "caravan": (lambda by: CaravanFactory(), "caravan_edit", "pk", "name_ar"),
    "meeting": (lambda by: MeetingFactory(director=by), "meeting_edit", "pk", "venue_ar"),
    "template": (lambda by: template(MeetingFactory(), by), "template_new", "source_id", "name_ar"),
    "list": (lambda by: card_desk_of(MeetingFactory()), "list_edit", "pk", "name_ar"),
    "photograph": (lambda by: photograph(MeetingFactory(), by), "photograph_edit", "pk", "caption_ar"),
    "question": (question, "question", "pk", "answer"),
    "follow-up": (follow_up, "follow_up", "pk", "text"),
}


def as_sent(form) -> dict:
    """What a browser would send of a form that was opened and not touched."""
    sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, datetime):
            value = f"{value:%Y-%m-%dT%H:%M}"
        if value not in (None, False):
            sent[bound.html_name] = value
    return sent


@pytest.mark.parametrize("name", FORMS)
def test_a_form_opened_before_somebody_elses_change_overwrites_nothing(name, client, director):
    make, page, key, field = FORMS[name]
    record = make(director)
    address = reverse(f"events:{page}", args=[getattr(record, key)])
    both = as_sent(client.get(address).context["form"])
    assert client.post(address, both | {field: THEIRS}).status_code == 302
    late = client.post(address, both | {field: OURS})
    assert late.status_code == 200
    html = late.content.decode()
    assert THEIRS in html
    assert OURS in html
    record.refresh_from_db()
    assert getattr(record, field) == THEIRS
    # Sent once more, on purpose, it stands.
    assert client.post(address, as_sent(late.context["form"])).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == OURS


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_says_no_version_changes_nothing(name, client, director):
    make, page, key, field = FORMS[name]
    record = make(director)
    address = reverse(f"events:{page}", args=[getattr(record, key)])
    sent = as_sent(client.get(address).context["form"])
    del sent["version"]
    before = getattr(record, field)
    client.post(address, sent | {field: OURS})
    record.refresh_from_db()
    assert getattr(record, field) == before


@pytest.mark.parametrize("how", ["postpone", "cancel"])
def test_nobody_calls_a_meeting_off_that_somebody_else_called_off(how, client, director):
    meeting = MeetingFactory()
    address = reverse("events:off", args=[meeting.pk, how])
    form = as_sent(client.get(address).context["form"]) | {"ground": "other", "note": OURS}
    actions.move_meeting(meeting=meeting, name="postpone", by=director, ground="weather", note=THEIRS)
    client.post(address, form)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.ground_note) == (MeetingState.POSTPONED, THEIRS)


def test_a_new_date_is_not_given_over_somebody_elses_change(client, director):
    meeting = MeetingFactory(state=MeetingState.POSTPONED)
    address = reverse("events:reschedule", args=[meeting.pk])
    sent = {"starts_at": "2027-05-01T10:00", "version": meeting.version}
    Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1, venue_ar=THEIRS)
    late = client.post(address, sent)
    assert THEIRS in late.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.POSTPONED
    assert client.post(address, as_sent(late.context["form"])).status_code == 302


def test_an_answer_that_came_meanwhile_is_shown_not_overwritten(client):
    invitation = InvitationFactory()
    address = reverse("events:enter_answer", args=[invitation.pk])
    seen = client.get(address).context["seen"]
    actions.answer_invitation(invitation=invitation, answer=Answer.DELEGATE, delegate_name=THEIRS)
    late = client.post(address, {"answer": "not_coming", "seen": seen})
    assert THEIRS in late.content.decode()
    invitation.refresh_from_db()
    assert invitation.answer == Answer.DELEGATE
    client.post(address, {"answer": "not_coming", "seen": late.context["seen"]})
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.delegate_name) == (Answer.NOT_COMING, "")


def test_a_place_of_protocol_is_given_from_where_the_page_showed_it(client):
    meeting = MeetingFactory()
    first, second, third = (InvitationFactory(meeting=meeting, position=place) for place in (1, 2, 3))
    address = reverse("events:place", args=[third.pk])
    client.post(address, {"position": "1", "seen": "3"})
    client.post(address, {"position": "2", "seen": "3"})
    places = {one.pk: one.position for one in Invitation.objects.all()}
    assert places == {third.pk: 1, first.pk: 2, second.pk: 3}


def test_photographs_move_from_where_the_page_showed_them(client, director):
    meeting = MeetingFactory()
    album = [photograph(meeting, director, place) for place in (1, 2, 3)]
    address = reverse("events:photograph_order", args=[meeting.pk])
    later = {"photograph": album[2].pk, "move": "up", "seen": 3}
    for _sent_twice in range(2):
        client.post(address, later)
    assert list(meeting.photographs.all()) == [album[0], album[2], album[1]]
    client.post(address, later | {"seen": 2})
    assert list(meeting.photographs.all()) == [album[2], album[0], album[1]]


def test_the_stage_is_put_in_order_from_where_the_page_showed_it(client, director):
    meeting = MeetingFactory()
    people = [CardFactory(state=CardState.PRINTED).registrant for _ in range(3)]
    entries = [
        CeremonyEntry.objects.create(meeting=meeting, registrant=person, position=place, added_by=director)
        for place, person in enumerate(people, start=1)
    ]
    address = reverse("events:ceremony_change", args=[entries[2].pk])
    for _sent_twice in range(2):
        client.post(address, {"move": "up", "seen": 3})
    assert [one.registrant for one in meeting.ceremony.all()] == [people[0], people[2], people[1]]
    client.post(reverse("events:ceremony_change", args=[entries[0].pk]), {"move": "off"})
    assert [one.position for one in meeting.ceremony.all()] == [1, 2]


def test_a_tasks_date_is_set_over_the_one_that_was_seen(client):
    task = PreparationTask.objects.create(meeting=MeetingFactory(), title_ar="مهمة", title_fr="Tâche")
    address = reverse("events:task_date", args=[task.pk])
    client.post(address, {"due_on": "2027-01-10", "seen": ""})
    client.post(address, {"due_on": "2027-01-20", "seen": ""})
    task.refresh_from_db()
    assert task.due_on == date(2027, 1, 10)
    client.post(address, {"due_on": "", "seen": "2027-01-10"})
    task.refresh_from_db()
    assert task.due_on is None


def test_a_promise_somebody_else_made_meanwhile_stands(client, director):
    asked = question(director)
    address = reverse("events:promise", args=[asked.pk])
    ours = {"text": "نجيب", "owner_name": OURS, "due_on": "2027-03-01"}
    promised = {"text": "نجيب", "owner_name": THEIRS, "owner": None, "due_on": date(2027, 3, 1)}
    actions.promise_answer(question=asked, fields=promised, by=director)
    late = client.post(address, ours)
    assert late.status_code == 200
    assert OURS in late.content.decode()
    assert FollowUp.objects.get().owner_name == THEIRS


def test_what_is_done_already_keeps_its_outcome(client, director):
    decided = follow_up(director)
    address = reverse("events:follow_up_done", args=[decided.pk])
    client.post(f"{address}?version=1", {"reason": THEIRS})
    client.post(f"{address}?version=1", {"reason": OURS})
    decided.refresh_from_db()
    assert decided.outcome == THEIRS


def test_what_was_changed_meanwhile_is_not_done_unread(client, director):
    decided = follow_up(director)
    fields = {name: getattr(decided, name) for name in actions.FOLLOW_UP_FIELDS}
    actions.change_follow_up(follow_up=decided, fields=fields | {"text": THEIRS}, version=1, by=director)
    client.post(reverse("events:follow_up_done", args=[decided.pk]) + "?version=1", {"reason": OURS})
    decided.refresh_from_db()
    assert decided.done_on is None


def test_the_trail_says_what_was_changed_of_an_institution_and_keeps_its_telephone(client):
    institution = InstitutionFactory(phone="+212528891234")
    address = reverse("events:institution_edit", args=[institution.pk])
    sent = as_sent(client.get(address).context["form"]) | {"name_fr": "Direction", "phone": ""}
    client.post(address, sent)
    row = AuditEvent.objects.get(action="events.institution.changed")
    assert (row.after, row.before["phone"]) == ({"name_fr": "Direction", "phone": ""}, "…")
    assert Institution.objects.get(pk=institution.pk).version == 2
