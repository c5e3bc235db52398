"""Open to all: the catalogue by domain, an offer's page, a partner's page, the list of points."""

from collections.abc import Iterable
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.links import absolute
from core.models import Chamber, Region, ServiceDomain, User
from core.roles import Permission
from partners import catalogue as running
from partners.filters.offers import GENERAL, CatalogueForm
from partners.holders import right_now
from partners.models import Branch, CheckPoint, Offer, Partner
from partners.querysets.branches import BranchQuerySet
from partners.structured_data import as_script, offer_data, partner_data
from registry.models import Registrant

PAGE_SIZE = 24
# Above this a page on a phone names regions first, and the places of one region at a time.
BRANCHES_SHOWN = 40


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Offers by domain; the address holds the whole state."""
    form = CatalogueForm(request.GET, offers=running.offers())
    found = form.found()
    page = Paginator(form.in_domain(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "groups": _by_domain([one.offer for one in page.object_list], form.chosen_domain),
        "chips": form.chips(request.GET),
        "tabs": form.tabs(running.count_by_domain(found), request.GET),
        "address": absolute(reverse("partners:catalogue")),
    }
    return render(request, "partners/catalogue/list.html", context)


@login_not_required
@require_safe
def offer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer as its readers see it; the reader's own right to it where there is one.

    `?region=` tells whose chamber to ask and which places to name.
    """
    offer = get_object_or_404(Offer.objects.visible_to(request.user).with_page(), pk=pk)
    holder = _holder(request.user)
    region = _region(request, holder)
    places = Branch.objects.of_offer(offer)
    branches = _branches(request, places, region)
    chamber = Chamber.objects.filter(region=region).first() if region else None
    votes = offer.agreement is not None and offer.agreement.needs_adhesion
    joined = [one.chamber for one in offer.agreement.joined] if votes else []
    context = {
        "offer": offer,
        "manages": _manages(request.user),
        "right": right_now(offer, holder) if holder else None,
        "region": region,
        "regions": Region.objects.all(),
        "chamber": chamber,
        "votes": votes,
        "joined": joined,
        "has_not_joined": votes and chamber is not None and chamber not in joined,
        "documents": offer.documents.all(),
        "address": absolute(reverse("partners:offer", args=[offer.pk])),
        "picture": absolute(reverse("partners:offer_picture", args=[offer.pk])),
        "data": as_script(offer_data(offer, branches["page"])) if offer.is_running else "",
        **branches,
    }
    return render(request, "partners/catalogue/offer.html", context)


@login_not_required
@require_safe
def partner_page(request: HttpRequest, code: str) -> HttpResponse:
    """A partner with its group or its companies, its offers, and its places by commune."""
    partners = Partner.objects.visible_to(request.user).select_related("parent")
    partner = get_object_or_404(partners, code=code)
    offers = list(Offer.objects.running().of_group(partner).in_catalogue_order().with_list_columns())
    region = _region(request, _holder(request.user))
    branches = _branches(request, Branch.objects.open().of_partner(partner), region)
    context = {
        "partner": partner,
        "companies": partner.subsidiaries.with_offers_running(),
        "offers": offers,
        "region": region,
        "regions": Region.objects.all(),
        "address": absolute(reverse("partners:partner", args=[partner.code])),
        "data": as_script(partner_data(partner, branches["page"])),
        **branches,
    }
    return render(request, "partners/catalogue/partner.html", context)


@login_not_required
@require_safe
def check_points(request: HttpRequest) -> HttpResponse:
    """What is looked at before an offer is shown."""
    points = CheckPoint.objects.filter(is_active=True)
    return render(request, "partners/catalogue/check_points.html", {"points": points})


def _by_domain(offers: Iterable[Offer], chosen: ServiceDomain | None) -> list[dict]:
    """The page's offers under the domain by which they are ordered, those without any under a general one."""
    groups: list[dict] = []
    for offer in offers:
        domain = chosen or next(iter(offer.domains.all()), None)
        code, name = (domain.code, domain.name) if domain else (GENERAL, _("General"))
        if not groups or groups[-1]["code"] != code:
            groups.append({"code": code, "name": name, "offers": []})
        groups[-1]["offers"].append(offer)
    return groups


def _holder(user: User) -> Registrant | None:
    if not user.is_authenticated or not user.can(Permission.VIEW_OWN_FILE):
        return None
    return Registrant.objects.filter(user=user).select_related("region").first()


def _manages(user: User) -> bool:
    return user.is_authenticated and user.can(Permission.MANAGE_OFFERS)


def _region(request: HttpRequest, holder: Registrant | None) -> Region | None:
    """The one asked for, none where all were asked for, else the reader's own."""
    own = holder.region_id if holder else getattr(request.user, "region_id", None)
    return Region.objects.filter(pk=request.GET.get("region", own or "")[:2]).first()


def _branches(request: HttpRequest, places: BranchQuerySet, region: Region | None) -> dict:
    """The places by commune, those of the region where one is chosen; too many of them by region only."""
    counts = places.count_by_region()
    named = places.in_region(region.pk) if region and region.pk in counts else places
    page = None
    if region or sum(counts.values()) <= BRANCHES_SHOWN:
        page = Paginator(named.with_places().by_place(), BRANCHES_SHOWN).get_page(request.GET.get("page"))
    return {
        "page": page,
        "communes": _by_commune(page) if page else [],
        "branch_count": sum(counts.values()),
        "by_region": [
            {"region": one, "count": counts[one.pk]} for one in Region.objects.filter(pk__in=counts)
        ],
        "elsewhere": bool(region) and region.pk not in counts,
    }


def _by_commune(page: Page) -> list[tuple]:
    return [(commune, list(here)) for commune, here in groupby(page.object_list, lambda one: one.commune)]
