"""Where a partner, an agreement, an adhesion, an offer, a voucher and a request may go, as tables.

Actions ask a table under their lock; a trigger of the database holds to the same pairs, and tests compare the
two. That an agreement ran out, or that an offer hid itself for want of confirmation, is a date and no state.
"""

from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Move
from core.roles import Permission as P
from partners.enums import AdhesionState as D
from partners.enums import AgreementState as A
from partners.enums import ChangeState as C
from partners.enums import OfferState as O
from partners.enums import PartnerState as S
from partners.enums import ReferralState as R
from partners.enums import VoucherState as V

_PARTNERSHIP_OVER = _("This partnership has ended already.")
_STILL_PARTNER = _("This partnership has not ended.")
_NOT_PREPARED = _("This agreement was signed already, or has ended.")
_NOT_SIGNED = _("This agreement is not signed, or has ended.")
_NOT_BEFORE_ASSEMBLY = _("The assembly has voted on this already.")
_NOT_ADHERED = _("The chamber does not take part in this agreement at present.")
_NOT_DRAFT = _("This offer is not a draft any more.")
_NOT_TO_CHECK = _("This offer is not waiting to be checked.")
_NOT_SHOWN = _("This offer is not published.")
_NOT_AWAY = _("This offer is not withdrawn.")
_CHANGE_DECIDED = _("This change was decided on already.")
_VOUCHER_OVER = _("This voucher was used, or its time is over.")
_NOT_WAITING = _("This request is not waiting for an answer.")
_NO_DOCUMENTS_ASKED = _("No documents are asked for at present.")
_OPEN = (R.SENT, R.IN_HAND, R.DOCUMENTS_ASKED)
_MANAGE, _CHECK, _ADHERE = P.MANAGE_OFFERS, P.CHECK_OFFERS, P.MANAGE_ADHESIONS
_OWN, _ANSWER, _HOLDER = P.MANAGE_OWN_OFFERS, P.ANSWER_REFERRALS, P.VIEW_OWN_FILE

# fmt: off
PARTNER = Lifecycle((
    #    name         from                       to            permission  ground  refused with
    Move("end",       (S.ACTIVE,),               S.ENDED,      _MANAGE,    None,   _PARTNERSHIP_OVER),
    Move("resume",    (S.ENDED,),                S.ACTIVE,     _MANAGE,    None,   _STILL_PARTNER),
))

AGREEMENT = Lifecycle((
    #    name         from                       to            permission  ground  refused with
    Move("sign",      (A.PREPARED,),             A.SIGNED,     _MANAGE,    None,   _NOT_PREPARED),
    Move("end",       (A.SIGNED,),               A.ENDED,      _MANAGE,    None,   _NOT_SIGNED),
))

ADHESION = Lifecycle((
    Move("vote",      (D.PROPOSED,),             D.VOTED,      _ADHERE,    None,   _NOT_BEFORE_ASSEMBLY),
    Move("refuse",    (D.PROPOSED,),             D.REFUSED,    _ADHERE,    None,   _NOT_BEFORE_ASSEMBLY),
    # A later session may vote again on what was refused or has ended.
    Move("propose",   (D.REFUSED, D.ENDED),      D.PROPOSED,   _ADHERE,    None,   _NOT_ADHERED),
    Move("end",       (D.VOTED,),                D.ENDED,      _ADHERE,    None,   _NOT_ADHERED),
))

OFFER = Lifecycle((
    Move("propose",   (O.DRAFT,),                O.PROPOSED,   _OWN,       None,   _NOT_DRAFT),
    Move("publish",   (O.PROPOSED,),             O.PUBLISHED,  _CHECK,     None,   _NOT_TO_CHECK),
    Move("return",    (O.PROPOSED,),             O.DRAFT,      _CHECK,     None,   _NOT_TO_CHECK),
    Move("withdraw",  (O.PUBLISHED,),            O.WITHDRAWN,  _OWN,       None,   _NOT_SHOWN),
    Move("reopen",    (O.WITHDRAWN,),            O.DRAFT,      _OWN,       None,   _NOT_AWAY),
))

CHANGE = Lifecycle((
    Move("accept",    (C.PROPOSED,),             C.ACCEPTED,   _CHECK,     None,   _CHANGE_DECIDED),
    Move("return",    (C.PROPOSED,),             C.RETURNED,   _CHECK,     None,   _CHANGE_DECIDED),
    Move("withdraw",  (C.PROPOSED,),             C.WITHDRAWN,  _OWN,       None,   _CHANGE_DECIDED),
))

VOUCHER = Lifecycle((
    Move("redeem",    (V.ISSUED,),               V.REDEEMED,   P.CHECK_BENEFITS, None, _VOUCHER_OVER),
    Move("lapse",     (V.ISSUED,),               V.LAPSED,     _HOLDER,    None,   _VOUCHER_OVER),
))

REFERRAL = Lifecycle((
    Move("take",      (R.SENT,),                 R.IN_HAND,    _ANSWER,    None,   _NOT_WAITING),
    Move("ask",       (R.SENT, R.IN_HAND),       R.DOCUMENTS_ASKED, _ANSWER, None, _NOT_WAITING),
    # The holder sent them.
    Move("complete",  (R.DOCUMENTS_ASKED,),      R.IN_HAND,    _HOLDER,    None,   _NO_DOCUMENTS_ASKED),
    Move("accept",    _OPEN,                     R.ACCEPTED,   _ANSWER,    None,   _NOT_WAITING),
    Move("refuse",    _OPEN,                     R.REFUSED,    _ANSWER,    None,   _NOT_WAITING),
    Move("withdraw",  _OPEN,                     R.WITHDRAWN,  _HOLDER,    None,   _NOT_WAITING),
))
# fmt: on
