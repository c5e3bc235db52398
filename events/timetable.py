"""When each item of an agenda begins, and whether all of them fit into the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from events.models import AgendaItem, Meeting


@dataclass(frozen=True)
class Slot:
    """One item; `starts_at` is None after an item whose length nobody entered."""

    item: AgendaItem
    starts_at: datetime | None


@dataclass(frozen=True)
class Timetable:
    """All items in order. Minutes; `planned` is None where the meeting's end is not entered."""

    slots: tuple[Slot, ...]
    total: int
    planned: int | None
    without_length: int

    @property
    def over(self) -> int:
        """Minutes by which the items exceed the meeting; 0 where they fit."""
        return max(0, self.total - self.planned) if self.planned is not None else 0

    @property
    def spare(self) -> int:
        """Minutes left over, where every item has its length."""
        if self.planned is None or self.without_length:
            return 0
        return max(0, self.planned - self.total)


def timetable_of(meeting: Meeting, items: Sequence[AgendaItem]) -> Timetable:
    """Count from the meeting's start, in real minutes: a clock that changes meanwhile makes none longer."""
    begins: datetime | None = meeting.starts_at.astimezone(UTC)
    slots = []
    for item in items:
        slots.append(Slot(item, begins))
        known = begins is not None and item.duration_minutes is not None
        begins = begins + timedelta(minutes=item.duration_minutes) if known else None
    planned = None
    if meeting.ends_at is not None:
        planned = round(
            (meeting.ends_at.astimezone(UTC) - meeting.starts_at.astimezone(UTC)).total_seconds() / 60
        )
    lengths = [item.duration_minutes for item in items]
    return Timetable(
        slots=tuple(slots),
        total=sum(length or 0 for length in lengths),
        planned=planned,
        without_length=lengths.count(None),
    )
