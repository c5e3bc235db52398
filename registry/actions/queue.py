"""Who works on which application, and what colleagues tell each other about it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from core.roles import Permission
from registry.enums import OPEN_STATES
from registry.models import Application, ApplicationComment


@transaction.atomic
def take_next(*, by: User) -> Application | None:
    """Give this person the oldest application that nobody has and that they may decide, or None.

    Two who press at once get two different ones: a row that somebody is taking is passed over.
    """
    application = (
        Application.objects.visible_to(by)
        .decidable_by(by)
        .unassigned()
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if application is not None:
        _assign(application, by, by)
    return application


@transaction.atomic
def assign_application(*, application: Application, to: User, by: User) -> Application:
    """Put an application into a colleague's hands, or one's own.

    Raises:
        ActionRefused: decided meanwhile, or the colleague may not decide on it: other region, other task,
            entered or changed by them.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state not in OPEN_STATES:
        raise ActionRefused(_("This application has been decided already."))
    allowed = Application.objects.visible_to(to).filter(pk=locked.pk).exists()
    if not allowed or not to.can(Permission.DECIDE_APPLICATION):
        raise ActionRefused(_("This colleague may not decide on applications here."))
    waiting = Application.objects.filter(pk=locked.pk).awaiting_decision().exists()
    if waiting and not Application.objects.filter(pk=locked.pk).decidable_by(to).exists():
        raise ActionRefused(_("This colleague entered or changed the application: another person decides."))
    _assign(locked, to, by)
    return locked


@transaction.atomic
def give_back(*, application: Application, by: User) -> Application:
    """Put an application back into the queue for whoever takes the next one. Twice is once."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if locked.state not in OPEN_STATES:
        raise ActionRefused(_("This application has been decided already."))
    if locked.assigned_to_id is not None:
        _assign(locked, None, by)
    return locked


@transaction.atomic
def add_comment(*, application: Application, text: str, by: User) -> ApplicationComment:
    """Tell colleagues something about an application; what was written stays as it is.

    Raises:
        ActionRefused: nothing was written.
    """
    words = clean(text)
    if not words:
        raise ActionRefused(_("Write the comment first."))
    comment = ApplicationComment.objects.create(application=application, author=by, text=words)
    # The trail says that something was written; the words stay with the application.
    audit.record(
        action="registry.application.commented",
        by=by,
        subject=application.registrant,
        region_code=application.registrant.region_id,
        after={"tracking_number": application.tracking_number, "comment": comment.pk},
    )
    return comment


def _assign(application: Application, to: User | None, by: User) -> None:
    before = {"assigned_to": str(application.assigned_to or "")}
    application.assigned_to = to
    application.assigned_at = timezone.now() if to else None
    application.save(update_fields=["assigned_to", "assigned_at"])
    audit.record(
        action="registry.application.assigned",
        by=by,
        subject=application.registrant,
        region_code=application.registrant.region_id,
        before=before,
        after={"assigned_to": str(to or ""), "tracking_number": application.tracking_number},
    )
