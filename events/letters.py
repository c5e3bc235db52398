"""Letters of invitation: one page each, all in one file, in order of protocol, with a QR to answer by."""

import io
from datetime import date

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import background
from core.links import qr_png
from core.models import Chamber
from core.papers import render_paper
from events.enums import MailingState
from events.links import answer_qr, answer_url
from events.models import Invitation, LetterFile

MAKE = "events.tasks.make_letters"
# First half of the advisory lock that tells who makes a file; the second is its key.
_LOCK = 0x6C657474


def letter_pdf(invitation: Invitation, chamber: Chamber, language: str, dated: date) -> bytes:
    """One letter. The invitation comes with its meeting, guest, registrant and institution."""
    return render_paper(
        "events/pdf/letter.html",
        chamber=chamber,
        dated=dated,
        language=language,
        reference=f"{invitation.meeting_id}/{invitation.position}",
        context={"invitation": invitation, "meeting": invitation.meeting, "url": answer_url(invitation)},
        files={"answer.png": qr_png(answer_qr(invitation), border=2, scale=6)},
    )


def make_letters(letters_id: int) -> None:
    """Make a file of letters. Begun anew where a worker died at it; only a whole file is kept."""
    with background.at_work(_LOCK, letters_id) as alone:
        letters = _start(letters_id) if alone else None
        if letters is not None:
            _make(letters)


def resume(letters_id: int | None = None) -> int:
    """Ask for a worker for every file (or this one) that nobody makes; give how many."""
    running = LetterFile.objects.running()
    if letters_id is not None:
        running = running.filter(pk=letters_id)
    forgotten = [
        key
        for key in running.values_list("pk", flat=True)
        if not background.is_at_work(_LOCK, key) and not background.is_queued(MAKE, key)
    ]
    for key in forgotten:
        background.wake(MAKE, key)
    return len(forgotten)


def _make(letters: LetterFile) -> None:
    chamber = Chamber.objects.get(region_id=letters.meeting.region_id)
    dated = timezone.localdate(letters.created_at)
    people = letters.meeting.invitations.standing().with_people().select_related("meeting__commune")
    if letters.group_id:
        people = people.filter(group_id=letters.group_id)
    with pikepdf.new() as whole:
        for done, invitation in enumerate(people.order_by("position"), start=1):
            with pikepdf.open(io.BytesIO(letter_pdf(invitation, chamber, letters.language, dated))) as one:
                whole.pages.extend(one.pages)
            if not LetterFile.objects.running().filter(pk=letters.pk).update(done=done):
                return
        whole.remove_unreferenced_resources()
        made = io.BytesIO()
        whole.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _finish(letters.pk, made.getvalue())


@transaction.atomic
def _start(letters_id: int) -> LetterFile | None:
    letters = LetterFile.objects.running().filter(pk=letters_id).select_for_update().first()
    if letters is None:
        return None
    letters.done, letters.started_at = 0, timezone.now()
    letters.save(update_fields=["done", "started_at"])
    return LetterFile.objects.select_related("meeting").get(pk=letters_id)


@transaction.atomic
def _finish(letters_id: int, content: bytes) -> None:
    letters = LetterFile.objects.running().filter(pk=letters_id).select_for_update().first()
    if letters is None:
        return
    letters.file.save(f"letters-{letters.pk}.pdf", ContentFile(content), save=False)
    letters.state, letters.finished_at = MailingState.DONE, timezone.now()
    letters.save()
