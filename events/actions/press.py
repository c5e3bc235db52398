"""Press releases: edited under one version, published, taken back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from events.enums import PUBLIC_STATES, PressState
from events.models import Meeting, PressRelease


@transaction.atomic
def save_release(
    *, meeting: Meeting, language: str, title: str, body: str, version: int, by: User
) -> PressRelease:
    """Keep what was written in one language.

    Raises:
        ActionRefused: no title or no text, or somebody else saved it since the page was opened (`version` is
            the release's at that time, 0 before it was ever saved).
    """
    title, body = title.strip(), body.replace("\r\n", "\n").strip()
    if not title or not body:
        raise ActionRefused(_("A press release has a title and a text."))
    locked = _locked(meeting, language, version)
    before = {"version": locked.version} if locked.pk else {}
    locked.title, locked.body, locked.saved_by = title, body, by
    locked.version = version + 1
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_changed_words()) from error
    _record("events.press.saved", locked, by, before)
    return locked


@transaction.atomic
def publish_release(*, release: PressRelease, version: int, by: User) -> PressRelease:
    """Put the release on the meeting's public page.

    Raises:
        ActionRefused: the meeting is not one that the public is told of, or somebody changed the text.
    """
    locked = _locked(release.meeting, release.language, version)
    if locked.meeting.state not in PUBLIC_STATES:
        raise ActionRefused(_("The public is told of meetings that are announced or were held."))
    if locked.state == PressState.PUBLISHED:
        return locked
    locked.state, locked.published_at = PressState.PUBLISHED, timezone.now()
    return _moved(locked, "events.press.published", by)


@transaction.atomic
def withdraw_release(*, release: PressRelease, version: int, by: User) -> PressRelease:
    """Take the release off the public page; it may be changed and published again."""
    locked = _locked(release.meeting, release.language, version)
    if locked.state == PressState.DRAFT:
        return locked
    locked.state, locked.published_at = PressState.DRAFT, None
    return _moved(locked, "events.press.withdrawn", by)


def _locked(meeting: Meeting, language: str, version: int) -> PressRelease:
    known = PressRelease.objects.select_for_update(of=("self",)).select_related("meeting")
    locked = known.filter(meeting=meeting, language=language).first()
    if (locked.version if locked else 0) != version:
        raise ActionRefused(_changed_words())
    return locked or PressRelease(meeting=meeting, language=language)


def _changed_words() -> str:
    return _("Somebody else changed this press release meanwhile: their words are shown beneath yours.")


def _moved(locked: PressRelease, action: str, by: User) -> PressRelease:
    locked.version += 1
    locked.saved_by = by
    locked.save()
    _record(action, locked, by, {})
    return locked


def _record(action: str, release: PressRelease, by: User, before: dict) -> None:
    audit.record(
        action=action,
        by=by,
        subject=release.meeting,
        region_code=release.meeting.region_id,
        before=before,
        after={"language": release.language, "version": release.version},
    )
