"""How the audit trail speaks of refusals that are followed up."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "partners.refusal.taken": _("Refusal taken in hand"),
    "partners.refusal.settled": _("Refusal settled"),
}
