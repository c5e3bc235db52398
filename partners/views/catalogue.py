"""What every reader sees: the catalogue by domain, and one offer's page."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cards.models import Card
from cards.search import outcome_of
from core.models import AuditEvent, Chamber, ServiceDomain
from core.permissions import requires
from core.roles import Permission
from partners.eligibility import Right, facts_of, right_to
from partners.filters import GENERAL, CatalogueForm
from partners.models import Offer
from registry.models import Registrant

PAGE_SIZE = 24
HISTORY_SIZE = 50


@requires(Permission.VIEW_OFFERS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Offers by domain; the address holds the whole state."""
    form = CatalogueForm(request.GET)
    found = form.apply(Offer.objects.running())
    offers = form.apply_domain(found).in_catalogue_order().with_list_columns()
    page = Paginator(offers, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "groups": _by_domain(page.object_list, form.chosen_domain),
        "chips": form.chips(request.GET),
        "tabs": form.tabs(found.count_by_domain(), request.GET),
    }
    return render(request, "partners/catalogue.html", context)


@requires(Permission.VIEW_OFFERS)
def offer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: its terms or where to ask for them, when it was confirmed, the reader's own right to it."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).with_list_columns(), pk=pk)
    manages = request.user.can(Permission.MANAGE_OFFERS)
    holder = Registrant.objects.filter(user=request.user).select_related("region").first()
    region_id = holder.region_id if holder else request.user.region_id
    context = {
        "offer": offer,
        "manages": manages,
        "history": AuditEvent.objects.about(offer)[:HISTORY_SIZE] if manages else [],
        "right": _own_right(offer, holder) if holder else None,
        "chamber": Chamber.objects.filter(region=region_id).first() if region_id else None,
    }
    return render(request, "partners/offer.html", context)


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


def _own_right(offer: Offer, holder: Registrant) -> Right:
    card = Card.objects.live().for_check().filter(registrant=holder).first()
    return right_to(offer, facts_of(holder, outcome_of(card) if card else None))
