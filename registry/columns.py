"""The columns that the register's list can show."""

from django.utils.translation import gettext_lazy as _

COLUMNS = {
    "nia": _("Registration number (NIA)"),
    "national_id": _("National identity number"),
    "phone": _("Mobile telephone"),
    "kind": _("Kind"),
    "gender": _("Gender"),
    "birth_date": _("Birth date"),
    "craft": _("Principal craft"),
    "commune": _("Commune"),
    "province": _("Province or prefecture"),
    "region": _("Region"),
    "state": _("State"),
    "card": _("Card"),
    "flags": _("Flags"),
    "registered_on": _("Registered on"),
}
USUAL_COLUMNS = ("nia", "craft", "commune", "state")


def columns_shown(chosen: list[str]) -> list[tuple[str, str]]:
    """The chosen columns in their order, or the usual ones: key and heading."""
    wanted = [name for name in chosen if name in COLUMNS] or USUAL_COLUMNS
    return [(name, str(heading)) for name, heading in COLUMNS.items() if name in wanted]
