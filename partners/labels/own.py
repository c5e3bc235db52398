"""How the audit trail speaks of what holders do with offers."""

from django.utils.translation import gettext_lazy as _

OWN = {
    "partners.referral.sent": _("Request for an offer sent"),
    "partners.referral.completed": _("Documents of a request sent"),
    "partners.referral.withdrawn": _("Request for an offer withdrawn"),
    "partners.feedback.given": _("Word of a holder about an offer"),
}
