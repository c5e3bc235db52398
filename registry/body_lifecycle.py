"""Where a craft body may go from where it stands: the table that actions ask and the database holds to.

Every step needs the permission to keep bodies. An assembly withdrawn, or held without effect, leaves the body
planned: another one is convoked.
"""

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Move
from core.roles import Permission as P
from registry.enums import BodyState as B

_CALLED = _("An assembly of this body is convoked already, or the body is founded.")
_NOT_CALLED = _("No assembly of this body is convoked.")
_NOT_HELD = _("The assembly's attendance is not closed yet, or the body is founded already.")
_NOT_FOUND = _("This body is not founded, or was dissolved.")

# fmt: off
BODY = Lifecycle((
    #    name        from                            to                permission        ground  refused with
    Move("convoke",  (B.PLANNED,),                   B.CONVOKED,       P.MANAGE_BODIES,  None,   _CALLED),
    Move("hold",     (B.CONVOKED,),                  B.ASSEMBLY_HELD,  P.MANAGE_BODIES,  None,   _NOT_CALLED),
    Move("restart",  (B.CONVOKED, B.ASSEMBLY_HELD),  B.PLANNED,        P.MANAGE_BODIES,  None,   _NOT_CALLED),
    Move("found",    (B.ASSEMBLY_HELD,),             B.FOUNDED,        P.MANAGE_BODIES,  None,   _NOT_HELD),
    Move("dissolve", (B.FOUNDED,),                   B.DISSOLVED,      P.MANAGE_BODIES,  None,   _NOT_FOUND),
))
# fmt: on
