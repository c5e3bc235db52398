"""Applications, the grounds of decisions and the letters that tell of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    TO_CORRECT = "to_correct", _("To correct")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.TO_CORRECT)
EDITABLE_STATES = (ApplicationState.DRAFT, ApplicationState.TO_CORRECT)
DECIDED_STATES = (ApplicationState.APPROVED, ApplicationState.REJECTED)


class GroundProcedure(TextChoices):
    """What a ground may be given for: each has its own list."""

    RETURN = "return", _("Sending an application back")
    REJECTION = "rejection", _("Rejecting an application")
    SUSPENSION = "suspension", _("Suspension")
    STRIKING_OFF = "striking_off", _("Striking off")
    APPEAL = "appeal", _("Decision on an appeal")
    REINSTATEMENT = "reinstatement", _("Reinstatement")
    EXIT = "exit", _("Leaving the register")
    CHANGE_REJECTION = "change_rejection", _("Refusing a change, a transfer or a renewal")
    MANDATE_END = "mandate_end", _("Ending a mandate before its time")
    CARD_REFUSAL = "card_refusal", _("Refusing a request for a card")
    CARD_REPLACEMENT = "card_replacement", _("Replacing a card")
    CARD_REVOCATION = "card_revocation", _("Revoking a card")
    HAND_OVER_FAILURE = "hand_over_failure", _("A card refused or brought back")


class LetterKind(TextChoices):
    """What a letter of the chamber tells."""

    APPROVAL = "approval", _("Registration")
    RETURN = "return", _("Application sent back")
    REJECTION = "rejection", _("Application rejected")
    NOTICE = "notice", _("Notice with right of reply")
    DROPPED = "dropped", _("Proceeding closed")
    SUSPENSION = "suspension", _("Decision of suspension")
    STRIKING_OFF = "striking_off", _("Decision of striking off")
    APPEAL = "appeal", _("Decision on an appeal")
    REINSTATEMENT = "reinstatement", _("Reinstatement")
