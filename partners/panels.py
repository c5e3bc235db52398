"""What offers show on pages that gather from several apps."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cards.enums import CardState, CheckOutcome
from cards.models import Card
from cards.search import Identification, outcome_of
from partners import catalogue
from partners.actions import answer_check
from partners.enums import Missing, OfferState, Queue
from partners.filters.offers import GENERAL, in_queue
from partners.holders import facts_now
from partners.models import Adhesion, Agreement, Offer, Partner
from partners.ranking import held_by
from registry.enums import ACTIVE_STATES
from registry.models import Registrant

# More than these are seen in their list.
MOST_ENDINGS = 6


def own_benefits(request: HttpRequest, registrant: Registrant) -> dict | None:
    """The offers that the person has a right to now, by domain, while the registration stands."""
    if registrant.state not in ACTIVE_STATES:
        return None
    facts = facts_now(registrant)
    offers = catalogue.offers()
    counts = catalogue.count_by_domain(
        one for one in offers.running if one.is_in_region(registrant.region_id)
    )
    names = {domain.code: domain.name for domain in offers.domains} | {None: _("General")}
    own_url = reverse("partners:own_benefits")
    return {
        "held": sum(map(held_by(facts), offers.running)),
        "domains": [
            {
                "label": name,
                "count": counts[code],
                "url": f"{own_url}?{urlencode({'domain': code or GENERAL})}",
            }
            for code, name in names.items()
            if counts.get(code)
        ],
        "own_url": own_url,
        "card": _card_line(registrant),
    }


def partner_counter(request: HttpRequest, subject: None) -> dict | None:
    """Where a partner's agent begins."""
    partner = Partner.objects.acted_for_by(request.user)
    if partner is None:
        return None
    offers = Offer.objects.running().of_partner(partner)
    return {
        "partner": partner,
        "check_url": reverse("partners:agent"),
        "offer_count": offers.count(),
        "offers_url": f"{reverse('partners:catalogue')}?{urlencode({'partner': partner.code})}",
    }


def checked_rights(request: HttpRequest, card: Card) -> dict | None:
    """The right to the agent's own offers of whoever's card was just checked; that it was asked is kept."""
    partner = Partner.objects.acted_for_by(request.user)
    if partner is None or not ratelimit.consume(request, action="check_benefits"):
        return None
    found = Identification(outcome_of(card), card)
    answer = answer_check(found=found, partner=partner, by=request.user)
    return {"partner": partner, "answer": answer}


def offers_to_complete(request: HttpRequest, subject: None) -> dict:
    """What offers wait for and what shown ones still lack, each count leading to its list."""
    listed = reverse("partners:partners")
    everything, shown = Offer.objects.all(), Offer.objects.running()
    waiting = [(queue.label, in_queue(everything, queue), f"queue={queue.value}") for queue in Queue]
    lacking = f"state={OfferState.PUBLISHED.value}&missing="
    waiting += [
        (_("Offers without terms"), shown.without_terms(), f"{lacking}{Missing.TERMS.value}"),
        (_("Offers never confirmed"), shown.never_confirmed(), f"{lacking}{Missing.CONFIRMATION.value}"),
    ]
    return {
        "counts": [
            {"label": label, "count": offers.count(), "url": f"{listed}?{query}"}
            for label, offers, query in waiting
        ]
    }


def endings(request: HttpRequest, subject: None) -> dict | None:
    """Agreements and adhesions that end soon, and votes that an assembly owes, in the reader's scope."""
    adhesions = Adhesion.objects.visible_to(request.user).with_places()
    found = {
        "agreements": list(Agreement.objects.ending_soon().select_related("partner")[:MOST_ENDINGS]),
        "adhesions": list(adhesions.ending_soon().order_by("ends_on")[:MOST_ENDINGS]),
        "votes": list(adhesions.awaiting_vote()[:MOST_ENDINGS]),
    }
    return found if any(found.values()) else None


def _card_line(registrant: Registrant) -> dict[str, str]:
    card = Card.objects.live().for_check().filter(registrant=registrant).live_first().first()
    if card is None:
        return {"kind": "info", "text": _("Offers need a professional card: your chamber makes it.")}
    if outcome_of(card) == CheckOutcome.EXPIRED:
        return {"kind": "warning", "text": _("Your card has expired: ask your chamber to renew it.")}
    if card.is_coming and card.state != CardState.IN_BOX:
        return {"kind": "info", "text": _("Your card is being made.")}
    if card.state == CardState.IN_BOX:
        return {"kind": "success", "text": _("Your card is made and waits for you.")}
    return {"kind": "success", "text": _("Show your card to the partner to use an offer.")}
