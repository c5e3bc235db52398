"""Which partner the signed-in person acts for: every page of a partner's space begins here."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.models import User
from partners.enums import PartnerState
from partners.models import Partner, PartnerAgent, Referral


def agent_of(user: User) -> PartnerAgent | None:
    """The account as an agent, with its partner and branch; None for an account that acts for no partner, or
    for one whose partnership ended.

    Asked once a request: navigation and page want the same.
    """
    if not hasattr(user, "acting_as"):
        agents = PartnerAgent.objects.select_related("partner", "branch")
        user.acting_as = agents.filter(user=user, partner__state=PartnerState.ACTIVE).first()
        if user.acting_as:
            user.acting_as.user = user
    return user.acting_as


def partnership_ended(user: User) -> bool:
    """Whether the account acted for a partner whose partnership ended."""
    return Partner.objects.filter(agents__user=user, state=PartnerState.ENDED).exists()


def waiting_requests(user: User) -> int | None:
    """How many requests wait for an answer of this agent's; for the navigation."""
    agent = agent_of(user)
    return Referral.objects.shown_to(agent).open().count() if agent else None


def as_agent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view its agent before the address's own arguments; stands under `@requires`.

    An account that nobody has tied to a partner yet, or whose partnership ended, is told so at the counter.
    """

    @wraps(view)
    def found(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        agent = agent_of(request.user)
        if agent is None:
            return redirect("partners:agent")
        return view(request, agent, *args, **kwargs)

    return found
