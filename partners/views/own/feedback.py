"""What became of an offer, in the holder's words: of a use, of a request, or of a card merely shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from partners.actions import give_feedback
from partners.forms.own import FeedbackForm
from partners.models import Offer
from partners.ranking import nearest_places
from partners.views.own import own_registrant


@requires(Permission.VIEW_OWN_FILE)
def own_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it went. `use` or `referral` in the address names which of my own it speaks of."""
    registrant = own_registrant(request)
    offer = get_object_or_404(Offer.objects.known_to_holder(registrant).select_related("partner"), pk=pk)
    use = _of_mine(registrant.offer_uses, request.GET.get("use"), offer)
    referral = _of_mine(registrant.referrals, request.GET.get("referral"), offer)
    form = FeedbackForm(request.POST or None, places=nearest_places(offer.partner, registrant))
    if request.method == "POST" and form.is_valid():
        try:
            said = give_feedback(
                offer=offer,
                registrant=registrant,
                use=use,
                referral=referral,
                by=request.user,
                **form.cleaned_data,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            thanks = (
                _("Thank you. The chamber follows this refusal up.") if said.follow_up else _("Thank you.")
            )
            messages.success(request, thanks)
            return redirect("partners:own_offer", pk)
    context = {"offer": offer, "form": form, "use": use, "referral": referral}
    return render(request, "partners/own/feedback.html", context)


def _of_mine(rows, key: str | None, offer: Offer):
    """The record named in the address, where it is the reader's and about this offer."""
    if not key:
        return None
    return get_object_or_404(rows.filter(offer=offer), pk=record_key(key))
