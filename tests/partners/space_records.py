"""A partner's own space: one of everything, of the partner whose offer is among the records."""

from typing import Any

from django.core.files.base import ContentFile

from core.roles import Role
from partners.actions import make_key
from partners.enums import ApiScope
from partners.models import OfferUse, ReferralDocument
from tests.address import Address
from tests.factories.core import UserFactory
from tests.factories.partners import (
    BranchFactory,
    OfferChangeFactory,
    PartnerAgentFactory,
    ReferralFactory,
    UseFactory,
)
from tests.factories.registry import portrait_bytes


def _own(name: str) -> Address:
    """The address of one record of the partner: it belongs to no region."""
    return Address(lambda records: {"pk": records[name].pk})


# Each with another partner's record is tried in test_space_isolation.
OWN_RECORDS: dict[str, str] = {
    "use": "use",
    "use_undo": "use",
    "request": "partner_request",
    "request_take": "partner_request",
    "request_document": "partner_request_document",
    "offer": "offer",
    "offer_confirm": "offer",
    "offer_withdraw": "offer",
    "offer_edit": "offer",
    "offer_propose": "offer",
    "offer_reopen": "offer",
    "offer_change_withdraw": "own_change",
    "agent": "partner_agent",
    "agent_close": "partner_agent",
    "agent_reopen": "partner_agent",
    "agent_reset": "partner_agent",
    "key_revoke": "till_key",
    "branch": "partner_branch",
    "branch_close": "partner_branch",
    "branch_reopen": "partner_branch",
}
PAGES = (
    *(
        "home",
        "uses",
        "use_record",
        "use_redeem",
        "requests",
        "requests_take_out",
        "offers",
        "offer_new",
        "figures",
    ),
    *("figures_file", "agents", "agent_new", "keys", "key_new", "branches", "branch_new", "activity"),
)
ADDRESSES: dict[str, Address] = {
    "tills:api-root": Address(),
    "tills:openapi": Address(),
    "tills:offers": Address(asks_for_key=True),
    "tills:verify": Address(asks_for_key=True),
    "tills:use": Address(asks_for_key=True),
    "tills:redeem": Address(asks_for_key=True),
    "tills:branches": Address(asks_for_key=True),
    **{f"partner_space:{name}": Address() for name in PAGES},
    **{f"partner_space:{name}": _own(record) for name, record in OWN_RECORDS.items()},
    "partner_space:administrators": Address(lambda records: {"pk": records["offer"].partner_id}),
    "partner_space:administrator_reset": _own("partner_administrator"),
    "partner_space:administrator_close": _own("partner_administrator"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    offer = records["offer"]
    partner = offer.partner
    agent = PartnerAgentFactory(partner=partner)
    administrator = PartnerAgentFactory(partner=partner, user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    branch = BranchFactory(partner=partner)
    referral = ReferralFactory(offer=offer, registrant=records["registrant"])
    document = ReferralDocument(referral=referral, title="شهادة", content_type="image/jpeg")
    document.file.save("paper.jpg", ContentFile(portrait_bytes()))
    return {
        "partner": partner,
        "partner_agent": agent,
        "partner_administrator": administrator,
        "partner_branch": branch,
        "use": UseFactory(
            offer=offer, registrant=records["registrant"], recorded_by=agent.user, branch=branch
        ),
        "till_key": make_key(
            partner=partner, name="Caisse 1", scopes=list(ApiScope), days=90, by=administrator.user
        )[0],
        "own_change": OfferChangeFactory(offer__partner=partner, proposed_by=administrator.user),
        "partner_request": referral,
        "partner_request_document": document,
    }


def belongs_to(user, records: dict[str, Any]) -> None:
    """Make `user` an agent of the records' partner, who recorded what is recorded there."""
    PartnerAgentFactory(user=user, partner=records["partner"])
    OfferUse.objects.filter(pk=records["use"].pk).update(recorded_by=user)
