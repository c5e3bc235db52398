"""The words of partnership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerState(TextChoices):
    ACTIVE = "active", pgettext_lazy("state of a partnership", "Partner")
    ENDED = "ended", _("Partnership ended")


class AgreementState(TextChoices):
    PREPARED = "prepared", _("In preparation")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ended")


class AdhesionState(TextChoices):
    PROPOSED = "proposed", _("Put to the assembly")
    VOTED = "voted", _("Voted")
    REFUSED = "refused", _("Refused by the assembly")
    ENDED = "ended", _("Ended")


class OfferState(TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("To check")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeState(TextChoices):
    """Of new words or terms for an offer that is shown meanwhile as it was."""

    PROPOSED = "proposed", _("To check")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReviewOutcome(TextChoices):
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned")


class Queue(TextChoices):
    """What offers wait for, beside their state."""

    CHECK = "check", _("To check")
    CONFIRM = "confirm", _("To confirm again")
    HIDDEN = "hidden", _("Hidden: not confirmed")


class Missing(TextChoices):
    """What a published offer may still lack."""

    TERMS = "terms", _("Terms")
    CONFIRMATION = "confirmation", _("Confirmation")


class UseWay(TextChoices):
    """How a holder comes by what an offer gives."""

    CARD = "card", _("Show the card")
    VOUCHER = "voucher", _("Voucher")
    REFERRAL = "referral", _("Request")


class UsePeriod(TextChoices):
    """What a limit a person counts over."""

    EVER = "ever", _("In all")
    YEAR = "year", _("A year")
    MONTH = "month", _("A month")


class Access(TextChoices):
    """Whether disabled people can come in; unknown is said to be unknown."""

    UNKNOWN = "unknown", _("Not known")
    FULL = "full", _("Accessible")
    PARTIAL = "partial", _("Accessible in part")
    NONE = "none", _("Not accessible")


class BranchImportState(TextChoices):
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    DISCARDED = "discarded", _("Discarded")


class VoucherState(TextChoices):
    ISSUED = "issued", _("Issued")
    REDEEMED = "redeemed", _("Used")
    LAPSED = "lapsed", _("Lapsed")


class ReferralState(TextChoices):
    SENT = "sent", pgettext_lazy("request for an offer", "Sent")
    IN_HAND = "in_hand", _("In hand")
    DOCUMENTS_ASKED = "documents_asked", _("Documents asked for")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_REFERRALS = (ReferralState.SENT, ReferralState.IN_HAND, ReferralState.DOCUMENTS_ASKED)
PARTNERS_TURN = (ReferralState.SENT, ReferralState.IN_HAND)


class RefusalGround(TextChoices):
    """Why a partner did not give what its offer says; `OTHER` needs its own words."""

    CONDITIONS = "conditions", _("The conditions of the offer are not met")
    DOCUMENTS = "documents", _("A document is missing or does not serve")
    UNKNOWN_OFFER = "unknown_offer", _("The place does not know the offer")
    UNAVAILABLE = "unavailable", _("The service is not available at present")
    OTHER = "other", _("Another reason")


class Experience(TextChoices):
    """What became of it, as the holder says."""

    SERVED = "served", _("I was served")
    IN_PART = "in_part", _("I was served in part")
    REFUSED = "refused", _("I was refused")


class FollowUpState(TextChoices):
    """What the chamber did about a refusal."""

    OPEN = "open", _("To follow up")
    IN_HAND = "in_hand", _("In hand")
    SETTLED = "settled", _("Settled")


class ApiScope(TextChoices):
    """What one key of a partner's till may do."""

    VERIFY = "cards:verify", _("Check cards")
    RECORD = "uses:record", _("Record uses")
    BRANCHES = "branches:write", _("Push branches")


class Topic(TextChoices):
    """What a process keeps of the catalogue; see `partners.catalogue`."""

    OFFERS = "offers", "offers"
    PLACES = "places", "places"
