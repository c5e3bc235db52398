"""What is read of cards and batches, by name."""

from typing import Self

from cards.enums import LIVE_STATES, UNFINISHED_STATES, CardState
from core.scoping import RegionScopedQuerySet


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


class CardBatchQuerySet(RegionScopedQuerySet):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED_STATES)
