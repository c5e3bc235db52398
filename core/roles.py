"""Who may do what: one enum of permissions, one table of roles.

A view asks for a permission, never for a role, so that a role can be given or refused a task in this one
place. `docs/adr/` says why there is no table of permissions in the database.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The hats a person may wear; one account may wear several within one region."""

    NATIONAL_ADMIN = "national_admin", _("National administration")
    REGISTRAR = "registrar", _("Registrar")
    CARD_OFFICER = "card_officer", _("Card officer")
    REGIONAL_DIRECTOR = "regional_director", _("Regional director")
    DESK_AGENT = "desk_agent", _("Desk agent")
    PARTNERSHIP_OFFICER = "partnership_officer", _("Partnership officer")
    PARTNER_ADMIN = "partner_admin", _("Partner's administrator")
    PARTNER_AGENT = "partner_agent", _("Partner's agent")
    ARTISAN = "artisan", _("Artisan")
    AUDITOR = "auditor", _("Auditor")


# These act inside one region only; an account that wears one of them must have its region.
REGIONAL_ROLES = frozenset({Role.REGISTRAR, Role.CARD_OFFICER, Role.REGIONAL_DIRECTOR, Role.DESK_AGENT})
# These see every region unless the account is tied to one.
NATIONAL_ROLES = frozenset({Role.NATIONAL_ADMIN, Role.PARTNERSHIP_OFFICER, Role.AUDITOR})
# These act for one partner, which the account is tied to.
PARTNER_ROLES = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_AGENT})
# The roles that a role may put in place: never its own, but for the national administration. An artisan's
# account comes with the register; those who act for a partner are managed with the partner.
GRANTABLE_ROLES = {
    Role.NATIONAL_ADMIN: frozenset(Role) - {Role.ARTISAN} - PARTNER_ROLES,
    Role.REGIONAL_DIRECTOR: frozenset({Role.REGISTRAR, Role.CARD_OFFICER, Role.DESK_AGENT}),
}
# Staff sign in with a password and a second factor; an artisan signs in with a one-time code.
STAFF_ROLES = frozenset(Role) - {Role.ARTISAN}


class Permission(TextChoices):
    """One thing that a person may be allowed to do."""

    VIEW_REGISTER = "view_register", _("See the register")
    REGISTER_ARTISAN = "register_artisan", _("Enter applications")
    DECIDE_APPLICATION = "decide_application", _("Decide on applications")
    DECIDE_STANDING = "decide_standing", _("Suspend, strike off and reinstate")
    SEE_IDENTITY_NUMBERS = "see_identity_numbers", _("See identity numbers whole")
    REVIEW_DUPLICATES = "review_duplicates", _("Review duplicates and merge entries")
    IMPORT_REGISTER = "import_register", _("Import people in bulk")
    EXPORT_REGISTER = "export_register", _("Export lists of the register")
    FETCH_LISTS = "fetch_lists", _("Fetch the files of lists taken out")
    MANAGE_CRAFTS = "manage_crafts", _("Replace the list of crafts")
    MANAGE_BODIES = "manage_bodies", _("Found craft bodies and keep their mandates")
    VIEW_FIGURES = "view_figures", _("See the register's figures")
    SET_TARGETS = "set_targets", _("Enter registration targets")
    ANSWER_DATA_REQUESTS = "answer_data_requests", _("Answer people's requests about their data")
    ERASE_DATA = "erase_data", _("Erase data at the end of its retention")
    VIEW_CARDS = "view_cards", _("See cards and batches")
    REQUEST_CARDS = "request_cards", _("Ask for cards")
    APPROVE_CARDS = "approve_cards", _("Approve or refuse requests for cards")
    MAKE_CARDS = "make_cards", _("Make and download card batches")
    REVOKE_CARD = "revoke_card", _("Revoke cards")
    HAND_OVER_CARD = "hand_over_card", _("Hand cards over")
    VIEW_MEETINGS = "view_meetings", _("See the calendar and meetings")
    MANAGE_MEETINGS = "manage_meetings", _("Schedule meetings")
    MANAGE_PROGRAMMES = "manage_programmes", _("Open programmes of caravans")
    APPROVE_MINUTES = "approve_minutes", _("Approve the minutes of meetings")
    CHECK_IN = "check_in", _("Check people in")
    VIEW_OFFERS = "view_offers", _("See partners' offers")
    MANAGE_OFFERS = "manage_offers", _("Manage partners, agreements and offers")
    CHECK_OFFERS = "check_offers", _("Check offers before they are published")
    MANAGE_ADHESIONS = "manage_adhesions", _("Record the votes of a chamber's assembly")
    VIEW_PARTNERSHIPS = "view_partnerships", _("See agreements, refusals and partners' figures")
    FOLLOW_REFUSALS = "follow_refusals", _("Follow up refusals by partners")
    CHECK_BENEFITS = "check_benefits", _("Check a holder's right to benefits")
    ANSWER_REFERRALS = "answer_referrals", _("Answer holders' requests for offers")
    MANAGE_OWN_OFFERS = "manage_own_offers", _("Propose, confirm and withdraw one's own partner's offers")
    MANAGE_PARTNER_SPACE = "manage_partner_space", _("Manage a partner's agents, branches and keys")
    VIEW_OWN_FILE = "view_own_file", _("See one's own file and card")
    VIEW_AUDIT_TRAIL = "view_audit_trail", _("Read the audit trail")
    MANAGE_CHAMBER = "manage_chamber", _("Change a chamber's settings")
    MANAGE_ACCOUNTS = "manage_accounts", _("Open and close staff accounts")


