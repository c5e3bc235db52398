"""From one list of crafts to another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CraftChangeState(TextChoices):
    """Where the change from one list of crafts to another stands."""

    MAPPING = "mapping", _("Mapping under way")
    MOVING = "moving", _("Registrants are being moved")
    DONE = "done", _("In use")
    ABANDONED = "abandoned", _("Abandoned")


class MappingVerdict(TextChoices):
    """What becomes of an old craft: the machine proposes, a person decides."""

    PROPOSED = "proposed", _("To confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    GONE = "gone", _("No longer exists: ask")
