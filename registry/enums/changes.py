"""Requests about entries that are on the register."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeKind(TextChoices):
    """What may be asked for about an entry that is on the register already."""

    AMENDMENT = "amendment", _("Amendment")
    TRANSFER = "transfer", _("Transfer to another chamber")
    RENEWAL = "renewal", _("Renewal")
    EXIT = "exit", _("Voluntary exit")
    DEATH = "death", _("Death")


class ChangeState(TextChoices):
    """A person's own wish is asked for first; the chamber makes a request of it that can be decided on."""

    ASKED = "asked", _("To prepare")
    SUBMITTED = "submitted", _("To decide")
    APPROVED = "approved", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_CHANGE_STATES = (ChangeState.ASKED, ChangeState.SUBMITTED)
CLOSED_CHANGE_STATES = (ChangeState.APPROVED, ChangeState.REFUSED, ChangeState.WITHDRAWN)
