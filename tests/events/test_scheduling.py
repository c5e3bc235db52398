"""Scheduling and changing a meeting from its form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Role
from events.enums import MeetingState
from events.models import Caravan, Meeting, Organiser
from tests.factories.events import (
    AgendaItemFactory,
    CaravanFactory,
    InvitationFactory,
    MeetingFactory,
    ProgrammeFactory,
)
from tests.factories.registry import DAKHLA_COMMUNE, LAAYOUNE_COMMUNE

pytestmark = pytest.mark.django_db
NEW = reverse("events:meeting_new")


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def form_data(**changed) -> dict:
    caravan = changed.pop("caravan", None)
    soon = timezone.localtime() + timedelta(days=30)
    return {
        "caravan": caravan.pk if caravan else "",
        "programme": ProgrammeFactory().pk,
        "caravan_name_ar": "" if caravan else "قافلة جديدة",
        "caravan_name_fr": "" if caravan else "Nouvelle caravane",
        "title_ar": "لقاء ببوجدور",
        "title_fr": "Rencontre de Boujdour",
        "starts_at": f"{soon:%Y-%m-%dT}10:00",
        "ends_at": f"{soon:%Y-%m-%dT}12:30",
        "province": "11.321",
        "commune": LAAYOUNE_COMMUNE,
        "venue_ar": "دار  الثقافة",
        "venue_fr": "Maison de la culture",
        "purpose_ar": "",
        "purpose_fr": "",
        "warned": "",
    } | changed


def errors(response) -> dict:
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}


def test_a_director_schedules_a_meeting_and_opens_its_caravan(director):
    response = director.post(NEW, form_data())
    meeting = Meeting.objects.get()
    assert response.url == reverse("events:meeting", args=[meeting.pk])
    assert (meeting.region_id, meeting.created_by, meeting.state) == ("11", director.user, "scheduled")
    assert timezone.localtime(meeting.starts_at).hour == 10
    assert meeting.venue_ar == "دار الثقافة"
    assert (meeting.caravan.name_fr, meeting.caravan.region_id) == ("Nouvelle caravane", "11")
    row = AuditEvent.objects.get(action="events.meeting.scheduled")
    assert (row.region_code, row.after["title_fr"]) == ("11", "Rencontre de Boujdour")
    assert AuditEvent.objects.filter(action="events.caravan.opened").count() == 1


def test_a_link_proposes_the_place_within_the_readers_region(director):
    form = director.get(NEW, {"commune": LAAYOUNE_COMMUNE}).context["form"]
    assert (form["commune"].value(), form["province"].value()) == (LAAYOUNE_COMMUNE, "11.321")
    assert LAAYOUNE_COMMUNE in dict(form.fields["commune"].widget.choices)
    for elsewhere in (DAKHLA_COMMUNE, "nowhere"):
        assert director.get(NEW, {"commune": elsewhere}).context["form"]["commune"].value() is None


def test_the_same_agenda_is_copied_without_the_other_meetings_people(director):
    source = MeetingFactory(starts_at=timezone.now() - timedelta(days=40))
    for position in (1, 2):
        item = AgendaItemFactory(meeting=source, position=position, recipients_ar=["أعضاء"])
        item.speakers.add(InvitationFactory(meeting=source, position=position))
        item.service_domains.add("banking", "rail")
    Organiser.objects.create(meeting=source, role="organiser", name_ar="كتابة الدولة", name_fr="Secrétariat")
    director.post(NEW, form_data(caravan=source.caravan, same_agenda_as=source.pk))
    meeting = Meeting.objects.exclude(pk=source.pk).get()
    fields = ("position", "kind", "title_ar", "title_fr", "themes_ar", "themes_fr", "recipients_ar")
    assert list(meeting.agenda.values(*fields)) == list(source.agenda.values(*fields))
    for item in meeting.agenda.all():
        assert {domain.code for domain in item.service_domains.all()} == {"banking", "rail"}
        assert not item.speakers.exists()
    assert [one.name_ar for one in meeting.organisers.all()] == ["كتابة الدولة"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"title_ar": ""}, {"title_ar"}),
        ({"title_fr": "x" * 201}, {"title_fr"}),
        ({"starts_at": ""}, {"starts_at"}),
        ({"starts_at": "tomorrow"}, {"starts_at"}),
        ({"starts_at": "0026-01-15T11:30"}, {"starts_at"}),
        ({"ends_at": "2027-01-01T10:00", "starts_at": "2027-01-01T10:00"}, {"ends_at"}),
        ({"ends_at": "2027-01-01T09:00", "starts_at": "2027-01-01T10:00"}, {"ends_at"}),
        # Clocks skip this hour at the end of Ramadan.
        ({"starts_at": "2026-03-22T02:30"}, {"starts_at"}),
        ({"commune": ""}, {"commune"}),
        ({"commune": DAKHLA_COMMUNE}, {"commune"}),
        ({"province": "12.066"}, {"province"}),
        ({"province": "11.121"}, {"commune"}),
        (
            {"caravan": None, "caravan_name_ar": "", "caravan_name_fr": ""},
            {"caravan_name_ar", "caravan_name_fr"},
        ),
        ({"same_agenda_as": "0"}, {"same_agenda_as"}),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value)[:40],
)
def test_a_mistake_is_shown_beside_its_field_and_nothing_is_saved(director, changed, wrong):
    response = director.post(NEW, form_data(**changed))
    assert response.status_code == 200
    assert set(errors(response)) == wrong
    assert not Meeting.objects.exists()
    assert not Caravan.objects.exists()


def test_a_caravan_or_agenda_of_another_region_cannot_be_chosen(director):
    there = MeetingFactory(commune=DAKHLA_COMMUNE)
    AgendaItemFactory(meeting=there)
    response = director.post(NEW, form_data(caravan=there.caravan, same_agenda_as=there.pk))
    assert set(errors(response)) == {"caravan", "same_agenda_as"}
    html = director.get(NEW).content.decode()
    assert there.title_ar not in html
    assert there.caravan.name_ar not in html


def test_the_national_administration_schedules_anywhere_but_not_across_regions(sign_in):
    client, caravan = sign_in(Role.NATIONAL_ADMIN), CaravanFactory(region_id="12")
    response = client.post(NEW, form_data(caravan=caravan))
    assert set(errors(response)) == {"caravan"}
    client.post(NEW, form_data(caravan=caravan, province="12.066", commune=DAKHLA_COMMUNE))
    assert Meeting.objects.get().region_id == "12"


def test_a_meeting_in_the_past_is_warned_of_and_saved_when_meant(director):
    data = form_data(starts_at="2026-01-20T10:00", ends_at="")
    warned = director.post(NEW, data)
    assert len(warned.context["warnings"]) == 1
    assert not Meeting.objects.exists()
    seen = warned.context["form"]["warned"].value()
    assert seen in warned.content.decode()
    assert director.post(NEW, data | {"warned": seen}).status_code == 302
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("venue", "hours", "warnings"),
    [
        ({"venue_ar": "دار الثقافه", "venue_fr": "Autre"}, 1, 1),
        ({"venue_ar": "أخرى", "venue_fr": "MAISON DE LA CULTURE"}, 1, 1),
        ({"venue_ar": "أخرى", "venue_fr": "Autre"}, 1, 0),
        ({"venue_ar": "دار الثقافة", "venue_fr": "Maison de la culture"}, 5, 0),
    ],
)
def test_a_venue_that_is_taken_is_warned_of(director, venue, hours, warnings):
    data = form_data()
    start = timezone.make_aware(timezone.datetime.fromisoformat(data["starts_at"]))
    MeetingFactory(starts_at=start + timedelta(hours=hours), **venue)
    response = director.post(NEW, data)
    assert (response.status_code == 200) == bool(warnings)
    if warnings:
        assert len(response.context["warnings"]) == warnings


def test_a_warning_that_was_not_seen_is_shown_although_another_was(director):
    data = form_data(starts_at="2026-01-20T10:00", ends_at="")
    seen = director.post(NEW, data).context["form"]["warned"].value()
    response = director.post(NEW, data | {"starts_at": "2026-01-21T10:00", "warned": seen})
    assert response.status_code == 200
    assert not Meeting.objects.exists()


def test_the_form_sent_twice_is_one_meeting(director):
    data = form_data()
    director.post(NEW, data)
    again = director.post(NEW, data)
    seen = again.context["form"]["warned"].value()
    director.post(NEW, data | {"warned": seen})
    assert (Meeting.objects.count(), Caravan.objects.count()) == (1, 1)


def edit_data(meeting, **changed) -> dict:
    local = timezone.localtime(meeting.starts_at)
    return (
        form_data(
            caravan=meeting.caravan, starts_at=f"{local:%Y-%m-%dT%H:%M}", ends_at="", version=meeting.version
        )
        | changed
    )


def test_a_meeting_is_changed_and_the_trail_says_what(director):
    meeting = MeetingFactory()
    address = reverse("events:meeting_edit", args=[meeting.pk])
    assert meeting.title_ar in director.get(address).content.decode()
    response = director.post(address, edit_data(meeting))
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title_fr, meeting.version) == ("Rencontre de Boujdour", 2)
    row = AuditEvent.objects.get(action="events.meeting.changed")
    assert row.after["venue_fr"] == "Maison de la culture"
    assert row.before["venue_fr"] == "Maison de test"
    assert "commune" not in row.after


def test_somebody_elses_change_is_not_overwritten(director):
    meeting = MeetingFactory()
    data = edit_data(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(version=2, venue_fr="Salle municipale")
    response = director.post(reverse("events:meeting_edit", args=[meeting.pk]), data)
    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    meeting.refresh_from_db()
    assert meeting.venue_fr == "Salle municipale"
    assert data["venue_fr"] in response.content.decode()


@pytest.mark.parametrize("state", [MeetingState.CLOSED, MeetingState.CANCELLED])
def test_a_finished_meeting_is_not_changed(director, state):
    meeting = MeetingFactory(state=state)
    response = director.post(reverse("events:meeting_edit", args=[meeting.pk]), edit_data(meeting))
    assert response.url == reverse("events:meeting", args=[meeting.pk])
    meeting.refresh_from_db()
    assert meeting.version == 1


def test_another_regions_meeting_does_not_exist(director):
    there = MeetingFactory(commune=DAKHLA_COMMUNE)
    address = reverse("events:meeting_edit", args=[there.pk])
    assert director.get(address).status_code == 404
    assert director.post(address, edit_data(there)).status_code == 404
    assert director.get(reverse("events:meeting", args=[there.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.DESK_AGENT, Role.REGISTRAR, Role.AUDITOR])
def test_who_may_not_schedule_is_refused(sign_in, role):
    client, meeting = sign_in(role), MeetingFactory()
    assert client.get(NEW).status_code == 403
    assert client.post(reverse("events:meeting_edit", args=[meeting.pk])).status_code == 403


def test_without_script_every_commune_of_the_region_can_be_chosen(director):
    html = director.get(NEW).content.decode()
    assert f'value="{LAAYOUNE_COMMUNE}"' in html
    assert f'value="{DAKHLA_COMMUNE}"' not in html


def test_saving_what_stands_changes_nothing_for_anybody(director):
    meeting = MeetingFactory(hour_entered="")
    sent = edit_data(meeting)
    assert director.post(reverse("events:meeting_edit", args=[meeting.pk]), sent).status_code == 302
    first = AuditEvent.objects.filter(action="events.meeting.changed").count()
    meeting.refresh_from_db()
    sequence = meeting.sequence
    again = sent | {"version": meeting.version}
    assert director.post(reverse("events:meeting_edit", args=[meeting.pk]), again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.sequence == sequence
    assert AuditEvent.objects.filter(action="events.meeting.changed").count() == first
