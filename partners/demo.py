"""An artisan of the demo with a card in hand, who keeps, uses and asks for offers of an invented partner."""

from datetime import timedelta

from django.utils import timezone

from core.models import User
from partners.actions import add_favourite, ask_for_offer, give_feedback, record_use
from partners.enums import Experience, OfferState, RefusalGround, UseWay
from partners.models import Branch, Offer, Partner, PartnershipRules
from registry.actions import account_for
from registry.models import Registrant

PARTNER = "demo-partner"


def demo_partner() -> Partner:
    """The invented partner that the demo's accounts act for: no real one is given terms it never said."""
    names = {"name_ar": "شريك تجريبي (غير حقيقي)", "name_fr": "Partenaire de démonstration (fictif)"}
    partner, _created = Partner.objects.get_or_create(code=PARTNER, defaults=names)
    return partner


def add_demo_benefits(*, holder: Registrant, agent: User) -> None:
    """Two offers that say what they are, a place in the holder's commune, a use, a request and a refusal."""
    partner = demo_partner()
    Branch.objects.create(
        partner=partner,
        code="DEMO-0",
        name_ar="وكالة تجريبية",
        name_fr="Agence de démonstration",
        commune_id=holder.commune_id,
    )
    voucher = _offer(
        partner,
        "demo-voucher",
        names=("عرض تجريبي بقسيمة", "Offre de démonstration par bon"),
        ways=[UseWay.CARD, UseWay.VOUCHER],
        limit_per_person=3,
        limit_period="month",
    )
    request = _offer(
        partner,
        "demo-request",
        names=("خدمة تجريبية بطلب", "Service de démonstration sur demande"),
        ways=[UseWay.REFERRAL],
    )
    request.requirements.create(
        name_ar="وثيقة تجريبية", name_fr="Document de démonstration", is_required=False
    )
    by = account_for(holder)
    for offer in (voucher, Offer.objects.running().exclude(partner=partner).order_by("id").first()):
        if offer is not None:
            add_favourite(offer=offer, registrant=holder)
    record_use(offer=voucher, registrant=holder, by=agent)
    ask_for_offer(offer=request, registrant=holder, by=by)
    give_feedback(
        offer=voucher,
        registrant=holder,
        experience=Experience.REFUSED,
        ground=RefusalGround.UNKNOWN_OFFER,
        words="كلمة تجريبية: لم يعرف الشباك هذا العرض.",
        by=by,
    )


def _offer(partner: Partner, code: str, *, names: tuple[str, str], **fields) -> Offer:
    today = timezone.localdate()
    return Offer.objects.create(
        partner=partner,
        code=code,
        name_ar=names[0],
        name_fr=names[1],
        state=OfferState.PUBLISHED,
        published_on=today,
        confirmed_on=today,
        fresh_until=today + timedelta(days=PartnershipRules.current().hide_after_days),
        **fields,
    )
