"""What the demo shows of partnerships: invented, and named as such; no rate, price or percentage anywhere."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from core.models import Chamber, User
from partners import actions
from partners.branch_files import check_branch_rows
from partners.enums import Access, OfferState, ReviewOutcome
from partners.models import Agreement, CheckPoint, Offer, Partner
from partners.offer_values import Values, values_of

_SOON = timedelta(days=45)
# Whose chambers' assemblies voted for it in the demo; that of the last one is still to vote.
ADHERED, TO_VOTE = ("11", "12", "09"), "01"
_HEADER = ("code", "name_ar", "name_fr", "commune", "address_ar", "address_fr", "access")
BRANCHES = (
    ("DEMO-1", "وكالة تجريبية بالعيون", "Agence de démo de Laâyoune", "11.321.01.03", Access.FULL),
    (
        "DEMO-2",
        "وكالة تجريبية ببوجدور",
        "Agence de démo de Boujdour",
        "11.121.01.01",
        Access.PARTIAL,
    ),
    ("DEMO-3", "وكالة تجريبية بأكادير", "Agence de démo d'Agadir", "09.001.01.01", Access.UNKNOWN),
    ("DEMO-4", "وكالة تجريبية بالداخلة", "Agence de démo de Dakhla", "12.391.01.01", Access.NONE),
)


def add_demo_partnership(*, partner: Partner, author: User, checker: User) -> Agreement:
    """An agreement with chambers' votes, places, and an offer in each state, one of them growing old.

    Args:
        author: drafts and proposes; who acts for the partner.
        checker: somebody else, of the staff, who checks.
    """
    agreement = _agreement(partner, checker)
    rows = [
        [line, [*names, commune, "عنوان تجريبي", "Adresse de démonstration", access.value]]
        for line, (*names, commune, access) in enumerate(BRANCHES, start=2)
    ]
    checked = check_branch_rows(_HEADER, rows)
    actions.push_branches(partner=partner, rows=checked.rows.values(), by=checker)
    _offers(partner, agreement, author, checker)
    return agreement


def _agreement(partner: Partner, by: User) -> Agreement:
    today = timezone.localdate()
    values = {
        "name_ar": "اتفاقية تجريبية (بيانات مخترعة)",
        "name_fr": "Convention de démonstration (données inventées)",
        "reference": "DEMO-2026-1",
        "starts_on": today - _SOON,
        "ends_on": today + _SOON,
        "needs_adhesion": True,
    }
    agreement = actions.create_agreement(partner=partner, values=values, by=by)
    agreement = actions.sign_agreement(agreement=agreement, signed_on=today - _SOON, by=by)
    for region in (*ADHERED, TO_VOTE):
        chamber = Chamber.objects.get(region_id=region)
        adhesion = actions.propose_adhesion(agreement=agreement, chamber=chamber, by=by)
        if region != TO_VOTE:
            actions.vote_adhesion(adhesion=adhesion, voted_on=today - timedelta(days=20), ends_on=None, by=by)
    return agreement


def _offers(partner: Partner, agreement: Agreement, author: User, checker: User) -> None:
    def draft(number: int, **more: Any) -> Offer:
        return actions.create_offer(partner=partner, values=_said(number, agreement, **more), by=author)

    def show(offer: Offer) -> Offer:
        actions.propose_offer(offer=offer, by=author)
        answers = dict.fromkeys(CheckPoint.objects.values_list("code", flat=True), True)
        published = {"outcome": ReviewOutcome.PUBLISHED, "answers": answers, "by": checker}
        return actions.review_offer(offer=offer, **published)

    draft(1)
    actions.propose_offer(offer=draft(2), by=author)
    shown = show(draft(3, ways=["card", "voucher", "referral"], limit_per_person=2, limit_period="year"))
    changed = values_of(shown) | {"how_ar": "نص تجريبي معدل.", "how_fr": "Texte de démonstration modifié."}
    actions.propose_change(offer=shown, values=changed, version=shown.version, by=author)
    actions.withdraw_offer(offer=show(draft(4)), reason="سحب تجريبي", by=author)
    growing_old, hidden = show(draft(5)), show(draft(6))
    _age(growing_old, timezone.localdate() + timedelta(days=12))
    _age(hidden, timezone.localdate() - timedelta(days=3))


def _age(offer: Offer, fresh_until: date) -> None:
    """As it is when months have gone by: no action takes a date of the past."""
    said = fresh_until - timedelta(days=180)
    Offer.objects.filter(pk=offer.pk, state=OfferState.PUBLISHED).update(
        fresh_until=fresh_until, confirmed_on=said, published_on=said
    )


def _said(number: int, agreement: Agreement, **more: Any) -> Values:
    return {
        "name_ar": f"عرض تجريبي {number} (مخترع)",
        "name_fr": f"Offre de démonstration {number} (inventée)",
        "what_ar": "نص تجريبي يبين أين يكتب ما يمنحه العرض.",
        "what_fr": "Texte de démonstration : ici se lit ce que l'offre apporte.",
        "how_ar": "نص تجريبي يبين كيفية الاستفادة.",
        "how_fr": "Texte de démonstration : ici se lit comment en bénéficier.",
        "terms_ar": "",
        "terms_fr": "",
        "access_ar": "",
        "access_fr": "",
        "agreement": agreement.pk,
        "domains": ["tools"],
        "regions": [],
        "crafts": [],
        "kinds": [],
        "ways": ["card"],
        "limit_per_person": None,
        "limit_period": "ever",
        "starts_on": None,
        "ends_on": None,
        "contact_phone": "",
        "contact_email": "",
        "requirements": [
            {"name_ar": "وثيقة تجريبية", "name_fr": "Document de démonstration", "is_required": True}
        ],
    } | more
