from partners.models.offer import Offer
from partners.models.partner import Adhesion, Agreement, Partner, PartnerAgent

__all__ = ["Adhesion", "Agreement", "Offer", "Partner", "PartnerAgent"]
