"""Examples in the description; none of these cards, people and branches exists."""

from typing import Any

from partners.api.schemas import BRANCH_EXAMPLE, CARD_EXAMPLE, OFFER_EXAMPLE, VOUCHER_EXAMPLE

SENT: dict[str, dict[str, Any]] = {
    "verifyCard": {"card": CARD_EXAMPLE},
    "recordUse": {"card": CARD_EXAMPLE, "offer": OFFER_EXAMPLE, "branch": BRANCH_EXAMPLE},
    "redeemVoucher": {"voucher": VOUCHER_EXAMPLE},
    "pushBranches": {
        "branches": [
            {
                "code": BRANCH_EXAMPLE,
                "name_ar": "وكالة العيون",
                "name_fr": "Agence de Laâyoune",
                "commune": "11.321.01.03",
                "phone": "+212528000000",
                "access": "full",
            }
        ]
    },
}
_USE = {
    "id": 1207,
    "offer": OFFER_EXAMPLE,
    "way": "card",
    "number": 1,
    "limit": 2,
    "branch": BRANCH_EXAMPLE,
    "used_at": "2026-03-02T10:15:00+00:00",
}
ANSWERED: dict[str, dict[str, Any]] = {
    "listOffers": {
        "offers": [
            {
                "offer": OFFER_EXAMPLE,
                "name_ar": "عرض الشريك",
                "name_fr": "Offre du partenaire",
                "ways": ["card"],
                "limit": 2,
            }
        ]
    },
    "verifyCard": {
        "outcome": "valid",
        "valid": True,
        "holder": {"name_ar": "اسم صاحب البطاقة", "name_latin": "Nom du titulaire"},
        "offers": [
            {
                "offer": OFFER_EXAMPLE,
                "right": True,
                "reason": "Le titulaire d'une carte valable y a droit.",
                "ways": ["card"],
            }
        ],
    },
    "recordUse": _USE,
    "redeemVoucher": _USE | {"way": "voucher", "limit": None, "branch": None},
    "pushBranches": {"created": 1, "updated": 0, "unchanged": 0},
}
# What most often lies behind each status.
PROBLEMS = {
    "400": ("bad-request", {}),
    "401": ("no-key", {}),
    "403": ("scope", {}),
    "404": ("not-found", {}),
    "405": ("method", {}),
    "409": ("refused", {}),
    "413": ("too-large", {}),
    "415": ("media-type", {}),
    "422": ("validation", {"errors": [{"pointer": "#/card", "detail": "Field required"}]}),
    "429": ("too-many", {}),
}


def problem(status: str) -> dict[str, Any]:
    slug, more = PROBLEMS[status]
    return {
        "type": f"https://portal.example/api/tills/v1/#problem-{slug}",
        "title": slug,
        "status": int(status),
        "detail": "…",
        "instance": "urn:uuid:0b4c7cde-2f43-4b6a-9d3e-5d8f2f9f2f10",
        **more,
    }
