"""The first page of a partner's own space, and what its people did."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from partners.acting import as_agent
from partners.models import ApiKey, Branch, Offer, OfferUse, PartnerAgent, Referral

EVENTS_SHOWN = 100
# Long enough to have a till's key replaced before it stops.
KEY_ENDS_DAYS = 30


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def home(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    """What waits for the partner, and where everything of its own is."""
    partner, today = admin.partner, timezone.localdate()
    offers = Offer.objects.of_partner(partner)
    keys = ApiKey.objects.usable().of_partner(partner)
    context = {
        "admin": admin,
        "open_requests": Referral.objects.of_partner(partner).open().count(),
        "overdue": Referral.objects.of_partner(partner).overdue().count(),
        "uses": OfferUse.objects.of_partner(partner).standing().since(today.replace(day=1)).count(),
        "offers": offers.count(),
        "running": offers.running().count(),
        "agents": PartnerAgent.objects.of_partner(partner).filter(user__is_active=True).count(),
        "branches": Branch.objects.of_partner(partner).open().count(),
        "keys": keys.count(),
        "ending_keys": keys.filter(expires_at__lt=timezone.now() + timedelta(days=KEY_ENDS_DAYS)).count(),
    }
    return render(request, "partners/space/home.html", context)


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def activity(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    """What the partner's own people did lately: who, when and what, not to whom."""
    people = PartnerAgent.objects.of_partner(admin.partner).values_list("user_id", flat=True)
    events = AuditEvent.objects.filter(actor_id__in=[str(person) for person in people])
    context = {"admin": admin, "events": events[:EVENTS_SHOWN]}
    return render(request, "partners/space/activity.html", context)
