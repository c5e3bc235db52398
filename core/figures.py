"""What dashboards, workbooks and reports are made of: a title, what it means, a table and its chart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from core.charts.drawing import Drawing


@dataclass(frozen=True)
class Percent:
    """A share that stays a number in a workbook."""

    value: int

    def __str__(self) -> str:
        return f"{self.value}\N{NO-BREAK SPACE}%"


# Lines of a table that a page shows unfolded.
_SHORT = 12

Value = str | int | float | Percent | None


@dataclass(frozen=True)
class Table:
    """Words in the first column, then mostly numbers; None is shown as a dash."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Section:
    """`slug` names it in addresses and in the workbook; `note` says how it is counted."""

    slug: str
    title: str
    note: str
    table: Table
    chart: Drawing | None = None
    wide: bool = False
    # Addresses of the lines of the table, where a line leads somewhere.
    links: Sequence[str] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Whether the table is read at a glance and no chart says the same: it need not be folded."""
        return self.chart is None and len(self.table.rows) <= _SHORT

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, Value]]]]:
        """Each line of the table with its address, empty where it has none; each value with its header."""
        return [
            (url, list(zip(self.table.headers, row, strict=True)))
            for url, row in zip_longest(self.links, self.table.rows, fillvalue="")
        ]
