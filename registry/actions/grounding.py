"""What a decision rests on: a ground of the chamber's list, and a reason in words."""

from django.utils.translation import gettext as _

from core.arabic import clean_lines
from core.exceptions import ActionRefused
from registry.enums import GroundProcedure
from registry.models import Ground


def grounding(
    *, procedure: GroundProcedure, ground: Ground | None, reason: str, region_id: str
) -> tuple[Ground, str]:
    """The ground and the reason as they are kept.

    Raises:
        ActionRefused: the ground is of another procedure or chamber, or out of use; or the reason is empty.
    """
    ground = check_ground(procedure=procedure, ground=ground, region_id=region_id)
    words = clean_lines(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    return ground, words


def check_ground(*, procedure: GroundProcedure, ground: Ground | None, region_id: str) -> Ground:
    """The ground itself, where it stands on the chamber's list for this procedure.

    Raises:
        ActionRefused: none was chosen, or it is of another procedure or chamber, or out of use.
    """
    if ground is None or not Ground.objects.offered(region_id, procedure).filter(pk=ground.pk).exists():
        raise ActionRefused(_("Choose a ground of the chamber's list."))
    return ground
