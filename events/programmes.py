"""Programmes as a whole: the caravans of each, region by region, with their meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from core.models import User
from events.enums import MeetingState
from events.models import Caravan, CheckIn, Meeting, Programme


@dataclass(frozen=True)
class CaravanLine:
    caravan: Caravan
    meetings: Sequence[Meeting]
    present: int
    cards: int


@dataclass(frozen=True)
class ProgrammeLines:
    programme: Programme
    caravans: Sequence[CaravanLine]

    @property
    def meetings(self) -> int:
        return sum(len(line.meetings) for line in self.caravans)

    @property
    def regions(self) -> int:
        return len({line.caravan.region_id for line in self.caravans})

    @property
    def present(self) -> int:
        return sum(line.present for line in self.caravans)

    @property
    def cards(self) -> int:
        return sum(line.cards for line in self.caravans)


def programmes_for(user: User) -> list[ProgrammeLines]:
    """Every programme with what the reader may see of it; in a fixed number of queries."""
    meetings = Meeting.objects.exclude(state=MeetingState.CANCELLED).select_related("commune")
    caravans = list(
        Caravan.objects.visible_to(user)
        .select_related("region", "programme")
        .prefetch_related(Prefetch("meetings", meetings.order_by("starts_at")))
        .order_by("region_id", "pk")
    )
    of_these = CheckIn.objects.filter(meeting__caravan__in=caravans)
    present = of_these.present().counted_by("meeting__caravan")
    cards = of_these.standing().with_card_given().counted_by("meeting__caravan")
    lines = [
        CaravanLine(one, list(one.meetings.all()), present.get(one.pk, 0), cards.get(one.pk, 0))
        for one in caravans
    ]
    return [
        ProgrammeLines(programme, [line for line in lines if line.caravan.programme_id == programme.pk])
        for programme in Programme.objects.order_by("-pk")
    ]
