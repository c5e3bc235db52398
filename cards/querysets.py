"""What is read of cards and batches, by name."""

from typing import Self

from django.db.models import Case, IntegerField, Q, Value, When

from cards.enums import LIVE_STATES, UNFINISHED_STATES, CardState
from cards.serials import normalise_serial
from core.arabic import clean, compact_number
from core.scoping import RegionScopedQuerySet
from registry.search.filtering import named


class CardQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)

    def waiting_for_holder(self) -> Self:
        return self.filter(state=CardState.MADE)

    def in_print_order(self) -> Self:
        return self.order_by("batch_id", "position")

    def with_holder(self) -> Self:
        return self.select_related("registrant__region", "registrant__commune", "batch")

    def for_check(self) -> Self:
        """With all that a check of a card asks for, in one query."""
        return self.select_related("registrant__region__chamber", "batch")

    def of_nia(self, nia: str) -> Self:
        """The cards of whoever has this registration number, with or without its separators."""
        return self.filter(registrant__nia_compact=compact_number(nia))

    def live_first(self) -> Self:
        """The card that counts before those that were stopped, else the newest."""
        rank = Case(When(state__in=LIVE_STATES, then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.order_by(rank, "-id")

    def search(self, text: str) -> Self:
        """Find by serial number, registration number or words of the holder's name, in either script."""
        typed = clean(text)
        if not typed:
            return self
        found = Q(registrant__nia_compact=compact_number(typed))
        serial = normalise_serial(typed)
        if serial:
            found |= Q(serial=serial)
        numbered = self.filter(found)
        # A name has no digit: whoever typed a number is not looked for by name as well.
        if any(char.isdigit() for char in typed) and numbered.exists():
            return numbered
        return self.filter(named(typed, of="registrant__"))


class CardBatchQuerySet(RegionScopedQuerySet):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED_STATES)
