"""What the audit trail says of requests about an entry."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import User
from registry.enums import ChangeKind, ChangeState
from registry.models import ChangeRequest

_DONE = {
    ChangeState.ASKED: _("asked for"),
    ChangeState.SUBMITTED: _("submitted"),
    ChangeState.APPROVED: _("accepted"),
    ChangeState.REFUSED: _("refused"),
    ChangeState.WITHDRAWN: _("withdrawn"),
}


def change_labels() -> dict[str, Promise]:
    """The audit trail's words: one action for each kind of request and what became of it."""
    return {
        f"registry.{kind}.{state}": format_lazy("{kind} — {done}", kind=kind.label, done=_DONE[state])
        for kind in ChangeKind
        for state in ChangeState
    }


def record_change(
    request: ChangeRequest,
    by: User,
    *,
    before: dict | None = None,
    after: dict | None = None,
    reason: str = "",
) -> None:
    """One row in the trail of each chamber concerned: a transfer concerns two."""
    regions = dict.fromkeys(filter(None, [request.region_id, request.destination_id]))
    for region_code in regions:
        audit.record(
            action=f"registry.{request.kind}.{request.state}",
            by=by,
            subject=request.registrant,
            region_code=region_code,
            before=before,
            after={"number": request.number, **(after or {})},
            reason=reason,
        )
