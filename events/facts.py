"""What a meeting was, gathered once for its minutes, its press release and its public page."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.models import Commune
from events.enums import Answer, Attendance, OrganiserRole
from events.models import (
    AgendaItem,
    CheckIn,
    FollowUp,
    GuestGroup,
    Invitation,
    Meeting,
    Organiser,
    Question,
)


@dataclass(frozen=True)
class Attendee:
    """Somebody invited by name or function, and how they attended; None where nothing was recorded."""

    invitation: Invitation
    attendance: Attendance | None
    check_in: CheckIn | None = None

    @property
    def delegate(self) -> str:
        """Who came in their place."""
        if self.attendance != Attendance.DELEGATED:
            return ""
        return " — ".join(filter(None, (self.check_in.delegate_name, self.check_in.delegate_title)))


@dataclass(frozen=True)
class Numbers:
    """People and cards counted at the desks."""

    present: int
    women: int
    men: int
    artisans: int
    walk_ins: int
    cards: int


@dataclass(frozen=True)
class Facts:
    meeting: Meeting
    commune: Commune
    organisers: Sequence[Organiser]
    partners: Sequence[Organiser]
    attendees: Sequence[Attendee]
    groups: Sequence[GuestGroup]
    agenda: Sequence[AgendaItem]
    questions: Sequence[Question]
    follow_ups: Sequence[FollowUp]
    numbers: Numbers

    @property
    def is_recorded(self) -> bool:
        """Whether anybody was checked in: a meeting from before the portal has its list of guests alone."""
        return self.numbers.present > 0

    def attending(self, *how: Attendance) -> list[Attendee]:
        return [one for one in self.attendees if one.attendance in how]

    @property
    def came(self) -> list[Attendee]:
        """Those present or represented; where nothing was recorded, those whom the meeting's entry names."""
        if not self.is_recorded:
            return list(self.attendees)
        return self.attending(Attendance.PRESENT, Attendance.DELEGATED)


def facts_of(meeting: Meeting) -> Facts:
    """In a fixed number of queries, however many people came."""
    organisers = list(meeting.organisers.all())
    numbers = numbers_of(meeting)
    return Facts(
        meeting=meeting,
        commune=meeting.commune,
        organisers=[one for one in organisers if one.role == OrganiserRole.ORGANISER],
        partners=[one for one in organisers if one.role != OrganiserRole.ORGANISER],
        attendees=attendees_of(meeting, is_recorded=numbers.present > 0),
        groups=list(meeting.guest_groups.all()),
        agenda=list(
            meeting.agenda.prefetch_related(
                "speakers__institution", "speakers__registrant", "service_domains"
            )
        ),
        questions=list(meeting.questions.with_answerers()),
        follow_ups=list(meeting.follow_ups.for_list()),
        numbers=numbers,
    )


def attendees_of(meeting: Meeting, *, is_recorded: bool = True) -> list[Attendee]:
    """Guests and institutions in the order of protocol; the register's people come in their hundreds."""
    door = {
        present.invitation_id: present
        for present in CheckIn.objects.present().filter(meeting=meeting, invitation__isnull=False)
    }
    invited = meeting.invitations.standing().named().with_people().order_by("position")
    return [
        Attendee(one, _attendance(one, door.get(one.pk), is_recorded), door.get(one.pk)) for one in invited
    ]


def numbers_of(meeting: Meeting) -> Numbers:
    present = CheckIn.objects.present().filter(meeting=meeting)
    in_person = present.in_person()
    by_gender = in_person.counted_by("registrant__gender")
    return Numbers(
        present=present.count(),
        women=by_gender.get("female", 0),
        men=by_gender.get("male", 0),
        artisans=in_person.filter(registrant__isnull=False).count(),
        walk_ins=present.filter(walk_in__isnull=False).count(),
        cards=meeting.check_ins.standing().with_card_given().count(),
    )


def _attendance(invitation: Invitation, present: CheckIn | None, is_recorded: bool) -> Attendance | None:
    if present:
        return Attendance.DELEGATED if present.delegate_name else Attendance.PRESENT
    if invitation.answer == Answer.NOT_COMING:
        return Attendance.EXCUSED
    return Attendance.ABSENT if is_recorded else None
