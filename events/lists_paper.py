"""Lists on paper: who is invited, to be signed at the door; cards by box, to be signed when handed over."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import Chamber
from core.papers import render_paper
from events.cards_to_bring import cards_to_bring
from events.models import Meeting

LISTS = ("door", "cards")
# More would be a pile of paper, and minutes of waiting.
MOST_LINES = 1500


def list_pdf(meeting: Meeting, name: str) -> bytes:
    """One of LISTS, in Arabic with Latin names beside.

    Raises:
        ActionRefused: longer than MOST_LINES.
    """
    if name == "door":
        rows = meeting.invitations.standing().with_people().order_by("position")
    else:
        rows = cards_to_bring(meeting).in_print_order().with_holder()
    if rows.count() > MOST_LINES:
        raise ActionRefused(_("This list is longer than %(n)s lines.") % {"n": MOST_LINES})
    return render_paper(
        f"events/pdf/list_{name}.html",
        chamber=Chamber.objects.get(region_id=meeting.region_id),
        dated=timezone.localdate(),
        language="ar",
        signed=False,
        context={"meeting": meeting, "rows": rows},
    )
