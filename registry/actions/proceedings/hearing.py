"""A notice with its right of reply, and the reply."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.data import ScannedDocument
from registry.actions.grounding import grounding
from registry.actions.proceedings.steps import (
    SANCTIONS,
    lock,
    lock_registrant,
    received,
    record,
    rules_of,
    store,
    write,
)
from registry.enums import LetterKind, ProceedingKind
from registry.models import Ground, Proceeding, Registrant


@transaction.atomic
def give_notice(
    *, registrant: Registrant, kind: ProceedingKind, ground: Ground | None, reason: str, by: User
) -> Proceeding:
    """Tell somebody that a suspension or a striking off is considered, and until when they may reply.

    Raises:
        ActionRefused: not on the register, another proceeding is open or may still be appealed, or ground or
            reason is missing.
    """
    person = lock_registrant(registrant)
    move = lifecycle.REGISTRANT.check(SANCTIONS[ProceedingKind(kind)], person.state)
    today = timezone.localdate()
    if person.proceedings.open().exists():
        raise ActionRefused(_("A proceeding on this entry is open already."))
    last = person.proceedings.first()
    if last and last.may_be_appealed(today):
        raise ActionRefused(
            _("The last decision may be appealed until %(date)s: no new notice before.")
            % {"date": date_in_words(last.appeal_until)}
        )
    chosen, words = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=person.region_id
    )
    proceeding = Proceeding.objects.create(
        registrant=person,
        kind=kind,
        notice_on=today,
        notice_by=by,
        notice_ground=chosen,
        notice_reason=words,
        reply_until=today + timedelta(days=rules_of(person).days_to_reply),
    )
    record(proceeding, "notified", by, {"reply_until": proceeding.reply_until, "ground": chosen}, words)
    write(LetterKind.NOTICE, proceeding, by, chosen, words)
    return proceeding


@transaction.atomic
def record_reply(
    *, proceeding: Proceeding, received_on: date, text: str, documents: Sequence[ScannedDocument], by: User
) -> Proceeding:
    """Keep what the person answers to the notice; one that comes late is kept too, until the decision.

    Raises:
        ActionRefused: replied or decided already, nothing was said or brought, or the day cannot be.
    """
    locked = lock(proceeding)
    move = lifecycle.PROCEEDING.check("reply", locked.stage)
    locked.reply_text = received(locked.notice_on, received_on, text, documents)
    locked.replied_on, locked.stage = received_on, move.to
    locked.save(update_fields=["reply_text", "replied_on", "stage"])
    locked.reply_documents.set(store(locked.registrant, documents, by))
    record(locked, "replied", by, {"replied_on": received_on, "documents": len(documents)})
    return locked
