"""What the chamber does about a refusal: somebody takes it in hand, and says at the end what was done."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import FollowUpState
from partners.models import Feedback

MOST_NOTE = 2000


@transaction.atomic
def take_refusal(*, refusal: Feedback, version: int, by: User) -> Feedback:
    """Take it in hand; from a colleague's hands too, who may be away.

    Args:
        version: of the refusal as it was when the page was opened.

    Raises:
        ActionRefused: it is settled, it is in one's own hands already, or a colleague was quicker.
    """
    locked = _locked(refusal, version)
    if locked.follow_up == FollowUpState.IN_HAND and locked.followed_by_id == by.pk:
        raise ActionRefused(_("This refusal is in your hands already."))
    return _follow(locked, "taken", FollowUpState.IN_HAND, by)


@transaction.atomic
def settle_refusal(*, refusal: Feedback, note: str, version: int, by: User) -> Feedback:
    """Close it with what was done.

    Raises:
        ActionRefused: nothing is said of what was done, it is settled already, or a colleague was quicker.
    """
    text = clean(note)[:MOST_NOTE]
    if not text:
        raise ActionRefused(_("Say what was done."))
    locked = _locked(refusal, version)
    locked.follow_up_note = text
    return _follow(locked, "settled", FollowUpState.SETTLED, by)


def _locked(refusal: Feedback, version: int) -> Feedback:
    locked = Feedback.objects.refusals().select_for_update(no_key=True).get(pk=refusal.pk)
    if locked.follow_up == FollowUpState.SETTLED:
        raise ActionRefused(_("This refusal is settled already."))
    if locked.version != version:
        raise ActionRefused(_("A colleague took this refusal in hand meanwhile. Look at it again."))
    return locked


def _follow(refusal: Feedback, what: str, state: FollowUpState, by: User) -> Feedback:
    before = audit.snapshot(refusal, ["follow_up", "followed_by"])
    refusal.follow_up = state
    refusal.followed_by = by
    refusal.version += 1
    refusal.save(update_fields=["follow_up", "follow_up_note", "followed_by", "version"])
    audit.record(
        action=f"partners.refusal.{what}",
        by=by,
        subject=refusal,
        region_code=refusal.region_id,
        before=before,
        after=audit.snapshot(refusal, ["follow_up", "followed_by"]),
    )
    return refusal
