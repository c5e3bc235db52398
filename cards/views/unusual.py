"""Unusual checks of cards, for the officer who can stop a card."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cards.actions.checks import dismiss_unusual
from cards.models import UnusualCheck
from cards.views.attempts import attempt
from core.models import Region
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25


@requires(Permission.REVOKE_CARD)
@require_safe
def unusual_list(request: HttpRequest) -> HttpResponse:
    """What was noticed and waits for somebody; `?dismissed=yes` shows what was dealt with."""
    checks = UnusualCheck.objects.visible_to(request.user).with_card()
    dismissed = request.GET.get("dismissed") == "yes"
    shown = checks.filter(dismissed_at__isnull=False) if dismissed else checks.open()
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    names = {region.pk: region.name for region in Region.objects.all()}
    rows = [
        {
            "check": check,
            "id": f"dismiss-{check.pk}",
            "regions": _("، ").join(names.get(code, code) for code in check.regions),
        }
        for check in page
    ]
    context = {"page": page, "rows": rows, "dismissed": dismissed}
    return render(request, "cards/unusual.html", context)


@requires(Permission.REVOKE_CARD)
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off the list, with what was found out."""
    check = get_object_or_404(UnusualCheck.objects.visible_to(request.user), pk=pk)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: dismiss_unusual(check=check, reason=reason, by=request.user),
        _("The notice is dismissed; the reason is kept."),
    )
    return redirect("cards:unusual")
