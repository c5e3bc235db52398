"""What the public check reads of a card: one row of few columns, by a function of the database.

Models of five tables, their query put together and planned anew for each check, would take most of its time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import connection

from cards.enums import COMING_STATES
from cards.models import CardRules


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A row of `cards_checked`: where a card stands, and what it says of its holder."""

    pk: int
    serial: str
    state: str
    issued_on: date
    valid_until: date
    photograph: str
    registrant_id: int
    holder_state: str
    chamber_ar: str
    chamber_fr: str
    chamber_shows_photograph: bool
    checks_a_day: int | None
    far_checks_minutes: int | None
    is_succeeded: bool
    name_ar: str
    name_latin: str
    kind_ar: str
    kind_fr: str
    craft_ar: str
    craft_fr: str
    nia: str

    @classmethod
    def of_serial(cls, serial: str) -> Self | None:
        """The card of a serial in its printed form; one query."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cards_checked(%s)", [serial])
            row = cursor.fetchone()
        return cls(*row) if row else None

    @property
    def is_coming(self) -> bool:
        """Whether it is on its way to the holder."""
        return self.state in COMING_STATES

    @property
    def rules(self) -> CardRules | None:
        """The chamber's own rules for checks, where it set any."""
        if self.checks_a_day is None:
            return None
        return CardRules(checks_a_day=self.checks_a_day, far_checks_minutes=self.far_checks_minutes)

    def chamber(self, language: str) -> str:
        return self.chamber_ar if language == "ar" else (self.chamber_fr or self.chamber_ar)
