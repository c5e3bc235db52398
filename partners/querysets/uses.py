"""What is read of uses and vouchers, by name."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from partners.enums import VoucherState
from partners.voucher_codes import code_in

if TYPE_CHECKING:
    from partners.models import Partner, PartnerAgent, Voucher
    from registry.models import Registrant


class VoucherQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Issued, and its minutes are not over."""
        return self.filter(state=VoucherState.ISSUED, expires_at__gt=timezone.now())

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def known_to(self, partner: "Partner", text: str) -> "Voucher | None":
        """The voucher of a typed or scanned code for one of this partner's offers; None for others' codes."""
        code = code_in(text)
        if not code:
            return None
        known = self.filter(code=code, offer__partner=partner)
        return known.select_related("offer", "registrant").first()


class UseQuerySet(RegionScopedQuerySet):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(cancelled_at__isnull=True)

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(offer__partner=partner)

    def of_day(self, day: date) -> Self:
        return self.since(day).until(day)

    def since(self, day: date) -> Self:
        """Used on this day, by Moroccan clocks, or later."""
        return self.filter(used_at__gte=_begin_of(day))

    def until(self, day: date) -> Self:
        """Used on this day or before."""
        return self.filter(used_at__lt=_begin_of(day + timedelta(days=1)))

    def to_undo_by(self, agent: "PartnerAgent") -> Self:
        """Today's uses that this agent may take back: their own; for the administrator, all."""
        today = self.standing().of_partner(agent.partner).of_day(timezone.localdate())
        return today if agent.manages_partner else today.filter(recorded_by=agent.user_id)

    def shown_to(self, agent: "PartnerAgent") -> Self:
        """What an agent recorded today; every use of the partner for its administrator."""
        own = self.of_partner(agent.partner)
        if agent.manages_partner:
            return own
        return own.filter(recorded_by=agent.user_id).of_day(timezone.localdate())

    def with_list_columns(self) -> Self:
        return self.select_related("offer", "branch", "recorded_by", "recorded_key")


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
