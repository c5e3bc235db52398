"""The real meeting of Laâyoune, loaded whole from the project's own copy of the reference."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from core.dates import WEEKDAYS
from core.models import ServiceDomain
from events.management.commands.load_meetings import DATA
from events.models import (
    AgendaItem,
    Caravan,
    Guest,
    GuestGroup,
    Institution,
    Invitation,
    Meeting,
    Organiser,
    Programme,
)

pytestmark = pytest.mark.django_db
MODELS = (Programme, Caravan, Meeting, Organiser, Institution, Guest, Invitation, GuestGroup, AgendaItem)


@pytest.fixture
def data() -> dict:
    return json.loads((DATA / "laayoune_2026.json").read_text(encoding="utf-8"))


@pytest.fixture
def meeting(data) -> Meeting:
    call_command("load_meetings", verbosity=0)
    return Meeting.objects.for_page().get(code=data["meeting"]["code"])


def as_data(meeting: Meeting) -> dict:
    """The meeting as the file writes it, read back from the database."""
    local = meeting.starts_at.astimezone(ZoneInfo("Africa/Casablanca"))
    names = lambda row: {"name_ar": row.name_ar, "name_fr": row.name_fr}  # noqa: E731
    texts = ("title", "venue", "purpose", "outcome")
    return {
        "programme": {"code": meeting.caravan.programme.code, **names(meeting.caravan.programme)},
        "caravan": {
            "code": meeting.caravan.code,
            **names(meeting.caravan),
            "region": meeting.caravan.region_id,
        },
        "meeting": {
            "code": meeting.code,
            "starts_at": f"{local:%Y-%m-%dT%H:%M}",
            "time_zone": "Africa/Casablanca",
            "weekday_ar": WEEKDAYS["ar"][local.weekday()],
            "commune": meeting.commune_id,
            "state": meeting.state,
            **{
                f"{text}_{code}": getattr(meeting, f"{text}_{code}")
                for text in texts
                for code in ("ar", "fr")
            },
        },
        "organisers": [{"role": one.role, **names(one)} for one in meeting.organisers.all()],
        "guests": [
            {
                "order": guest.position,
                "name_ar": guest.name_ar,
                "name_fr": guest.name_fr,
                "title_ar": guest.title_ar,
                "title_fr": guest.title_fr,
                "institution_ar": guest.institution.name_ar,
                "institution_fr": guest.institution.name_fr,
                "speaker": guest.is_speaker,
                "note": guest.note,
            }
            for guest in meeting.invitations.all()
        ],
        "guest_groups": [{**names(group), "note": group.note} for group in meeting.guest_groups.all()],
        "agenda": [
            {
                "order": item.position,
                "kind": item.kind,
                "title_ar": item.title_ar,
                "title_fr": item.title_fr,
                "speakers": [guest.position for guest in item.speakers.all()],
                "themes_ar": item.themes_ar,
                "themes_fr": item.themes_fr,
                "recipients_ar": item.recipients_ar,
                "recipients_fr": item.recipients_fr,
                "partners_ar": item.partners_ar,
                "partners_fr": item.partners_fr,
                "service_domains": [domain.code for domain in item.service_domains.all()],
            }
            for item in meeting.agenda.all()
        ],
    }


def test_loaded_whole(meeting, data):
    del data["about"]
    assert as_data(meeting) == data


def test_what_the_report_counts(meeting):
    assert [guest.position for guest in meeting.invitations.all()] == list(range(1, 14))
    assert (meeting.guest_groups.count(), meeting.agenda.count(), meeting.organisers.count()) == (3, 7, 2)
    assert meeting.starts_at == datetime(2026, 1, 15, 10, 30, tzinfo=ZoneInfo("UTC"))
    assert meeting.region_id == "11"


def test_a_second_load_changes_nothing(meeting):
    before = {model: list(model.objects.order_by("pk").values()) for model in MODELS}
    call_command("load_meetings", verbosity=0)
    assert {model: list(model.objects.order_by("pk").values()) for model in MODELS} == before


def test_a_second_load_keeps_what_people_changed(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(venue_fr="Salle municipale")
    Caravan.objects.filter(pk=meeting.caravan_id).update(name_fr="Autre nom")
    meeting.invitations.get(position=13).delete()
    meeting.agenda.filter(position=7).update(title_fr="Questions")
    call_command("load_meetings", verbosity=0)
    meeting.refresh_from_db()
    assert meeting.venue_fr == "Salle municipale"
    assert Caravan.objects.get(pk=meeting.caravan_id).name_fr == "Autre nom"
    assert meeting.invitations.count() == 12
    assert meeting.agenda.get(position=7).title_fr == "Questions"


def test_a_domain_that_is_not_loaded_stops_the_load():
    ServiceDomain.objects.get(code="rail").delete()
    with pytest.raises(ServiceDomain.DoesNotExist):
        call_command("load_meetings", verbosity=0)
    assert not Meeting.objects.exists()


def test_the_directory_knows_the_guests_for_the_next_meeting(meeting):
    guests = Guest.objects.active()
    assert guests.count() == 13
    assert set(guests) == {invitation.guest for invitation in meeting.invitations.select_related("guest")}
    assert {guest.region_id for guest in guests} == {"11"}


def test_a_meeting_keeps_what_a_guest_was_then(meeting):
    invitation = meeting.invitations.get(position=2)
    Guest.objects.filter(pk=invitation.guest_id).update(name_ar="اسم آخر", title_ar="وظيفة أخرى")
    invitation.refresh_from_db()
    assert (invitation.name_ar, invitation.title_ar) == (
        "موحا الريش",
        "مدير المحافظة على التراث والابتكار والإنعاش",
    )
