"""Scheduling meetings and changing them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Region, User
from events.actions.invitations import copy_invitations
from events.actions.lists import copy_lists
from events.actions.meanwhile import check_version
from events.actions.preparation import move_due_dates, usual_tasks
from events.enums import FINISHED_STATES, MeetingState, OrganiserRole
from events.models import AgendaItem, Caravan, Meeting, Organiser, Programme

MEETING_FIELDS = (
    "title_ar",
    "title_fr",
    "starts_at",
    "ends_at",
    "venue_ar",
    "venue_fr",
    "commune",
    "purpose_ar",
    "purpose_fr",
    "capacity",
    "wheelchair_access",
    "map_url",
    "director",
)
# Of these calendars and those invited are told.
TOLD_FIELDS = ("title_ar", "title_fr", "starts_at", "ends_at", "venue_ar", "venue_fr", "commune")


@dataclass(frozen=True)
class NewCaravan:
    """A caravan that is opened together with its first meeting."""

    programme: Programme
    region: Region
    name_ar: str
    name_fr: str


@transaction.atomic
def schedule_meeting(
    *,
    fields: dict[str, Any],
    caravan: Caravan | NewCaravan,
    by: User,
    same_agenda_as: Meeting | None = None,
    with_guests: bool = False,
    as_draft: bool = False,
) -> Meeting:
    """Put a meeting of a caravan in the calendar, with another meeting's agenda on demand.

    Args:
        fields: values of MEETING_FIELDS; what nobody entered of the room may be left out.
        same_agenda_as: its agenda is copied without speakers, who are guests of that meeting; its organisers
            too where it took place in the same region, its stands, and its preparation list with due dates as
            many days before.
        with_guests: those invited there, by their functions, are invited here too.
        as_draft: seen by nobody outside the chamber until it is scheduled.

    Raises:
        ActionRefused: the actor's region is another, the commune lies outside the caravan's region, or the
            same meeting is scheduled already (a second click).
    """
    _check_region(caravan.region, fields, by)
    if isinstance(caravan, NewCaravan):
        caravan = _open_caravan(caravan, by)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                caravan=caravan,
                region=caravan.region,
                created_by=by,
                state=MeetingState.DRAFT if as_draft else MeetingState.SCHEDULED,
                hour_entered=hour_of(fields["starts_at"]),
                **_cleaned(fields),
            )
    except IntegrityError as error:
        raise ActionRefused(_("This meeting is scheduled already.")) from error
    if same_agenda_as:
        copy_agenda(source=same_agenda_as, target=meeting)
        copy_lists(source=same_agenda_as, target=meeting)
        if with_guests:
            copy_invitations(source=same_agenda_as, target=meeting)
    usual_tasks(meeting=meeting, source=same_agenda_as)
    audit.record(
        action="events.meeting.scheduled",
        by=by,
        subject=meeting,
        region_code=meeting.region_id,
        after=audit.snapshot(meeting, ("caravan", *MEETING_FIELDS)),
    )
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, fields: dict[str, Any], caravan: Caravan, version: int, by: User
) -> Meeting:
    """Save changes to a meeting; its region stays what it is.

    Raises:
        ChangedMeanwhile: changed by somebody else since the form was opened (`version`).
        ActionRefused: closed or cancelled.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("region").get(pk=meeting.pk)
    if locked.state in FINISHED_STATES:
        raise ActionRefused(
            _("This meeting may not be changed: %(state)s.") % {"state": locked.get_state_display()}
        )
    check_version(locked, version)
    _check_region(locked.region, fields, by)
    if caravan.region_id != locked.region_id:
        raise ActionRefused(_("This caravan goes through another region."))
    before = audit.snapshot(locked, ("caravan", *MEETING_FIELDS))
    first_day = timezone.localdate(locked.starts_at)
    for field, value in {"caravan": caravan, **_cleaned(fields)}.items():
        setattr(locked, field, value)
    locked.hour_entered = hour_of(locked.starts_at)
    locked.version += 1
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("This meeting is scheduled already.")) from error
    move_due_dates(meeting=locked, first_day=first_day)
    if any(field in TOLD_FIELDS for field in record_change(meeting=locked, before=before, by=by)):
        locked.sequence += 1
        locked.save(update_fields=["sequence"])
    return locked


def record_change(*, meeting: Meeting, before: dict[str, Any], by: User) -> list[str]:
    """Write down what is no longer as in `before`, a snapshot of the meeting; gives the fields."""
    after = audit.snapshot(meeting, before)
    changed = [field for field in before if before[field] != after[field]]
    if changed:
        audit.record(
            action="events.meeting.changed",
            by=by,
            subject=meeting,
            region_code=meeting.region_id,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
    return changed


def hour_of(moment: datetime) -> str:
    """What a Moroccan clock shows then."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def copy_agenda(*, source: Meeting, target: Meeting) -> None:
    """Give a meeting the agenda of another, and its organisers within the same region.

    Part of scheduling; call it in a transaction.
    """
    for item in source.agenda.prefetch_related("service_domains"):
        domains = list(item.service_domains.all())
        copied = AgendaItem.objects.create(
            meeting=target,
            position=item.position,
            kind=item.kind,
            title_ar=item.title_ar,
            title_fr=item.title_fr,
            themes_ar=item.themes_ar,
            themes_fr=item.themes_fr,
            duration_minutes=item.duration_minutes,
            partners_ar=item.partners_ar,
            partners_fr=item.partners_fr,
            recipients_ar=item.recipients_ar,
            recipients_fr=item.recipients_fr,
        )
        copied.service_domains.set(domains)
    organisers = source.organisers.all()
    if source.region_id != target.region_id:
        # A partner organiser is the region's own chamber; who organises the caravan is the same everywhere.
        organisers = organisers.filter(role=OrganiserRole.ORGANISER)
    Organiser.objects.bulk_create(
        Organiser(
            meeting=target, name_ar=one.name_ar, name_fr=one.name_fr, role=one.role, position=one.position
        )
        for one in organisers
    )


def _check_region(region: Region, fields: dict[str, Any], by: User) -> None:
    if not by.sees_all_regions and by.region_id != region.pk:
        raise ActionRefused(_("You schedule meetings in your own region only."))
    if fields["commune"].province.region_id != region.pk:
        raise ActionRefused(_("This commune lies outside the caravan's region."))


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: clean(fields[name]) if isinstance(fields[name], str) else fields[name]
        for name in MEETING_FIELDS
        if name in fields
    }


def _open_caravan(new: NewCaravan, by: User) -> Caravan:
    name_ar, name_fr = clean(new.name_ar), clean(new.name_fr)
    # The same name in the same region is the same caravan, also when two people open it at once.
    code = f"{new.region.pk}-{slugify(name_fr) or 'caravan'}"[:60]
    caravan, made = Caravan.objects.get_or_create(
        code=code,
        defaults={
            "programme": new.programme,
            "region": new.region,
            "name_ar": name_ar,
            "name_fr": name_fr,
        },
    )
    if made:
        audit.record(
            action="events.caravan.opened",
            by=by,
            subject=caravan,
            region_code=caravan.region_id,
            after=audit.snapshot(caravan, ("name_ar", "name_fr", "programme")),
        )
    return caravan
