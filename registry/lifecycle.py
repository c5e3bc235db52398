"""Where applications, entries and requests about them may go from where they stand: one table each.

Actions ask the table under their lock; a trigger of the database holds to the same pairs for whoever comes
another way, and the tests compare the two. An entry may be inserted in any state: a register that a chamber
kept before it came here is taken over as it stands, and what an entry then is must follow the table.

A change that nobody decides on (the same state written again) is no move.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Move
from core.roles import Permission as P
from registry.enums import ApplicationState as A
from registry.enums import ChangeKind as K
from registry.enums import ChangeState as C
from registry.enums import GroundProcedure as G
from registry.enums import ProceedingStage as S
from registry.enums import RegistrantState as R


@dataclass(frozen=True)
class ChangeRules:
    """What a kind of request asks for: who decides, and how the entry must stand.

    `days` is the chamber's time limit in `RegisterRules`; `ground` the list that its approval takes one from.
    """

    decides: P
    standing: tuple[str, ...]
    days: str
    ground: G | None = None


_DECIDED = _("This application has been decided already.")
_DONE = _("This application is not waiting for a decision any more.")
_NOT_ON = _("This entry is not on the register any more, or not yet.")
_NOT_OFF = _("This entry is on the register: there is nothing to give back.")
_TAKEN = _("The time of this step is over: the proceeding has gone on. Open it again.")

_ENTER, _DECIDE, _STANDING = P.REGISTER_ARTISAN, P.DECIDE_APPLICATION, P.DECIDE_STANDING
_ON = (R.REGISTERED, R.REINSTATED)
_OFF = (R.SUSPENDED, R.STRUCK_OFF)

# fmt: off
APPLICATION = Lifecycle((
    #    name             from                      to             permission  ground            refused with
    Move("submit",        (A.DRAFT, A.TO_CORRECT),  A.SUBMITTED,   _ENTER,     None,             _DECIDED),
    Move("return",        (A.SUBMITTED,),           A.TO_CORRECT,  _DECIDE,    G.RETURN,         _DONE),
    Move("approve",       (A.SUBMITTED,),           A.APPROVED,    _DECIDE,    None,             _DONE),
    Move("reject",        (A.SUBMITTED,),           A.REJECTED,    _DECIDE,    G.REJECTION,      _DONE),
))

REGISTRANT = Lifecycle((
    Move("register",      (R.CANDIDATE,),           R.REGISTERED,  _DECIDE,    None,             _DONE),
    Move("suspend",       _ON,                      R.SUSPENDED,   _STANDING,  G.SUSPENSION,     _NOT_ON),
    Move("strike_off",    (*_ON, R.SUSPENDED),      R.STRUCK_OFF,  _STANDING,  G.STRIKING_OFF,   _NOT_ON),
    # Asked for by the person, or by the family after a death.
    Move("exit",          (*_ON, R.SUSPENDED),      R.STRUCK_OFF,  _STANDING,  G.EXIT,           _NOT_ON),
    # Put into another entry of the same person. An undone merge gives the state back, which no move does.
    Move("merge",         _ON,                      R.STRUCK_OFF,  P.REVIEW_DUPLICATES, None,        _NOT_ON),
    Move("uphold_appeal", _OFF,                     R.REINSTATED,  _STANDING,  G.APPEAL,         _NOT_OFF),
    Move("reinstate",     _OFF,                     R.REINSTATED,  _STANDING,  G.REINSTATEMENT,  _NOT_OFF),
))

_REFUSAL = G.CHANGE_REJECTION
_NOT_OPEN = _("This request is not open any more.")
_NO_DECISION = _("This request is not waiting for a decision.")

# Who decides depends on the kind: see CHANGE_KINDS. A person may take back their own wish.
CHANGE = Lifecycle((
    #    name        from                     to           permission            ground
    Move("submit",   (C.ASKED,),              C.SUBMITTED, P.REGISTER_ARTISAN,   None,      _NOT_OPEN),
    Move("approve",  (C.SUBMITTED,),          C.APPROVED,  P.DECIDE_APPLICATION, None,      _NO_DECISION),
    Move("refuse",   (C.ASKED, C.SUBMITTED),  C.REFUSED,   P.DECIDE_APPLICATION, _REFUSAL, _NOT_OPEN),
    Move("withdraw", (C.ASKED, C.SUBMITTED),  C.WITHDRAWN, P.REGISTER_ARTISAN,   None,      _NOT_OPEN),
))

CHANGE_KINDS = {
    #                         decided by            while the entry is    within
    K.AMENDMENT:  ChangeRules(P.DECIDE_APPLICATION, (*_ON, R.SUSPENDED),  "days_to_decide"),
    K.TRANSFER:   ChangeRules(P.DECIDE_APPLICATION, _ON,                  "days_to_accept_transfer"),
    K.RENEWAL:    ChangeRules(P.DECIDE_APPLICATION, _ON,                  "days_to_decide"),
    K.EXIT:       ChangeRules(P.DECIDE_STANDING,    (*_ON, R.SUSPENDED),  "days_to_decide", G.EXIT),
    K.DEATH:      ChangeRules(P.DECIDE_STANDING,    (*_ON, R.SUSPENDED),  "days_to_decide", G.EXIT),
}

# A suspension or a striking off, from notice to the end; a decision's ground is of the list of its kind.
PROCEEDING = Lifecycle((
    Move("reply",         (S.NOTIFIED,),            S.REPLIED,     _DECIDE,    None,             _TAKEN),
    Move("drop",          (S.NOTIFIED, S.REPLIED),  S.DROPPED,     _STANDING,  None,             _TAKEN),
    Move("decide",        (S.NOTIFIED, S.REPLIED),  S.DECIDED,     _STANDING,  None,             _TAKEN),
    Move("appeal",        (S.DECIDED,),             S.APPEALED,    _DECIDE,    None,             _TAKEN),
    Move("reject_appeal", (S.APPEALED,),            S.CONFIRMED,   _STANDING,  G.APPEAL,         _TAKEN),
    Move("uphold_appeal", (S.APPEALED,),            S.OVERTURNED,  _STANDING,  G.APPEAL,         _TAKEN),
    Move("lift",          (S.DECIDED, S.CONFIRMED), S.LIFTED,      _STANDING,  None,             _TAKEN),
))
# fmt: on
