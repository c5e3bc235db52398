"""What the public check reads of a card: one row of few columns, by a statement that each session prepares.

Models of five tables, their query put together and planned anew for each check, would take most of its time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import connection

from cards.enums import COMING_STATES
from cards.models import CardRules

# In the order of the fields of CheckedCard.
_OF_SERIAL = """
    SELECT card.id, card.serial, card.state, card.issued_on, card.valid_until, card.photograph,
        card.registrant_id, holder.state,
        chamber.name_ar, chamber.name_fr, coalesce(chamber.photograph_on_verification, false),
        rules.checks_a_day, rules.far_checks_minutes,
        EXISTS (
            SELECT FROM cards_card AS newer
            WHERE newer.registrant_id = card.registrant_id AND newer.id > card.id
                AND newer.state = 'handed_over'
        ),
        card.face->>'name_ar', card.face->>'name_latin',
        card.face#>>'{design,kind_label,0}', card.face#>>'{design,kind_label,1}',
        card.face#>>'{craft,0}', card.face#>>'{craft,1}', card.face->>'nia'
    FROM cards_card AS card
    JOIN registry_registrant AS holder ON holder.id = card.registrant_id
    LEFT JOIN core_chamber AS chamber ON chamber.region_id = holder.region_id
    LEFT JOIN cards_cardrules AS rules ON rules.region_id = holder.region_id
    WHERE card.serial = %s
"""


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """Where a card stands, and what it says of its holder."""

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
        row = connection.fetch_row(_OF_SERIAL, [serial])
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
