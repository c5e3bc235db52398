"""The life of a card, of the request for one and of a batch, as tables; ADR 23 says why.

Actions ask a table under their lock; a trigger of the database holds to the same pairs, and tests compare the
two. That a card expires is a date, and that its holder is suspended is the register's: neither is a state.
"""

from django.utils.translation import gettext_lazy as _

from cards.enums import CANCELLABLE_STATES as CANCELLABLE
from cards.enums import STOPPABLE_STATES as STOPPABLE
from cards.enums import BatchState as B
from cards.enums import CardState as C
from cards.enums import RequestState as R
from core.lifecycle import Lifecycle, Move
from core.roles import Permission as P
from registry.enums import GroundProcedure as G

_NOT_IN_BATCH = _("This card is not waiting to be printed.")
_NOT_PRINTED = _("This card is not printed yet, or has gone on since.")
_NOT_CHECKED = _("This card was not checked yet, or has gone on since.")
_NOT_WAITING = _("This card does not wait for its holder.")
_NOT_GIVEN = _("This card is not in its holder's hands.")
_STOPPED = _("This card was stopped already, or was never printed.")
_NOT_RENEWED = _("This card was not renewed.")

_MAKE, _HAND, _STOP = P.MAKE_CARDS, P.HAND_OVER_CARD, P.REVOKE_CARD
_PRINTED = (C.PRINTED, C.CHECKED)
_REPLACE, _REVOKE = G.CARD_REPLACEMENT, G.CARD_REVOCATION

# fmt: off
CARD = Lifecycle((
    #    name               from              to             permission  ground    refused with
    Move("print",           (C.IN_BATCH,),    C.PRINTED,     _MAKE,      None,     _NOT_IN_BATCH),
    # A blank was spoiled, or the check found a fault: it is printed once more.
    Move("print_again",     _PRINTED,         C.IN_BATCH,    _MAKE,      None,     _NOT_PRINTED),
    Move("check",           (C.PRINTED,),     C.CHECKED,     _MAKE,      None,     _NOT_PRINTED),
    Move("box",             (C.CHECKED,),     C.IN_BOX,      _MAKE,      None,     _NOT_CHECKED),
    Move("hand_over",       (C.IN_BOX,),      C.HANDED_OVER, _HAND,      None,     _NOT_WAITING),
    # The hand-over was a mistake, or the holder brought the card back.
    Move("take_back",       (C.HANDED_OVER,), C.IN_BOX,      _HAND,      None,     _NOT_GIVEN),
    # Its renewal was handed over; or that hand-over was undone.
    Move("renew",           (C.HANDED_OVER,), C.RENEWED,     _HAND,      None,     _NOT_GIVEN),
    Move("undo_renewal",    (C.RENEWED,),     C.HANDED_OVER, _HAND,      None,     _NOT_RENEWED),
    # Left out of its batch before it is printed: nothing was stopped, for nothing was there.
    Move("cancel",          (C.IN_BATCH,),    C.CANCELLED,   _MAKE,      None,     _NOT_IN_BATCH),
    Move("lose",            STOPPABLE,        C.LOST,        _STOP,      _REPLACE, _STOPPED),
    Move("steal",           STOPPABLE,        C.STOLEN,      _STOP,      _REPLACE, _STOPPED),
    Move("damage",          STOPPABLE,        C.DAMAGED,     _STOP,      _REPLACE, _STOPPED),
    Move("replace",         STOPPABLE,        C.REPLACED,    _STOP,      _REPLACE, _STOPPED),
    Move("revoke",          STOPPABLE,        C.REVOKED,     _STOP,      _REVOKE,  _STOPPED),
))

_NOT_ASKED = _("This request is not waiting for a decision.")
_NOT_OPEN = _("This request is not open any more.")
_NOT_APPROVED = _("This request is not approved, or its card is in a batch already.")
_NOT_BATCHED = _("No card was put in a batch for this request.")
_ASK, _APPROVE = P.REQUEST_CARDS, P.APPROVE_CARDS

REQUEST = Lifecycle((
    #    name        from                        to           permission  ground           refused with
    Move("approve",  (R.REQUESTED,),             R.APPROVED,  _APPROVE,   None,            _NOT_ASKED),
    Move("refuse",   (R.REQUESTED, R.APPROVED),  R.REFUSED,   _APPROVE,   G.CARD_REFUSAL,  _NOT_OPEN),
    Move("withdraw", (R.REQUESTED, R.APPROVED),  R.WITHDRAWN, _ASK,       None,            _NOT_OPEN),
    Move("batch",    (R.APPROVED,),              R.BATCHED,   _MAKE,      None,            _NOT_APPROVED),
    # Its card was left out of the batch: the wish stands.
    Move("release",  (R.BATCHED,),               R.APPROVED,  _MAKE,      None,            _NOT_BATCHED),
))

_COMPOSED = _("This batch is composed already.")
_MAKING = _("This batch is being made already.")
_NOT_MADE = _("This batch is not made yet.")
_OVER = _("This batch is closed or cancelled already.")

BATCH = Lifecycle((
    #    name          from            to           permission  ground  refused with
    Move("compose",    (B.COMPOSING,), B.QUEUED,    _MAKE,      None,   _COMPOSED),
    # A text does not fit: somebody looks at it first.
    Move("hold",       (B.COMPOSING,), B.HELD,      _MAKE,      None,   _COMPOSED),
    Move("release",    (B.HELD,),      B.QUEUED,    _MAKE,      None,   _MAKING),
    Move("start",      (B.QUEUED,),    B.RUNNING,   _MAKE,      None,   _MAKING),
    Move("finish",     (B.RUNNING,),   B.MADE,      _MAKE,      None,   _NOT_MADE),
    # A card's words were mended before anything was printed.
    Move("make_again", (B.MADE,),      B.RUNNING,   _MAKE,      None,   _NOT_MADE),
    Move("close",      (B.MADE,),      B.CLOSED,    _MAKE,      None,   _NOT_MADE),
    # As long as no card of it was printed, which a constraint holds to.
    Move("cancel",     CANCELLABLE,    B.CANCELLED, _MAKE,      None,   _OVER),
))
# fmt: on
