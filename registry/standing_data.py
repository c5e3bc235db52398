"""What proceedings and letters hold of a person: given to them with the rest, and erased with it."""

from typing import Any

from django.utils.translation import gettext as _

from core.dates import date_in_words
from registry.models import Registrant

ERASED = "—"


def proceedings_held(sender, registrant: Registrant, **kwargs) -> dict[str, Any] | None:
    """The steps of each proceeding, with what was said on both sides."""
    entries = [
        [
            (_("Kind"), str(row.get_kind_display())),
            (_("Stage"), str(row.get_stage_display())),
            (_("Notice given on"), date_in_words(row.notice_on)),
            (_("Ground of the notice"), str(row.notice_ground)),
            (_("Reason of the notice"), row.notice_reason),
            (_("What the person replies"), row.reply_text),
            (_("Statement of reasons"), row.decision_reason),
            (_("What the person appeals with"), row.appeal_text),
            (_("Reason of the decision on the appeal"), row.appeal_reason),
        ]
        for row in registrant.proceedings.select_related("notice_ground")
    ]
    return {"code": "proceedings", "title": _("Suspension and striking off"), "entries": entries}


def letters_held(sender, registrant: Registrant, **kwargs) -> dict[str, Any] | None:
    entries = [
        [
            (_("Letter"), str(row.get_kind_display())),
            (_("Reference"), row.reference),
            (_("Date"), date_in_words(row.dated)),
        ]
        for row in registrant.letters.all()
    ]
    return {"code": "letters", "title": _("Letters"), "entries": entries}


def erase(sender, registrant: Registrant, **kwargs) -> None:
    """Letters go; of a proceeding its dates and grounds stay, and nothing in anybody's words."""
    registrant.letters.all().delete()
    for proceeding in registrant.proceedings.select_for_update():
        for field in ("notice_reason", "reply_text", "decision_reason", "appeal_text", "appeal_reason"):
            if getattr(proceeding, field):
                setattr(proceeding, field, ERASED)
        proceeding.save()
