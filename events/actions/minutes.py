"""Minutes: written section by section, never over somebody else's words, then approved and frozen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.images import ReencodedDocument
from core.models import User
from events.enums import MeetingState, MinutesState
from events.minutes import Section, content_of, sections_of
from events.models import Meeting, Minutes, MinutesAnnex, MinutesVersion

_TOOK_PLACE = (MeetingState.UNDER_WAY, MeetingState.HELD, MeetingState.CLOSED)
LONGEST = 20_000
MOST_ANNEXES = 10


@dataclass(frozen=True)
class Conflict:
    """A section that two people changed: what stands there now, and what was to be saved."""

    slug: str
    title: str
    theirs: str
    ours: str


class MinutesConflict(ActionRefused):
    """Somebody else changed the same sections meanwhile. Nothing is saved; `conflicts` says which."""

    def __init__(self, conflicts: list[Conflict], version: int):
        super().__init__(
            _("Somebody else changed the same passages meanwhile: their words are shown beside yours.")
        )
        self.conflicts = conflicts
        self.version = version


@transaction.atomic
def save_minutes(
    *,
    meeting: Meeting,
    sections: Mapping[str, str],
    not_held: Collection[int],
    version: int,
    by: User,
) -> Minutes:
    """Keep what was written. A section that says what the facts say goes on following them.

    Sections that somebody else changed since `version`, and that this writer left alone, keep the other's
    words.

    Args:
        sections: the text of each section, by its slug; one that is missing is left alone.
        not_held: keys of the agenda's items that were not held after all.
        version: the minutes' when the page was opened; 0 before they were ever saved.

    Raises:
        MinutesConflict: a section was changed by both.
        ActionRefused: the meeting has not taken place, or the minutes are approved.
    """
    locked = _open(meeting)
    now = sections_of(meeting, locked)
    others = _changed_since(locked, version)
    changes, conflicts = [], []
    for section in now:
        wanted = _tidy(sections.get(section.slug, section.text))
        if wanted == section.text:
            continue
        if section.slug in others:
            if wanted == others[section.slug]:
                # Left as it was before the other's change.
                continue
            conflicts.append(Conflict(section.slug, section.title, section.text, wanted))
        changes.append(_change(section, wanted))
    if conflicts:
        raise MinutesConflict(conflicts, locked.version)
    changes += _held_changes(locked, now, set(not_held), others)
    if changes:
        _keep(locked, now, changes, by)
    return locked


@transaction.atomic
def approve_minutes(*, meeting: Meeting, version: int, by: User) -> Minutes:
    """Approve the minutes as they stand and freeze all of them. A second click is refused in words.

    Raises:
        ActionRefused: not held yet, approved already, or changed since the director read them.
    """
    locked = _open(meeting)
    if locked.version != version:
        raise ActionRefused(_("The minutes changed since you opened them: read them again before approving."))
    if meeting.state not in (MeetingState.HELD, MeetingState.CLOSED):
        raise ActionRefused(_("The minutes are approved once the meeting was held."))
    locked.frozen = content_of(meeting, locked)
    locked.state, locked.approved_by, locked.approved_at = MinutesState.APPROVED, by, timezone.now()
    locked.version += 1
    locked.save()
    audit.record(
        action="events.minutes.approved",
        by=by,
        subject=meeting,
        region_code=meeting.region_id,
        after={"version": locked.version},
    )
    return locked


@transaction.atomic
def add_annex(*, meeting: Meeting, title: str, document: ReencodedDocument, by: User) -> MinutesAnnex:
    """Add a paper to the minutes, saved anew by `core.images` before.

    Raises:
        ActionRefused: no title, too many, or the minutes are approved.
    """
    locked, named = _open(meeting), clean(title)
    if not named:
        raise ActionRefused(_("Give the annex a title."))
    if locked.annexes.count() >= MOST_ANNEXES:
        raise ActionRefused(_("Minutes have at most %(most)s annexes.") % {"most": MOST_ANNEXES})
    added = MinutesAnnex(minutes=locked, title=named, content_type=document.content_type, added_by=by)
    added.file.save(document.content.name, document.content, save=False)
    added.save()
    _record_annex("events.annex.added", added, by)
    return added


@transaction.atomic
def remove_annex(*, annex: MinutesAnnex, by: User) -> None:
    """Take a paper off the minutes, and delete its file.

    Raises:
        ActionRefused: the minutes are approved.
    """
    _open(annex.minutes.meeting)
    known = MinutesAnnex.objects.filter(pk=annex.pk).first()
    if known is None:
        return
    storage, name = known.file.storage, known.file.name
    _record_annex("events.annex.removed", known, by)
    known.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _record_annex(action: str, annex: MinutesAnnex, by: User) -> None:
    meeting = annex.minutes.meeting
    audit.record(
        action=action, by=by, subject=meeting, region_code=meeting.region_id, after={"title": annex.title}
    )


def _open(meeting: Meeting) -> Minutes:
    """The minutes under their lock, made the first time."""
    if not Meeting.objects.filter(pk=meeting.pk, state__in=_TOOK_PLACE).exists():
        raise ActionRefused(_("This meeting has not taken place: there is nothing to write down."))
    Minutes.objects.get_or_create(meeting=meeting)
    locked = Minutes.objects.select_for_update().get(meeting=meeting)
    if locked.is_approved:
        raise ActionRefused(_("The minutes are approved: nothing of them is changed any more."))
    return locked


def _changed_since(minutes: Minutes, version: int) -> dict[str, str]:
    """What each section said at that version, of those that were changed after it."""
    before: dict[str, str] = {}
    for saved in minutes.versions.filter(number__gt=max(version, 1)).order_by("number"):
        for change in saved.changes:
            before.setdefault(change["section"], change["before"])
    return before


def _held_changes(
    minutes: Minutes, now: list[Section], not_held: set[int], others: dict[str, str]
) -> list[dict]:
    """Items that were ticked or unticked; a tick of somebody else's since stays."""
    changes = []
    for section in now:
        slug = f"held-{section.item}"
        if section.item is None or slug in others or (section.item not in not_held) == section.was_held:
            continue
        words = [str(_("held")), str(_("not held"))]
        before, after = words if section.was_held else reversed(words)
        changes.append({"section": slug, "title": section.title, "before": before, "after": after})
    return changes


def _keep(minutes: Minutes, now: list[Section], changes: list[dict], by: User) -> None:
    composed = {section.slug: section.composed for section in now}
    dropped = set(minutes.not_held)
    for change in changes:
        slug = change["section"]
        if slug.startswith("held-"):
            dropped ^= {int(slug.removeprefix("held-"))}
        elif change["after"] == composed[slug]:
            minutes.sections.pop(slug, None)
        else:
            minutes.sections[slug] = change["after"]
    minutes.not_held = sorted(dropped)
    minutes.version += 1
    minutes.save()
    MinutesVersion.objects.create(minutes=minutes, number=minutes.version, changes=changes, saved_by=by)
    audit.record(
        action="events.minutes.saved",
        by=by,
        subject=minutes.meeting,
        region_code=minutes.meeting.region_id,
        after={"version": minutes.version, "sections": [change["section"] for change in changes]},
    )


def _change(section: Section, wanted: str) -> dict:
    return {"section": section.slug, "title": section.title, "before": section.text, "after": wanted}


def _tidy(text: str) -> str:
    """As forms send it, with one kind of line end."""
    return text.replace("\r\n", "\n").strip()[:LONGEST]
