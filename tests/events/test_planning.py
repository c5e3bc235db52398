"""From the draft to the day: states, what collides, same again elsewhere, and the preparation."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from core.sms import MemorySms
from events.actions import (
    LIST_FIELDS,
    add_list,
    end_duty,
    give_duty,
    keep_as_template,
    reschedule_meeting,
    schedule_meeting,
    tick_task,
)
from events.actions.meetings import MEETING_FIELDS
from events.cards_to_bring import boxes_to_bring
from events.conflicts import conflicts
from events.enums import Answer
from events.models import Delivery, Duty, Guest, Mailing, Meeting, PreparationTask
from events.sending import send_mailing
from tests.events.test_scheduling import form_data
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import (
    AgendaItemFactory,
    CaravanFactory,
    DutyFactory,
    GuestFactory,
    InvitationFactory,
    MeetingFactory,
)
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
NEW = reverse("events:meeting_new")


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def move(client, meeting, name):
    client.post(reverse("events:move", args=[meeting.pk, name]))
    meeting.refresh_from_db()
    return meeting.state


def test_a_draft_is_scheduled_announced_begun_and_held(director):
    director.post(NEW, form_data(as_draft="yes"))
    meeting = Meeting.objects.get()
    assert meeting.state == "draft"
    names = ("schedule", "announce", "begin", "end", "resume", "end")
    reached = [move(director, meeting, name) for name in names]
    assert reached == ["scheduled", "announced", "under_way", "held", "under_way", "held"]
    assert move(director, meeting, "begin") == "held"
    assert director.post(reverse("events:move", args=[meeting.pk, "close"])).status_code == 404


def test_a_cancellation_is_told_to_whoever_was_written_to(director):
    meeting = MeetingFactory()
    told = InvitationFactory(meeting=meeting, guest__phone="+212661234567")
    mailing = Mailing.objects.create(
        meeting=meeting, occasion="invitation", created_by=director.user, state="done"
    )
    Delivery.objects.create(
        mailing=mailing,
        invitation=told,
        occasion="invitation",
        state="sent",
        channel="sms",
        sent_at=timezone.now(),
    )
    address = reverse("events:off", args=[meeting.pk, "cancel"])
    assert set(director.post(address, {"tell": "on"}).context["form"].errors) == {"ground", "note"}
    response = director.post(
        address, {"ground": "venue", "note": "تعذر استعمال القاعة", "tell": "on", "version": 1}
    )
    notice = Mailing.objects.get(occasion="notice")
    assert response.url == reverse("events:mailing", args=[notice.pk])
    MemorySms.outbox.clear()
    send_mailing(notice.pk)
    assert "تعذر استعمال القاعة" in MemorySms.outbox[0].text
    html = director.get(reverse("events:meeting", args=[meeting.pk])).content.decode()
    assert "تعذر استعمال القاعة" in html


def test_a_postponed_meeting_gets_a_new_date(director):
    meeting = MeetingFactory(state="postponed")
    address = reverse("events:reschedule", args=[meeting.pk])
    wrong = {"starts_at": "2027-03-01T10:00", "ends_at": "2027-03-01T09:00"}
    assert set(director.post(address, wrong).context["form"].errors) == {"ends_at"}
    director.post(address, {"starts_at": "2027-03-01T10:00", "ends_at": "", "version": meeting.version})
    meeting.refresh_from_db()
    assert (meeting.state, timezone.localtime(meeting.starts_at).hour) == ("scheduled", 10)


def test_the_trail_says_which_date_a_postponed_meeting_had(director):
    meeting = MeetingFactory(state="postponed")
    had, gets = meeting.starts_at, meeting.starts_at + timedelta(days=30)
    reschedule_meeting(meeting=meeting, starts_at=gets, ends_at=None, version=1, by=director.user)
    row = AuditEvent.objects.get(action="events.meeting.changed")
    assert set(row.before) == {"starts_at"}
    assert [parse_datetime(side["starts_at"]) for side in (row.before, row.after)] == [had, gets]


def asked(meeting, /, **changed) -> list[str]:
    values = {
        "commune": meeting.commune,
        "venue_ar": meeting.venue_ar,
        "venue_fr": meeting.venue_fr,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "director": None,
    }
    return conflicts(**values | changed)


def test_what_a_meeting_collides_with_is_told_venue_director_and_team():
    leader = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    there = MeetingFactory(director=leader, venue_ar="قاعة أخرى", venue_fr="Autre salle")
    duty = DutyFactory(meeting=there)
    mine = MeetingFactory(starts_at=there.starts_at + timedelta(hours=1))
    assert asked(mine, meeting=mine) == []
    assert len(asked(mine, meeting=mine, venue_ar="قاعه اخرى")) == 1
    assert len(asked(mine, meeting=mine, director=leader)) == 1
    DutyFactory(meeting=mine, user=duty.user)
    [busy] = asked(mine, meeting=mine)
    assert str(duty.user) in busy
    assert asked(mine, starts_at=there.starts_at + timedelta(hours=5), director=leader) == []


def test_the_form_tells_a_collision_while_it_is_typed(director):
    there = MeetingFactory(director=director.user)
    local = timezone.localtime(there.starts_at)
    typed = {"starts_at": f"{local:%Y-%m-%dT%H:%M}", "director": director.user.pk}
    html = director.get(reverse("events:conflicts"), typed).content.decode()
    assert there.title_ar in html
    html = director.get(reverse("events:conflicts"), typed | {"meeting": there.pk}).content.decode()
    assert there.title_ar not in html
    assert director.get(reverse("events:conflicts"), {"starts_at": "soon"}).content.decode().strip() == ""


def scheduled_like(source, region="12", **options) -> Meeting:
    caravan = CaravanFactory(region_id=region)
    where = MeetingFactory(commune=DAKHLA_COMMUNE if region == "12" else source.commune)
    fields = {name: getattr(where, name) for name in MEETING_FIELDS} | {
        "title_ar": "مثله",
        "starts_at": where.starts_at + timedelta(days=9),
    }
    admin = UserFactory(roles=(Role.NATIONAL_ADMIN,), region=None)
    return schedule_meeting(fields=fields, caravan=caravan, by=admin, same_agenda_as=source, **options)


def test_same_again_elsewhere_takes_agenda_functions_and_list_along():
    source = MeetingFactory()
    AgendaItemFactory(meeting=source, duration_minutes=25, partners_ar=["شريك"])
    PreparationTask.objects.create(meeting=source, title_ar="مهمة خاصة", kind="room")
    everywhere = GuestFactory(region_id=None, title_ar="مدير وطني")
    here = GuestFactory(title_ar="رئيس الغرفة", name_ar="اسم هنا")
    there = GuestFactory(title_ar="رئيس الغرفة", name_ar="اسم هناك", region_id="12")
    alone = GuestFactory(title_ar="كاتب محلي")
    for place, guest in enumerate((here, everywhere, alone), start=1):
        InvitationFactory(meeting=source, guest=guest, position=place, is_speaker=True)
    made = scheduled_like(source, with_guests=True)
    item = made.agenda.get()
    assert (item.duration_minutes, item.partners_ar) == (25, ["شريك"])
    assert [row.title_ar for row in made.tasks.all()] == ["مهمة خاصة"]
    # The chamber's president is the new region's own; who has no counterpart there is not invited.
    assert [row.guest for row in made.invitations.order_by("position")] == [there, everywhere]
    assert scheduled_like(source, region="11").invitations.count() == 0


def test_same_again_invites_once_whom_a_merge_gave_two_functions():
    source, person = MeetingFactory(), RegistrantFactory()
    first, second = GuestFactory(region_id=None), GuestFactory(region_id=None)
    for place, guest in enumerate((first, second), start=1):
        InvitationFactory(meeting=source, guest=guest, position=place)
    Guest.objects.update(registrant=person)
    assert [row.guest for row in scheduled_like(source, with_guests=True).invitations.all()] == [first]


def test_same_again_takes_stands_rules_and_due_dates_along():
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    source = MeetingFactory()
    add_list(
        meeting=source,
        fields=dict.fromkeys(LIST_FIELDS, False)
        | {"name_ar": "رواق", "name_fr": "Stand", "admission": "holders"},
        agents=[],
        by=director,
    )
    source.lists.filter(kind="door").update(admission="invited", is_open=False)
    due = timezone.localdate(source.starts_at) - timedelta(days=10)
    PreparationTask.objects.create(meeting=source, title_ar="الدعوات", due_on=due)
    PreparationTask.objects.create(meeting=source, title_ar="القاعة")
    fields = {name: getattr(source, name) for name in MEETING_FIELDS}
    later = source.starts_at + timedelta(days=30)
    target = schedule_meeting(
        fields=fields | {"starts_at": later, "ends_at": None},
        caravan=source.caravan,
        same_agenda_as=source,
        by=director,
    )
    rules = list(target.lists.order_by("kind").values_list("kind", "admission", "is_open"))
    assert rules == [("cards", "everyone", True), ("door", "invited", True), ("stand", "holders", True)]
    dates = dict(target.tasks.values_list("title_ar", "due_on"))
    assert dates == {"الدعوات": due + timedelta(days=30), "القاعة": None}


def test_a_task_has_a_date_is_told_late_and_moves_with_its_meeting(director):
    meeting = MeetingFactory(state="postponed")
    yesterday = timezone.localdate() - timedelta(days=1)
    task = PreparationTask.objects.create(meeting=meeting, title_ar="مهمة")
    date = reverse("events:task_date", args=[task.pk])
    director.post(date, {"due_on": "1"})
    director.post(date, {"due_on": f"{yesterday:%Y-%m-%d}"})
    page = director.get(reverse("events:preparation", args=[meeting.pk]))
    assert (page.context["late"], page.context["tasks"][0].due_on) == (1, yesterday)
    later = timezone.localtime(meeting.starts_at) + timedelta(days=5)
    sent = {"starts_at": f"{later:%Y-%m-%dT%H:%M}", "version": meeting.version}
    director.post(reverse("events:reschedule", args=[meeting.pk]), sent)
    task.refresh_from_db()
    assert task.due_on == yesterday + timedelta(days=5)


def test_a_new_meeting_begins_with_the_usual_list(director):
    director.post(NEW, form_data())
    assert Meeting.objects.get().tasks.count() == 6


def test_a_national_template_is_offered_everywhere_and_a_regional_one_at_home(director):
    national = MeetingFactory(commune=DAKHLA_COMMUNE)
    admin = UserFactory(roles=(Role.NATIONAL_ADMIN,), region=None)
    keep_as_template(meeting=national, name_ar="نموذج", name_fr="Modèle", by=admin)
    theirs = MeetingFactory(commune=DAKHLA_COMMUNE)
    keep_as_template(meeting=theirs, name_ar="نموذجهم", name_fr="Le leur", by=UserFactory(region="12"))
    director.post(
        reverse("events:template_new", args=[MeetingFactory().pk]), {"name_ar": "لنا", "name_fr": "Le nôtre"}
    )
    offered = director.get(NEW).context["form"].fields["same_agenda_as"].queryset
    assert national in offered
    assert theirs not in offered


def test_a_template_is_offered_by_its_own_name(director):
    meeting = MeetingFactory()
    AgendaItemFactory(meeting=meeting)
    by = UserFactory(roles=(Role.REGIONAL_DIRECTOR,))
    keep_as_template(meeting=meeting, name_ar="نموذج القافلة", name_fr="Modèle de caravane", by=by)
    assert "نموذج القافلة" in director.get(NEW).content.decode()


def test_a_meeting_ahead_shows_answers_and_the_next_step_first(director):
    ahead = MeetingFactory()
    InvitationFactory(meeting=ahead, position=1, answer=Answer.COMING, answered_at=timezone.now())
    InvitationFactory(meeting=ahead, position=2)
    page = director.get(reverse("events:meeting", args=[ahead.pk]))
    html = page.content.decode()
    assert page.context["answers"] == {"invited": 2, "coming": 1}
    assert html.index("moves-title") < html.index("facts-title") < html.index("day-title")
    today = MeetingFactory(starts_at=timezone.now())
    html = director.get(reverse("events:meeting", args=[today.pk])).content.decode()
    assert html.index("moves-title") < html.index("day-title") < html.index("facts-title")


def test_cards_to_bring_are_counted_by_box():
    meeting = MeetingFactory()
    here = CardFactory()
    elsewhere = CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    CardFactory(state="handed_over")
    [box] = boxes_to_bring(meeting)
    assert (box.batch, box.box, box.cards) == (here.batch_id, here.box, 1)
    assert box.first_slot == box.last_slot == here.slot
    # Another region's card is never handed over here, whoever was invited.
    InvitationFactory(meeting=meeting, guest=None, registrant=elsewhere.registrant)
    assert len(boxes_to_bring(meeting)) == 1


def test_a_task_ticked_twice_is_ticked_once_and_can_be_opened_again(director):
    task = PreparationTask.objects.create(meeting=MeetingFactory(), title_ar="مهمة")
    address = reverse("events:task_tick", args=[task.pk])
    director.post(address, {"done": "yes"})
    task.refresh_from_db()
    first = task.done_at
    tick_task(task=task, done=True, by=UserFactory())
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (first, director.user)
    director.post(address, {"done": "no"})
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_the_database_holds_the_list_together():
    task = PreparationTask.objects.create(meeting=MeetingFactory(), title_ar="مهمة")
    with pytest.raises(IntegrityError, match="task_once"), transaction.atomic():
        PreparationTask.objects.create(meeting=task.meeting, title_ar="مهمة")
    with pytest.raises(IntegrityError, match="task_done_by_somebody"), transaction.atomic():
        PreparationTask.objects.filter(pk=task.pk).update(done_at=timezone.now())


def test_somebody_is_put_on_duty_and_taken_off(director):
    meeting, person = MeetingFactory(), UserFactory(roles=(Role.REGISTRAR,))
    address = reverse("events:duty_give", args=[meeting.pk])
    director.post(address, {"user": person.pk, "task": "الباب"})
    duty = Duty.objects.get()
    assert (duty.user, duty.task, duty.given_by) == (person, "الباب", director.user)
    with pytest.raises(ActionRefused):
        give_duty(meeting=meeting, user=person, task="", by=director.user)
    end_duty(duty=duty, by=director.user)
    assert not Duty.objects.exists()


@pytest.mark.parametrize("fields", [{"region": "12"}, {"roles": (Role.ARTISAN,)}, {"is_active": False}])
def test_only_the_regions_staff_is_put_on_duty(director, fields):
    meeting, person = MeetingFactory(), UserFactory(**({"roles": (Role.REGISTRAR,)} | fields))
    with pytest.raises(ActionRefused):
        give_duty(meeting=meeting, user=person, task="", by=director.user)
    director.post(reverse("events:duty_give", args=[meeting.pk]), {"user": person.pk})
    assert not Duty.objects.exists()


@pytest.mark.parametrize("name", ["door", "cards"])
def test_lists_are_printed(director, name, monkeypatch):
    meeting = MeetingFactory()
    InvitationFactory(meeting=meeting)
    CardFactory()
    response = director.get(reverse("events:printed_list", args=[meeting.pk, name]))
    content = response.content if not response.streaming else b"".join(response.streaming_content)
    with pikepdf.open(BytesIO(content)) as printed:
        assert len(printed.pages) == 1
    monkeypatch.setattr("events.lists_paper.MOST_LINES", 0)
    assert director.get(reverse("events:printed_list", args=[meeting.pk, name])).status_code == 302


def test_preparation_asks_as_often_for_one_as_for_three(director, count_queries):
    meeting = MeetingFactory()
    address = reverse("events:preparation", args=[meeting.pk])
    asked_for = []
    for number in range(3):
        DutyFactory(meeting=meeting)
        CardFactory()
        PreparationTask.objects.create(meeting=meeting, title_ar=f"مهمة {number}")
        director.get(address)
        asked_for.append(count_queries(lambda: director.get(address)))
    assert asked_for[0] == asked_for[2]
