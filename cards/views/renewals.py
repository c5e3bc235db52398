"""Cards that run out soon, and the chamber's rules of its cards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards import actions
from cards.forms import keys_ticked
from cards.forms_requests import CardRulesForm
from cards.models import Card, CardRules
from core.exceptions import ActionRefused
from core.models import Chamber
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 50


@requires(Permission.VIEW_CARDS)
def renewals(request: HttpRequest) -> HttpResponse:
    """Cards whose end comes within the chamber's notice, the soonest first, without those renewed already."""
    due = Card.objects.visible_to(request.user).due_for_renewal()
    if request.method == "POST" and request.user.can(Permission.REQUEST_CARDS):
        made = _ask(request, due.filter(pk__in=keys_ticked(request.POST, "card")))
        if made:
            done = ngettext("%(n)s renewal is asked for.", "%(n)s renewals are asked for.", made)
            messages.success(request, done % {"n": made})
            return redirect("cards:renewals")
        messages.warning(request, _("Choose at least one card."))
    context = {
        "page": Paginator(due.with_holder(), PAGE_SIZE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "can_ask": request.user.can(Permission.REQUEST_CARDS),
    }
    return render(request, "cards/renewals.html", context)


@requires(Permission.MANAGE_CHAMBER)
def card_rules(request: HttpRequest, region_code: str) -> HttpResponse:
    """Approval, renewal, proxies, signatures and reminders: what no published text fixes."""
    chambers = Chamber.objects.visible_to(request.user).select_related("region")
    chamber = get_object_or_404(chambers, region_id=region_code)
    form = CardRulesForm(request.POST or None, instance=CardRules.objects.of(region_code))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_card_rules(
                region=chamber.region,
                changes=form.changes(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The rules are saved."))
            return redirect("cards:rules", region_code=region_code)
    return render(request, "cards/rules.html", {"chamber": chamber, "form": form})


def _ask(request: HttpRequest, cards) -> int:
    """The national office renews cards of several regions at once: each chamber has its own rules."""
    by_region: dict[str, list[int]] = {}
    for region_id, holder in cards.values_list("registrant__region_id", "registrant_id"):
        by_region.setdefault(region_id, []).append(holder)
    return sum(
        actions.request_cards(registrant_ids=holders, region_id=region_id, by=request.user)
        for region_id, holders in by_region.items()
    )
