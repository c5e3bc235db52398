"""How the states of requests look."""

from django import template

from partners.enums import ReferralState

register = template.Library()

_KINDS = {
    ReferralState.SENT: "info",
    ReferralState.IN_HAND: "info",
    ReferralState.DOCUMENTS_ASKED: "warning",
    ReferralState.ACCEPTED: "success",
    ReferralState.REFUSED: "danger",
}


@register.filter
def referral_kind(state: str) -> str:
    return _KINDS.get(state, "neutral")
