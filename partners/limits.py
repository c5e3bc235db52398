"""What a limit a person counts over."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from partners.enums import UsePeriod

if TYPE_CHECKING:
    from partners.models import Offer


def period_of(offer: "Offer", day: date | None = None) -> str:
    """The period that a use on a day belongs to: "2026-11", "2026", or "" where uses count in all."""
    return current_period(offer.limit_period, day)


def current_period(kind: str, day: date | None = None) -> str:
    day = day or timezone.localdate()
    if kind == UsePeriod.MONTH:
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if kind == UsePeriod.YEAR else ""
