"""What the audit trail says of applications."""

from core import audit
from core.models import User
from registry.models import Application


def record_application(
    application: Application, action: str, by: User, before: dict, *, reason: str = ""
) -> None:
    after = {"state": application.state, "tracking_number": application.tracking_number}
    if reason and application.ground:
        after["ground"] = str(application.ground)
    audit.record(
        action=action,
        by=by,
        subject=application.registrant,
        region_code=application.registrant.region_id,
        before=before,
        after=after,
        reason=reason,
    )
