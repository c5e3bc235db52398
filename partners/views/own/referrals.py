"""My requests: sent with the documents asked for, followed, completed, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from partners.actions import ask_for_offer, send_documents, withdraw_referral
from partners.enums import OPEN_REFERRALS, PartnerState, UseWay
from partners.forms.own import DocumentsForm, ReferralForm
from partners.holders import right_now
from partners.models import Offer, Referral, ReferralDocument
from partners.own_timeline import own_timeline
from partners.ranking import nearest_places
from partners.views.own import own_registrant

MOST_SHOWN = 50
HISTORY_SIZE = 30


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_uses(request: HttpRequest) -> HttpResponse:
    """My requests and my uses, the newest first."""
    registrant = own_registrant(request)
    uses = registrant.offer_uses.standing().select_related("offer__partner", "branch", "feedback")
    context = {
        "referrals": registrant.referrals.select_related("offer__partner")[:MOST_SHOWN],
        "uses": uses[:MOST_SHOWN],
    }
    return render(request, "partners/own/uses.html", context)


@requires(Permission.VIEW_OWN_FILE)
def own_referral_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what an offer gives; what was sent stays though another field did not pass."""
    registrant = own_registrant(request)
    offer = get_object_or_404(Offer.objects.known_to_holder(registrant).with_list_columns(), pk=pk)
    standing = registrant.referrals.open().filter(offer=offer).first()
    if standing is not None:
        return redirect("partners:own_referral", standing.pk)
    right = right_now(offer, registrant)
    if UseWay.REFERRAL not in offer.ways or not right.holds:
        messages.error(request, right.reason if not right.holds else _("This offer is not used by request."))
        return redirect("partners:own_offer", pk)
    form = ReferralForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        requirements=list(offer.requirements.all()),
        places=nearest_places(offer.partner, registrant),
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                made = ask_for_offer(
                    offer=offer,
                    registrant=registrant,
                    branch=form.cleaned_data["branch"],
                    documents=form.documents(),
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your request is sent: %(number)s") % {"number": made.number})
                return redirect("partners:own_referral", made.pk)
        form.keep_uploads()
    return render(request, "partners/own/referral_new.html", {"offer": offer, "form": form})


@requires(Permission.VIEW_OWN_FILE)
def own_referral(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: where it is, what the partner answered, my documents, and what I can do."""
    referral = _own(request, pk)
    form = DocumentsForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        requirements=list(referral.offer.requirements.all()),
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                send_documents(referral=referral, documents=form.documents(), by=request.user)
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your documents are sent."))
                return redirect("partners:own_referral", pk)
        form.keep_uploads()
    context = {
        "referral": referral,
        "form": form,
        "timeline": own_timeline(AuditEvent.objects.about(referral)[:HISTORY_SIZE]),
        "is_open": referral.state in OPEN_REFERRALS,
        "is_answered": referral.offer.partner.state == PartnerState.ACTIVE,
        "has_feedback": hasattr(referral, "feedback") and not referral.feedback.by_partner,
    }
    return render(request, "partners/own/referral.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_referral_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        withdraw_referral(referral=_own(request, pk), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("partners:own_referral", pk)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_referral_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A document that I sent."""
    own = ReferralDocument.objects.filter(referral__registrant__user=request.user)
    document = get_object_or_404(own, pk=pk)
    return serve_protected(document.file, content_type=document.content_type)


def _own(request: HttpRequest, pk: int) -> Referral:
    own = Referral.objects.of_holder(own_registrant(request)).select_related(
        "offer__partner__parent", "branch__commune", "registrant", "feedback"
    )
    return get_object_or_404(own.prefetch_related("documents"), pk=pk)
