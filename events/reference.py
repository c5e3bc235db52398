"""Loading meetings that took place before the portal, each from one file of `events/data`.

A load only makes what is missing. A meeting that is there is left as it is, with its invitations and agenda:
people may have corrected it since, and what a file says must never undo their work.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from core.models import Commune, Region, ServiceDomain
from events.enums import GuestCategory
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

NAMES = ("name_ar", "name_fr")
MEETING_FIELDS = (
    "title_ar",
    "title_fr",
    "venue_ar",
    "venue_fr",
    "state",
    "purpose_ar",
    "purpose_fr",
    "outcome_ar",
    "outcome_fr",
)
AGENDA_FIELDS = (
    "kind",
    "title_ar",
    "title_fr",
    "themes_ar",
    "themes_fr",
    "recipients_ar",
    "recipients_fr",
    "partners_ar",
    "partners_fr",
)


def load_meeting(data: dict) -> tuple[Meeting, bool]:
    """Make the meeting that a file describes, and say whether it was missing. Call it in a transaction."""
    known = Meeting.objects.filter(code=data["meeting"]["code"]).first()
    if known:
        return known, False
    meeting = _make_meeting(data["meeting"], _caravan(data))
    Organiser.objects.bulk_create(
        Organiser(meeting=meeting, position=position, role=row["role"], **_chosen(row, NAMES))
        for position, row in enumerate(data["organisers"], start=1)
    )
    GuestGroup.objects.bulk_create(
        GuestGroup(meeting=meeting, position=position, note=row["note"], **_chosen(row, NAMES))
        for position, row in enumerate(data["guest_groups"], start=1)
    )
    invited = {row["order"]: _invite(row, meeting) for row in data["guests"]}
    for row in data["agenda"]:
        item = AgendaItem.objects.create(
            meeting=meeting, position=row["order"], **_chosen(row, AGENDA_FIELDS)
        )
        item.speakers.set(invited[order] for order in row["speakers"])
        # Asked one by one: a domain that is not loaded is an error, not a gap.
        item.service_domains.set(ServiceDomain.objects.get(code=code) for code in row["service_domains"])
    return meeting, True


def _caravan(data: dict) -> Caravan:
    programme, _made = Programme.objects.get_or_create(
        code=data["programme"]["code"], defaults=_chosen(data["programme"], NAMES)
    )
    caravan, _made = Caravan.objects.get_or_create(
        code=data["caravan"]["code"],
        defaults={
            **_chosen(data["caravan"], NAMES),
            "programme": programme,
            "region": Region.objects.get(code=data["caravan"]["region"]),
        },
    )
    return caravan


def _make_meeting(row: dict, caravan: Caravan) -> Meeting:
    return Meeting.objects.create(
        caravan=caravan,
        region=caravan.region,
        code=row["code"],
        starts_at=datetime.fromisoformat(row["starts_at"]).replace(tzinfo=ZoneInfo(row["time_zone"])),
        commune=Commune.objects.get(code=row["commune"]),
        **_chosen(row, MEETING_FIELDS),
    )


def _invite(row: dict, meeting: Meeting) -> Invitation:
    """One place in the order of protocol, and the guest's entry in the directory where it is missing."""
    institution, _made = Institution.objects.get_or_create(
        name_ar=row["institution_ar"], defaults={"name_fr": row["institution_fr"]}
    )
    guest, _made = Guest.objects.get_or_create(
        institution=institution,
        is_active=True,
        **_chosen(row, ("name_ar", "title_ar")),
        defaults=_chosen(row, ("name_fr", "title_fr"))
        | {"category": GuestCategory.OFFICIAL, "region": meeting.region},
    )
    return Invitation.objects.create(
        meeting=meeting,
        position=row["order"],
        guest=guest,
        institution=institution,
        is_speaker=row["speaker"],
        **_chosen(row, ("name_ar", "name_fr", "title_ar", "title_fr", "note")),
    )


def _chosen(row: dict, fields: tuple[str, ...]) -> dict:
    return {field: row[field] for field in fields}
