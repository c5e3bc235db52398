"""My benefits: those I have a right to first, the nearest before; one offer with the ways to use it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core.models import Chamber
from core.permissions import requires
from core.roles import Permission
from partners import catalogue
from partners.actions import add_favourite, remove_favourite
from partners.eligibility import right_to
from partners.enums import UseWay
from partners.filters.offers import BenefitsForm
from partners.holders import facts_now
from partners.models import Favourite, Offer, Voucher
from partners.ranking import nearest_places, nearness_for, own_offers, ranked_for
from partners.views.own import own_registrant

PAGE_SIZE = 20
MOST_PLACES = 6
MOST_USES = 10


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_benefits(request: HttpRequest) -> HttpResponse:
    """Running offers in the holder's order; the address holds domain, words and page."""
    registrant = own_registrant(request)
    facts = facts_now(registrant)
    form = BenefitsForm(request.GET, offers=catalogue.offers())
    found = form.found()
    near = nearness_for(registrant)
    ranked = ranked_for(form.in_domain(found), facts, near)
    page = Paginator(ranked, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "offers": own_offers((one.offer for one in page.object_list), facts, near, _favourites(registrant)),
        "tabs": form.tabs(catalogue.count_by_domain(found), request.GET),
    }
    return render(request, "partners/own/benefits.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_favourites(request: HttpRequest) -> HttpResponse:
    """The offers that I keep, also those that do not run at present."""
    registrant = own_registrant(request)
    facts = facts_now(registrant)
    kept = _favourites(registrant)
    offers = Offer.objects.filter(pk__in=kept).in_catalogue_order().with_list_columns()
    shown = own_offers(offers, facts, nearness_for(registrant), kept)
    ranked = sorted(shown, key=lambda own: (not own.right.holds, own.distance))
    page = Paginator(ranked, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "offers": page.object_list}
    return render(request, "partners/own/favourites.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: my right to it and why, the ways to use it, the nearest places, and my own uses."""
    registrant = own_registrant(request)
    offer = catalogue.offers().by_key.get(pk) or get_object_or_404(
        Offer.objects.known_to_holder(registrant).with_list_columns(), pk=pk
    )
    facts = facts_now(registrant)
    uses = registrant.offer_uses.standing().filter(offer=offer).select_related("branch", "feedback")
    context = {
        "offer": offer,
        "right": right_to(offer, facts),
        "ways": {way.name.lower(): way in offer.ways for way in UseWay},
        "voucher": Voucher.objects.live().of_holder(registrant).filter(offer=offer).first(),
        "referral": registrant.referrals.open().filter(offer=offer).first(),
        "requirements": offer.requirements.all(),
        "places": nearest_places(offer.partner, registrant)[:MOST_PLACES],
        "uses": uses[:MOST_USES],
        "is_favourite": Favourite.objects.filter(offer=offer, registrant=registrant).exists(),
        "chamber": Chamber.objects.filter(region=registrant.region_id).first(),
    }
    return render(request, "partners/own/offer.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def favourite(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an offer, or keep it no longer, as the button says."""
    registrant = own_registrant(request)
    offer = get_object_or_404(Offer.objects.known_to_holder(registrant), pk=pk)
    change = add_favourite if request.POST.get("keep") == "yes" else remove_favourite
    change(offer=offer, registrant=registrant)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("partners:own_offer", args=[pk])
    return redirect(back)


def _favourites(registrant) -> set[int]:
    return set(Favourite.objects.filter(registrant=registrant).values_list("offer_id", flat=True))
