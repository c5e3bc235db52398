"""What partners' areas open: offers in their states, agreements, votes, papers, branches."""

from typing import Any

from django.core.files.base import ContentFile

from partners.enums import AdhesionState, AgreementState, OfferState
from partners.models import PartnershipDocument
from tests.address import Address, of
from tests.factories.partners import (
    AdhesionFactory,
    AgreementFactory,
    BranchFactory,
    BranchImportFactory,
    OfferChangeFactory,
    OfferFactory,
)

PDF = b"%PDF-1.7\n%%EOF"


def _of(name: str, **more) -> Address:
    """The address of a record of no region's."""
    return Address(lambda records: {"pk": records[name].pk} | more)


ADDRESSES: dict[str, Address] = {
    "partners:catalogue": Address(),
    "partners:offer": _of("offer"),
    "partners:partner": Address(lambda r: {"code": r["offer"].partner.code}),
    "partners:check_points": Address(),
    "partners:leaflet": _of("offer", language="ar"),
    "partners:offer_picture": _of("offer"),
    "partners:offer_document": _of("offer_paper"),
    "partners:partners": Address(),
    "partners:offer_new": Address(),
    "partners:offer_file": _of("offer"),
    "partners:offer_edit": _of("offer"),
    "partners:confirm": _of("offer"),
    "partners:propose": _of("draft_offer"),
    "partners:check": _of("proposed_offer"),
    "partners:reopen": _of("offer"),
    "partners:withdraw": _of("offer"),
    "partners:change": _of("offer_change"),
    "partners:change_withdraw": _of("offer_change"),
    "partners:agreements": Address(),
    "partners:agreement_new": Address(),
    "partners:agreement": _of("agreement"),
    "partners:agreement_edit": _of("agreement"),
    "partners:agreement_sign": _of("agreement"),
    "partners:agreement_end": _of("agreement"),
    "partners:adhesion_propose": _of("agreement"),
    "partners:adhesion": of("adhesion"),
    "partners:adhesion_vote": of("adhesion"),
    "partners:adhesion_again": of("adhesion"),
    "partners:adhesion_end": of("adhesion"),
    "partners:document": of("adhesion_paper"),
    "partners:document_remove": of("adhesion_paper"),
    "partners:document_add": of("adhesion", owner="adhesion"),
    "partners:rules": Address(),
    "partners:companies": Address(),
    "partners:company_new": Address(),
    "partners:company_edit": Address(lambda r: {"code": r["offer"].partner.code}),
    "partners:company_end": Address(lambda r: {"code": r["offer"].partner.code}),
    "partners:company_resume": Address(lambda r: {"code": r["offer"].partner.code}),
    "partners:branches": Address(),
    "partners:branch_new": Address(),
    "partners:branch": _of("branch"),
    "partners:branch_import": Address(),
    "partners:branch_template": Address(),
    "partners:branch_file": _of("branch_file"),
    "partners:branch_file_apply": _of("branch_file"),
    "partners:branch_file_discard": _of("branch_file"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """An agreement that the region's chamber is to vote on, and an offer in each state."""
    agreement = AgreementFactory(state=AgreementState.PREPARED, signed_on=None)
    adhesion = AdhesionFactory(
        region=records["region"], agreement=AgreementFactory(), state=AdhesionState.PROPOSED, voted_on=None
    )
    offer = records["offer"]

    def paper(**owner):
        return PartnershipDocument.objects.create(
            name_ar="وثيقة تجريبية",
            name_fr="Document de test",
            file=ContentFile(PDF, name="document.pdf"),
            content_type="application/pdf",
            uploaded_by=records["registrar"],
            **owner,
        )

    return {
        "draft_offer": OfferFactory(state=OfferState.DRAFT, partner=offer.partner),
        "proposed_offer": OfferFactory(state=OfferState.PROPOSED, partner=offer.partner),
        "offer_change": OfferChangeFactory(offer=OfferFactory(partner=offer.partner)),
        "agreement": agreement,
        "adhesion": adhesion,
        "branch": BranchFactory(partner=offer.partner),
        "branch_file": BranchImportFactory(partner=offer.partner, sent_by=records["registrar"]),
        "offer_paper": paper(offer=offer),
        "adhesion_paper": paper(adhesion=adhesion),
    }
