"""What the director's board shows while a meeting is under way."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import TruncMinute
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cards.models import Card
from core.charts import Bar, Direction, Series, bars, columns
from core.models import Commune
from events.enums import Answer
from events.models import CheckIn, Meeting

# As many columns as fit a chart; each stands for one minute, or for more where people came for longer.
MOST_COLUMNS = 30
MOST_COMMUNES = 12


@dataclass(frozen=True)
class Board:
    """Numbers as of `at`; `arrivals` and `communes` are pairs of words and numbers, with their drawings."""

    at: datetime
    invited: int
    present: int
    excused: int
    handed_over: int
    waiting: int
    refused: int
    step: int
    arrivals: list[tuple[str, int]]
    communes: list[tuple[str, int]]
    arrivals_chart: str
    communes_chart: str


def board_of(meeting: Meeting) -> Board:
    """In a fixed number of queries, each by an index."""
    present = CheckIn.objects.present().filter(meeting=meeting)
    invited = meeting.invitations.standing()
    step, arrivals = _arrivals(present)
    communes = _communes(present)
    direction = Direction.RTL if get_language_bidi() else Direction.LTR
    return Board(
        at=timezone.now(),
        invited=invited.count(),
        present=present.count(),
        excused=invited.filter(answer=Answer.NOT_COMING).count(),
        handed_over=meeting.check_ins.standing().with_card_given().count(),
        waiting=Card.objects.waiting_for_holder()
        .filter(registrant__in=present.filter(registrant__isnull=False).values("registrant"))
        .count(),
        refused=meeting.scans.filter(check_in__isnull=True).count(),
        step=step,
        arrivals=arrivals,
        communes=communes,
        arrivals_chart=columns(
            "arrivals",
            _("Arrivals by minute"),
            _("How many people came through the door in each stretch of time."),
            [label for label, _number in arrivals],
            Series(_("Arrivals"), [number for _label, number in arrivals]),
            direction,
        ).svg(),
        communes_chart=bars(
            "communes",
            _("Present by commune"),
            _("How many of those present come from each commune."),
            [Bar(label, number) for label, number in communes],
            direction,
        ).svg(),
    )


def _arrivals(present) -> tuple[int, list[tuple[str, int]]]:
    """Minutes a column stands for, and the columns from the first arrival to the last."""
    moments = (
        present.order_by().annotate(minute=TruncMinute("checked_in_at")).values_list("minute", flat=True)
    )
    counted = Counter(moments)
    if not counted:
        return 1, []
    first, last = min(counted), max(counted)
    minutes = int((last - first) / timedelta(minutes=1)) + 1
    step = -(-minutes // MOST_COLUMNS)
    numbers = [0] * -(-minutes // step)
    for minute, number in counted.items():
        numbers[int((minute - first) / timedelta(minutes=step))] += number
    starts = (timezone.localtime(first + timedelta(minutes=step * index)) for index in range(len(numbers)))
    return step, [(f"{start:%H:%M}", number) for start, number in zip(starts, numbers, strict=True)]


def _communes(present) -> list[tuple[str, int]]:
    """The communes that most people came from, the others together."""
    counted: Counter = Counter()
    for path in ("registrant__commune", "walk_in__commune"):
        counted.update(present.filter(**{f"{path}__isnull": False}).counted_by(path))
    names = {one.pk: one.name for one in Commune.objects.filter(pk__in=counted)}
    most = [(names[code], number) for code, number in counted.most_common(MOST_COMMUNES)]
    rest = sum(counted.values()) - sum(number for _name, number in most)
    return [*most, (_("Other communes"), rest)] if rest else most
