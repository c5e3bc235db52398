"""What duplicates and merges show on pages that gather from several areas."""

from django.http import HttpRequest
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Permission
from registry.models import DuplicatePair, Merge, Registrant

HISTORY_SIZE = 50


def duplicates_panel(request: HttpRequest, subject: None) -> dict:
    """How many pairs wait to be compared."""
    count = DuplicatePair.objects.visible_to(request.user).waiting().count()
    return {"count": count, "kind": "warning" if count else ""}


def merged_panel(request: HttpRequest, registrant: Registrant) -> dict | None:
    """The entries merged into this one with all that is theirs, and the pairs that wait."""
    can_review = request.user.can(Permission.REVIEW_DUPLICATES)
    waiting = DuplicatePair.objects.visible_to(request.user).of(registrant).waiting() if can_review else []
    merges = Merge.objects.standing().filter(kept=registrant).select_related("kept", "merged", "done_by")
    shown = [_shown(merge, may_undo=can_review) for merge in merges]
    return {"pairs": waiting, "merges": shown, "reader": request.user} if waiting or shown else None


def _shown(merge: Merge, *, may_undo: bool) -> dict:
    return {
        "merge": merge,
        "applications": merge.merged.applications.all(),
        "documents": merge.merged.documents.all(),
        "history": AuditEvent.objects.about(merge.merged)[:HISTORY_SIZE],
        "can_undo": may_undo and merge.undo_until >= timezone.now(),
    }
