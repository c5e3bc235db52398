"""One sentence an answer: what it means for whoever stands there with the card."""

from django.utils.translation import gettext_lazy as _

from cards.enums import CheckOutcome

WORDS = {
    CheckOutcome.VALID: _("The chamber issued this card and it is in force."),
    CheckOutcome.NOT_YET_VALID: _("The card is registered but not in force yet."),
    CheckOutcome.EXPIRED: _("The card was genuine, but its time is over. Its holder must renew it."),
    CheckOutcome.REVOKED: _("The chamber stopped this card: do not accept it."),
    CheckOutcome.REPLACED: _("Its holder has a newer card: do not accept this one, ask for the other."),
    CheckOutcome.UNKNOWN: _("No such card is registered. Check the number, or scan the code."),
    CheckOutcome.FORGED: _("The code was not made by a chamber, or it is damaged: do not accept the card."),
}
