"""A voucher on the holder's phone: a code good for minutes, which a till scans or types."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners.actions import issue_voucher
from partners.enums import VoucherState
from partners.models import Offer, Voucher
from partners.views.own import own_registrant
from partners.voucher_qr import code_svg, spoken


@requires(Permission.VIEW_OWN_FILE)
@never_cache
def own_voucher(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of one offer. A POST asks for it; asked twice it is the same while it is good."""
    registrant = own_registrant(request)
    offer = get_object_or_404(Offer.objects.known_to_holder(registrant).select_related("partner"), pk=pk)
    if request.method == "POST":
        try:
            issue_voucher(offer=offer, registrant=registrant, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("partners:own_offer", pk)
        return redirect("partners:own_voucher", pk)
    newest = Voucher.objects.of_holder(registrant).filter(offer=offer).first()
    if newest is None:
        return redirect("partners:own_offer", pk)
    return render(request, "partners/own/voucher.html", {"offer": offer, **_state(newest)})


@requires(Permission.VIEW_OWN_FILE)
@never_cache
@require_safe
def own_voucher_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes when a till has recorded the use; asked for while it is shown."""
    own = Voucher.objects.of_holder(own_registrant(request)).select_related("offer__partner")
    voucher = get_object_or_404(own, pk=pk)
    return render(request, "partners/own/_voucher.html", {"offer": voucher.offer, **_state(voucher)})


def _state(voucher: Voucher) -> dict:
    is_good = voucher.is_good
    return {
        "voucher": voucher,
        "is_good": is_good,
        "is_used": voucher.state == VoucherState.REDEEMED,
        "code": code_svg(voucher.code) if is_good else "",
        "spoken": spoken(voucher.code),
    }