P = Permission

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.NATIONAL_ADMIN: frozenset(
        {
            P.VIEW_REGISTER,
            P.DECIDE_STANDING,
            P.SEE_IDENTITY_NUMBERS,
            P.REVIEW_DUPLICATES,
            P.IMPORT_REGISTER,
            P.EXPORT_REGISTER,
            P.FETCH_LISTS,
            P.MANAGE_CRAFTS,
            P.MANAGE_BODIES,
            P.VIEW_FIGURES,
            P.SET_TARGETS,
            P.ANSWER_DATA_REQUESTS,
            P.ERASE_DATA,
            P.DECIDE_APPLICATION,
            P.VIEW_CARDS,
            P.REQUEST_CARDS,
            P.APPROVE_CARDS,
            P.MAKE_CARDS,
            P.REVOKE_CARD,
            P.VIEW_MEETINGS,
            P.MANAGE_MEETINGS,
            P.MANAGE_PROGRAMMES,
            P.VIEW_OFFERS,
            P.MANAGE_OFFERS,
            P.CHECK_OFFERS,
            P.MANAGE_ADHESIONS,
            P.VIEW_PARTNERSHIPS,
            P.FOLLOW_REFUSALS,
            P.VIEW_AUDIT_TRAIL,
            P.MANAGE_CHAMBER,
            P.MANAGE_ACCOUNTS,
        }
    ),
    Role.REGISTRAR: frozenset(
        {
            P.VIEW_REGISTER,
            P.SEE_IDENTITY_NUMBERS,
            P.REVIEW_DUPLICATES,
            P.EXPORT_REGISTER,
            P.FETCH_LISTS,
            P.MANAGE_BODIES,
            P.VIEW_FIGURES,
            P.REGISTER_ARTISAN,
            P.DECIDE_APPLICATION,
            P.VIEW_CARDS,
            P.REQUEST_CARDS,
            P.VIEW_MEETINGS,
            P.VIEW_OFFERS,
        }
    ),
    Role.CARD_OFFICER: frozenset(
        {
            P.VIEW_REGISTER,
            P.EXPORT_REGISTER,
            P.FETCH_LISTS,
            P.VIEW_FIGURES,
            P.VIEW_CARDS,
            P.REQUEST_CARDS,
            P.APPROVE_CARDS,
            P.MAKE_CARDS,
            P.REVOKE_CARD,
            P.HAND_OVER_CARD,
            P.VIEW_MEETINGS,
            P.CHECK_IN,
            P.VIEW_OFFERS,
        }
    ),
    Role.REGIONAL_DIRECTOR: frozenset(
        {
            P.VIEW_REGISTER,
            P.DECIDE_STANDING,
            P.SEE_IDENTITY_NUMBERS,
            P.REVIEW_DUPLICATES,
            P.IMPORT_REGISTER,
            P.EXPORT_REGISTER,
            P.FETCH_LISTS,
            P.MANAGE_BODIES,
            P.VIEW_FIGURES,
            P.SET_TARGETS,
            P.ANSWER_DATA_REQUESTS,
            P.DECIDE_APPLICATION,
            P.VIEW_CARDS,
            P.REQUEST_CARDS,
            P.APPROVE_CARDS,
            P.VIEW_MEETINGS,
            P.MANAGE_MEETINGS,
            P.APPROVE_MINUTES,
            P.CHECK_IN,
            P.HAND_OVER_CARD,
            P.VIEW_OFFERS,
            P.MANAGE_ADHESIONS,
            P.VIEW_PARTNERSHIPS,
            P.FOLLOW_REFUSALS,
            P.MANAGE_CHAMBER,
            P.MANAGE_ACCOUNTS,
        }
    ),
    Role.DESK_AGENT: frozenset({P.VIEW_MEETINGS, P.CHECK_IN, P.HAND_OVER_CARD}),
    Role.PARTNERSHIP_OFFICER: frozenset(
        {
            P.VIEW_OFFERS,
            P.MANAGE_OFFERS,
            P.CHECK_OFFERS,
            P.MANAGE_ADHESIONS,
            P.VIEW_PARTNERSHIPS,
            P.FOLLOW_REFUSALS,
            P.VIEW_MEETINGS,
        }
    ),
    Role.PARTNER_ADMIN: frozenset(
        {
            P.CHECK_BENEFITS,
            P.VIEW_OFFERS,
            P.ANSWER_REFERRALS,
            P.FETCH_LISTS,
            P.MANAGE_OWN_OFFERS,
            P.MANAGE_PARTNER_SPACE,
        }
    ),
    Role.PARTNER_AGENT: frozenset({P.CHECK_BENEFITS, P.VIEW_OFFERS, P.ANSWER_REFERRALS, P.FETCH_LISTS}),
    Role.ARTISAN: frozenset({P.VIEW_OWN_FILE, P.VIEW_OFFERS}),
    Role.AUDITOR: frozenset(
        {
            P.VIEW_REGISTER,
            P.EXPORT_REGISTER,
            P.FETCH_LISTS,
            P.VIEW_FIGURES,
            P.VIEW_CARDS,
            P.VIEW_MEETINGS,
            P.VIEW_OFFERS,
            P.VIEW_PARTNERSHIPS,
            P.VIEW_AUDIT_TRAIL,
        }
    ),
}
