"""What is read of holders' requests, by name."""

from typing import TYPE_CHECKING, Self

from django.db.models import Case, Count, Q, When
from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from partners.enums import OPEN_REFERRALS, PARTNERS_TURN

if TYPE_CHECKING:
    from partners.models import Partner, PartnerAgent
    from registry.models import Registrant


class ReferralQuerySet(RegionScopedQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_REFERRALS)

    def overdue(self) -> Self:
        """The partner's time is over; while documents are asked for, it is the holder's turn."""
        return self.filter(state__in=PARTNERS_TURN, due_on__lt=timezone.localdate())

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def of_partner(self, partner: "Partner") -> Self:
        """The partner's own inbox; the group's other companies have theirs."""
        return self.filter(offer__partner=partner)

    def shown_to(self, agent: "PartnerAgent") -> Self:
        """The partner's; an agent who stands at a branch sees its requests, and those for any branch."""
        own = self.of_partner(agent.partner)
        if agent.manages_partner or agent.branch_id is None:
            return own
        return own.filter(Q(branch=agent.branch_id) | Q(branch__isnull=True))

    def most_pressing_first(self) -> Self:
        """Whatever is due first; of what is decided, the latest."""
        closed = Case(When(state__in=OPEN_REFERRALS, then=0), default=1)
        return self.order_by(closed, "due_on", "-pk")

    def with_list_columns(self) -> Self:
        return self.select_related("offer", "registrant", "region", "branch", "taken_by")

    def count_by_state(self) -> dict[str, int]:
        counted = self.order_by().values_list("state").annotate(Count("pk"))
        return dict(counted)
