"""A change of a published offer: what it says now and what it shall say, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.enums import ChangeState
from partners.forms.offers import ReviewForm
from partners.models import OfferChange
from partners.offer_values import NAMES, values_of
from partners.offer_words import sides
from partners.views import steps


@requires(Permission.CHECK_OFFERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what differs, then accept it or return it; whoever proposed it can only take it back."""
    asked = _change(pk)
    waits = asked.state == ChangeState.PROPOSED
    is_own = asked.proposed_by_id == request.user.pk
    form = ReviewForm(request.POST or None)
    if steps.reviewed(request, form, actions.review_change, change=asked):
        return redirect("partners:offer_file", asked.offer_id)
    names = [name for name in NAMES if name in asked.values]
    context = {
        "change": asked,
        "offer": asked.offer,
        "sides": sides(values_of(asked.offer), asked.values, names),
        "form": form,
        "waits": waits,
        "may_check": waits and not is_own,
    }
    return render(request, "partners/staff/change.html", context)


@requires(Permission.MANAGE_OFFERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked = _change(pk)
    return steps.take(
        request,
        actions.withdraw_change,
        done=_("The change is taken back; the offer stays as it is."),
        then=("partners:offer_file", asked.offer_id),
        change=asked,
    )


def _change(pk: int) -> OfferChange:
    return get_object_or_404(
        OfferChange.objects.select_related("offer__partner__parent", "proposed_by", "decided_by"), pk=pk
    )
