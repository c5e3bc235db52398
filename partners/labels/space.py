"""What the trail says of a partner's own space and its tills."""

from django.utils.translation import gettext_lazy as _

SPACE = {
    "partners.agent.opened": _("Agent of a partner entered"),
    "partners.agent.changed": _("Agent of a partner changed"),
    "partners.referral.taken": _("Request taken in hand"),
    "partners.referral.documents_asked": _("Documents asked for"),
    "partners.referral.accepted": _("Request accepted"),
    "partners.referral.refused": _("Request refused"),
    "partners.referral.document_read": _("Document of a request read"),
    "partners.key.made": _("Key of a till made"),
    "partners.key.revoked": _("Key of a till revoked"),
    "partners.branches.pushed": _("Branches sent by a partner's system"),
}
