from partners.actions.counter import Answer, answer_check, check_rights
from partners.actions.favourites import add_favourite, remove_favourite
from partners.actions.feedback import give_feedback
from partners.actions.offers import (
    TERMS,
    change_terms,
    confirm_offer,
    propose_offer,
    reopen_offer,
    review_offer,
    withdraw_offer,
)
from partners.actions.referrals_own import (
    GivenDocument,
    ask_for_offer,
    send_documents,
    withdraw_referral,
)
from partners.actions.uses import Redemption, cancel_use, issue_voucher, record_use, redeem_voucher

__all__ = [
    "TERMS",
    "Answer",
    "GivenDocument",
    "Redemption",
    "add_favourite",
    "answer_check",
    "ask_for_offer",
    "cancel_use",
    "change_terms",
    "check_rights",
    "confirm_offer",
    "give_feedback",
    "issue_voucher",
    "propose_offer",
    "record_use",
    "redeem_voucher",
    "remove_favourite",
    "reopen_offer",
    "review_offer",
    "send_documents",
    "withdraw_offer",
    "withdraw_referral",
]
