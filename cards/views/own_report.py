"""The holder's own report of a card lost, stolen or damaged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cards.actions.reporting import report_card
from cards.enums import CardState
from cards.forms_own import ReportForm
from cards.models import Card
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission

# Before it lies at the chamber or in the holder's hand there is nothing to lose.
_REPORTED = (CardState.HANDED_OVER,)


@requires(Permission.VIEW_OWN_FILE)
def own_report(request: HttpRequest) -> HttpResponse:
    """Say what happened to the card; its code answers "revoked" from then on."""
    held = Card.objects.filter(registrant__user=request.user, state__in=_REPORTED)
    card = held.select_related("registrant").order_by("-id").first()
    if card is None:
        return render(request, "cards/own_report.html", {"card": None})
    form = ReportForm(request.POST or None, region_id=card.registrant.region_id)
    if request.method == "POST" and form.is_valid():
        try:
            asked = report_card(card=card, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("The card is stopped, and a new one is asked for.") if asked else _("The card is stopped."),
            )
            return redirect("registry:own_space")
    return render(request, "cards/own_report.html", {"card": card, "form": form})
