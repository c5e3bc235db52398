"""What meetings have for the artisan's own space: the next ones by nearness, invitations, messages sent."""

from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import moment_in_words
from core.own_space import Task, Told
from events.enums import NOT_COMING, PUBLIC_STATES, Answer, DeliveryState, MeetingState
from events.models import Delivery, Invitation, Meeting
from registry.models import Registrant

_TOLD = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCLEAR)


def known_to(registrant: Registrant) -> QuerySet[Meeting]:
    """Meetings that the artisan may know of: of the own region, announced anywhere, or with an invitation."""
    invited = Invitation.objects.of_person(registrant).standing().values("meeting")
    known = Q(region=registrant.region_id) | Q(state__in=PUBLIC_STATES) | Q(pk__in=invited)
    return Meeting.objects.exclude(state=MeetingState.DRAFT).filter(known)


def coming_for(registrant: Registrant) -> QuerySet[Meeting]:
    """What takes place from today on: in the own commune first, then the province, the region, elsewhere."""
    rank = Case(
        When(commune=registrant.commune_id, then=Value(0)),
        When(commune__province=registrant.commune.province_id, then=Value(1)),
        When(region=registrant.region_id, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    coming = known_to(registrant).upcoming().for_list()
    return coming.annotate(rank=rank).order_by("rank", "starts_at", "pk")


def own_tasks(registrant: Registrant) -> list[Task]:
    """Invitations that wait for an answer, the nearest meeting first."""
    waiting = (
        Invitation.objects.of_person(registrant)
        .standing()
        .filter(answer=Answer.NONE, meeting__starts_at__gt=timezone.now())
        .exclude(meeting__state__in=NOT_COMING)
        .select_related("meeting")
        .order_by("meeting__starts_at")
    )
    return [
        Task(
            _("I am invited: %(title)s, %(when)s.")
            % {
                "title": invitation.meeting.title,
                "when": moment_in_words(invitation.meeting.starts_at, weekday=True),
            },
            reverse("events:own_meetings"),
            _("Say whether I come"),
            "envelope-open",
            "info",
            50,
        )
        for invitation in waiting[:3]
    ]


def own_messages(registrant: Registrant, most: int) -> list[Told]:
    """Invitations, reminders and notices of changes; what they said is on the page of meetings."""
    sent = (
        Delivery.objects.filter(invitation__registrant=registrant, state__in=_TOLD)
        .select_related("invitation__meeting", "mailing")
        .order_by("-id")
    )
    return [
        Told(
            when=one.sent_at or one.mailing.created_at,
            text=f"{one.get_occasion_display()}{_(':')} {one.invitation.meeting.title}",
            how=one.get_channel_display() if one.state == DeliveryState.SENT else one.get_state_display(),
            url=reverse("events:own_meetings"),
        )
        for one in sent[:most]
    ]


def directions(meeting: Meeting) -> str:
    """A map: the meeting's own, else a search for its venue."""
    if meeting.map_url:
        return meeting.map_url
    place = f"{meeting.venue_fr}, {meeting.commune.name_fr}, Maroc"
    return f"https://www.openstreetmap.org/search?{urlencode({'query': place})}"
