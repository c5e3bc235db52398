from partners.actions.counter import Answer, answer_check, check_rights
from partners.actions.offers import (
    TERMS,
    change_terms,
    confirm_offer,
    propose_offer,
    reopen_offer,
    review_offer,
    withdraw_offer,
)
from partners.actions.uses import Redemption, cancel_use, issue_voucher, record_use, redeem_voucher

__all__ = [
    "TERMS",
    "Answer",
    "Redemption",
    "answer_check",
    "cancel_use",
    "change_terms",
    "check_rights",
    "confirm_offer",
    "issue_voucher",
    "propose_offer",
    "record_use",
    "redeem_voucher",
    "reopen_offer",
    "review_offer",
    "withdraw_offer",
]
