"""The months that a dashboard speaks of."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

# The decrees of the register are of that year.
FIRST_YEAR = 2021
WHOLE, LAST_MONTHS = "all", "12"


@dataclass(frozen=True)
class Period:
    """`value` is what the address holds; a side that is None is open."""

    value: str
    words: str
    first: date | None = None
    last: date | None = None

    @property
    def months(self) -> tuple[date | None, date | None]:
        return self.first, self.last


def periods() -> list[Period]:
    """Everything, the last twelve months, and each year since the register began."""
    today = timezone.localdate()
    # Eleven months before this one: the same month a year ago would be a thirteenth.
    back = today.year * 12 + today.month - 1 - 11
    years = range(today.year, FIRST_YEAR - 1, -1)
    return [
        Period(WHOLE, _("All the time")),
        Period(LAST_MONTHS, _("The last 12 months"), date(back // 12, back % 12 + 1, 1), None),
        *(Period(str(year), str(year), date(year, 1, 1), date(year, 12, 1)) for year in years),
    ]


def period_of(value: str) -> Period:
    """The one that the address asks for; everything where it asks for none of ours."""
    known = {period.value: period for period in periods()}
    return known.get(value, known[WHOLE])
