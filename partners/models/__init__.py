from partners.models.agreement import Adhesion, Agreement
from partners.models.api import ApiAnswer, ApiKey
from partners.models.branch import Branch, BranchImport
from partners.models.change import CatalogueChange
from partners.models.document import PartnershipDocument
from partners.models.followed_merge import FollowedMerge
from partners.models.holder import Favourite, Feedback
from partners.models.offer import Offer, OfferRequirement
from partners.models.partner import Partner, PartnerAgent
from partners.models.referral import Referral, ReferralDocument
from partners.models.review import CheckPoint, OfferChange, OfferReview
from partners.models.rules import PartnershipRules
from partners.models.use import OfferUse, Voucher

__all__ = [
    "Adhesion",
    "Agreement",
    "ApiAnswer",
    "ApiKey",
    "Branch",
    "BranchImport",
    "CatalogueChange",
    "CheckPoint",
    "Favourite",
    "Feedback",
    "FollowedMerge",
    "Offer",
    "OfferChange",
    "OfferRequirement",
    "OfferReview",
    "OfferUse",
    "Partner",
    "PartnerAgent",
    "PartnershipDocument",
    "PartnershipRules",
    "Referral",
    "ReferralDocument",
    "Voucher",
]
