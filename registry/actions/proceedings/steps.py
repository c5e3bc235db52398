"""What every step of a proceeding shares: locks in one order, limits, the audit row and the letter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean_lines
from core.exceptions import ActionRefused
from core.models import Chamber, User
from registry.actions.data import ScannedDocument
from registry.actions.duplicates import refuse_merged
from registry.actions.letters import write_letter
from registry.enums import LetterKind, ProceedingKind
from registry.letters import in_both
from registry.models import Document, Ground, Letter, Proceeding, RegisterRules, Registrant

# The move of the register that a decision makes.
SANCTIONS = {ProceedingKind.SUSPENSION: "suspend", ProceedingKind.STRIKING_OFF: "strike_off"}
# What a letter may say of the way so far.
_DATES = ("notice_on", "reply_until", "replied_on", "decided_on", "appeal_until", "appealed_on")


def lock_registrant(registrant: Registrant) -> Registrant:
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    refuse_merged(locked)
    return locked


def lock(proceeding: Proceeding) -> Proceeding:
    """The proceeding under its own lock and its registrant's, always the registrant first."""
    person = lock_registrant(proceeding.registrant)
    locked = Proceeding.objects.select_for_update().get(pk=proceeding.pk)
    locked.registrant = person
    return locked


def rules_of(registrant: Registrant) -> RegisterRules:
    return RegisterRules.objects.of(registrant.region_id)


def refuse_same_hand(proceeding: Proceeding, earlier_id: int | None, by: User, words: str) -> None:
    chamber = Chamber.objects.get(region_id=proceeding.registrant.region_id)
    if chamber.separate_maker_and_checker and earlier_id == by.pk:
        raise ActionRefused(words)


def received(since: date, received_on: date, text: str, documents: Sequence[ScannedDocument]) -> str:
    """The words of a reply or an appeal, once it is certain that it can have come on that day."""
    if not since <= received_on <= timezone.localdate():
        raise ActionRefused(_("The day lies before the step that it answers, or in the future."))
    words = clean_lines(text)
    if not words and not documents:
        raise ActionRefused(_("Write what the person says, or add what they brought."))
    return words


def store(registrant: Registrant, documents: Sequence[ScannedDocument], by: User) -> list[Document]:
    return [
        Document.objects.create(
            registrant=registrant,
            kind=scanned.kind,
            file=scanned.content,
            content_type=scanned.content_type,
            uploaded_by=by,
        )
        for scanned in documents
    ]


def record(proceeding: Proceeding, what: str, by: User, after: dict[str, Any], reason: str = "") -> None:
    audit.record(
        action=f"registry.proceeding.{what}",
        by=by,
        subject=proceeding.registrant,
        region_code=proceeding.registrant.region_id,
        after={"proceeding": proceeding.pk, "kind": proceeding.kind, **after},
        reason=reason,
    )


def write(
    kind: LetterKind, proceeding: Proceeding, by: User, ground: Ground | None, reason: str, **more: Any
) -> Letter:
    dates = {name: getattr(proceeding, name) for name in _DATES if getattr(proceeding, name)}
    return write_letter(
        kind=kind,
        registrant=proceeding.registrant,
        by=by,
        proceeding=proceeding,
        ground=ground,
        reason=reason,
        procedure=in_both(proceeding.get_kind_display),
        sanction=proceeding.kind,
        dates=dates,
        **more,
    )
