"""Where a meeting may go from where it stands: the table that actions ask and the database holds to.

A meeting that took place before it was entered goes from scheduled to held, by its paper lists.
"""

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Move
from core.roles import Permission as P
from events.enums import MeetingState as S

# Postponing and cancelling need a ground of `MeetingGround`, and words for those invited.
GROUND = "ground"

_NOT_DRAFT = _("This meeting is not a draft any more.")
_NOT_SCHEDULED = _("This meeting is not scheduled, or was announced already.")
_NOT_READY = _("This meeting does not begin from here: it is a draft, is off, or took place already.")
_NOT_BEGUN = _("This meeting has not begun, or is over already.")
_NOT_HELD = _("This meeting was not held, or is closed already.")
_NOT_OPEN = _("This meeting is under way, is over or is off already.")
_NOT_POSTPONED = _("This meeting is not postponed.")

_M = P.MANAGE_MEETINGS
_AHEAD = (S.SCHEDULED, S.ANNOUNCED)

# fmt: off
MEETING = Lifecycle((
    #    name          from                              to            permission  procedure  refused with
    Move("schedule",   (S.DRAFT,),                       S.SCHEDULED,  _M,         None,      _NOT_DRAFT),
    Move("announce",   (S.SCHEDULED,),                   S.ANNOUNCED,  _M,         None,      _NOT_SCHEDULED),
    Move("begin",      _AHEAD,                           S.UNDER_WAY,  _M,         None,      _NOT_READY),
    Move("end",        (*_AHEAD, S.UNDER_WAY),           S.HELD,       _M,         None,      _NOT_BEGUN),
    # Ended by mistake: the hall is still full.
    Move("resume",     (S.HELD,),                        S.UNDER_WAY,  _M,         None,      _NOT_HELD),
    Move("close",      (S.HELD,),                        S.CLOSED,     _M,         None,      _NOT_HELD),
    Move("postpone",   _AHEAD,                           S.POSTPONED,  _M,         GROUND,    _NOT_OPEN),
    Move("reschedule", (S.POSTPONED,),                   S.SCHEDULED,  _M,         None,      _NOT_POSTPONED),
    Move("cancel",     (S.DRAFT, *_AHEAD, S.POSTPONED),  S.CANCELLED,  _M,         GROUND,    _NOT_OPEN),
))
# fmt: on
