"""What is read of holders' words, by name."""

from typing import TYPE_CHECKING, Self

from core.scoping import RegionScopedQuerySet
from partners.enums import FollowUpState

if TYPE_CHECKING:
    from registry.models import Registrant


class FeedbackQuerySet(RegionScopedQuerySet):
    def to_follow_up(self) -> Self:
        """Refusals that nobody has settled."""
        return self.filter(follow_up__in=[FollowUpState.OPEN, FollowUpState.IN_HAND])

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)
