"""What is read of holders' words, by name."""

from typing import TYPE_CHECKING, Self

from core.scoping import RegionScopedQuerySet
from partners.enums import Experience, FollowUpState

if TYPE_CHECKING:
    from partners.models import Partner
    from registry.models import Registrant


class FeedbackQuerySet(RegionScopedQuerySet):
    def refusals(self) -> Self:
        """Whoever was refused, as the holder or the partner says."""
        return self.filter(experience=Experience.REFUSED)

    def told_by_holders(self) -> Self:
        return self.filter(by_partner=False)

    def to_follow_up(self) -> Self:
        """Refusals that nobody has settled."""
        return self.filter(follow_up__in=[FollowUpState.OPEN, FollowUpState.IN_HAND])

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def of_partner(self, partner: "Partner") -> Self:
        """Of the partner's own offers; those of the group's other companies are theirs."""
        return self.filter(offer__partner=partner)

    def oldest_first(self) -> Self:
        """As they are followed up."""
        return self.order_by("said_at", "pk")

    def with_refusal_columns(self) -> Self:
        """With all that a refusal's line shows, in one query."""
        return self.select_related("offer__partner__parent", "region", "branch__commune", "followed_by")
