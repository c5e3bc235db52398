"""Addresses of the artisan's own benefits, and what to open them on."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from partners.enums import UseWay
from partners.models import OfferUse, ReferralDocument
from tests.address import Address
from tests.factories.events import InvitationFactory
from tests.factories.partners import OfferFactory, ReferralFactory, VoucherFactory


def _mine(name: str) -> Address:
    """A record of the artisan who opens it."""
    return Address(lambda records: {"pk": records[name].pk})


ADDRESSES: dict[str, Address] = {
    "partners:own_benefits": Address(query="?q=&domain=rail"),
    "partners:own_favourites": Address(),
    "partners:own_uses": Address(),
    "partners:own_offer": _mine("own_offer"),
    "partners:favourite": _mine("own_offer"),
    "partners:own_voucher": _mine("own_offer"),
    "partners:own_voucher_state": _mine("own_voucher"),
    "partners:own_referral_new": _mine("offer_by_request"),
    "partners:own_feedback": _mine("own_offer"),
    "partners:own_referral": _mine("own_referral"),
    "partners:own_referral_withdraw": _mine("own_referral"),
    "partners:own_referral_document": _mine("own_paper"),
    "registry:own_file": Address(),
    "registry:own_document": _mine("document"),
    "registry:own_messages": Address(),
    "registry:own_channel": Address(),
    "events:own_meetings": Address(),
    "events:own_calendar": _mine("meeting"),
    "events:own_answer": _mine("own_invitation"),
    "cards:own_report": Address(),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """An offer that the region's artisan used, kept and asked for, with one of everything."""
    holder = records["registrant"]
    offer = OfferFactory(ways=list(UseWay), domains=["rail"])
    referral = ReferralFactory(offer=offer, registrant=holder)
    voucher = VoucherFactory(offer=offer, registrant=holder)
    OfferUse.objects.create(
        offer=offer,
        registrant=holder,
        region=holder.region,
        way=UseWay.CARD,
        number=1,
        used_at=timezone.now(),
        recorded_by=records["registrar"],
    )
    holder.favourite_offers.create(offer=offer)
    return {
        "own_offer": offer,
        "own_voucher": voucher,
        "own_referral": referral,
        "offer_by_request": OfferFactory(ways=[UseWay.REFERRAL]),
        "own_paper": ReferralDocument.objects.create(
            referral=referral,
            title="شهادة",
            content_type="application/pdf",
            file=ContentFile(b"%PDF-1.7", name="paper.pdf"),
        ),
        "own_invitation": InvitationFactory(
            meeting=records["meeting"], registrant=holder, guest=None, position=7001
        ),
    }
