from partners.actions.adhesions import end_adhesion, propose_adhesion, refuse_adhesion, vote_adhesion
from partners.actions.agents import change_agent, close_agent, open_agent, reopen_agent, reset_agent
from partners.actions.agreements import change_agreement, create_agreement, end_agreement, sign_agreement
from partners.actions.branches import (
    Written,
    apply_branch_file,
    discard_branch_file,
    keep_branch_file,
    push_branches,
    save_branch,
)
from partners.actions.changes import propose_change, review_change, withdraw_change
from partners.actions.counter import Answer, answer_check, check_rights
from partners.actions.documents import add_document, remove_document
from partners.actions.favourites import add_favourite, remove_favourite
from partners.actions.feedback import give_feedback
from partners.actions.keys import make_key, revoke_key
from partners.actions.offers import (
    confirm_offer,
    create_offer,
    propose_offer,
    reopen_offer,
    review_offer,
    save_draft,
    withdraw_offer,
)
from partners.actions.partners import end_partnership, resume_partnership, save_partner
from partners.actions.referrals import accept_referral, ask_for_documents, refuse_referral, take_referral
from partners.actions.referrals_own import GivenDocument, ask_for_offer, send_documents, withdraw_referral
from partners.actions.refusals import settle_refusal, take_refusal
from partners.actions.rules import change_rules
from partners.actions.uses import Redemption, cancel_use, issue_voucher, record_use, redeem_voucher, undo_use

__all__ = [
    "Answer",
    "GivenDocument",
    "Redemption",
    "Written",
    "accept_referral",
    "add_document",
    "add_favourite",
    "answer_check",
    "apply_branch_file",
    "ask_for_documents",
    "ask_for_offer",
    "cancel_use",
    "change_agent",
    "change_agreement",
    "change_rules",
    "check_rights",
    "close_agent",
    "confirm_offer",
    "create_agreement",
    "create_offer",
    "discard_branch_file",
    "end_adhesion",
    "end_agreement",
    "end_partnership",
    "give_feedback",
    "issue_voucher",
    "keep_branch_file",
    "make_key",
    "open_agent",
    "propose_adhesion",
    "propose_change",
    "propose_offer",
    "push_branches",
    "record_use",
    "redeem_voucher",
    "refuse_adhesion",
    "refuse_referral",
    "remove_document",
    "remove_favourite",
    "reopen_agent",
    "reopen_offer",
    "reset_agent",
    "resume_partnership",
    "review_change",
    "review_offer",
    "revoke_key",
    "save_branch",
    "save_draft",
    "save_partner",
    "send_documents",
    "settle_refusal",
    "sign_agreement",
    "take_referral",
    "take_refusal",
    "undo_use",
    "vote_adhesion",
    "withdraw_change",
    "withdraw_offer",
    "withdraw_referral",
]
