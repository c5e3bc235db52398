"""Writing letters: a number of the chamber's year, and the words as they are today."""

from typing import Any

from django.db.models import Max
from django.utils import timezone

from core import audit
from core.models import User
from registry.enums import LetterKind
from registry.letters import facts_of
from registry.models import Application, Letter, NumberSequence, Proceeding, Registrant


def write_letter(
    *,
    kind: LetterKind,
    registrant: Registrant,
    by: User,
    application: Application | None = None,
    proceeding: Proceeding | None = None,
    **facts: Any,
) -> Letter:
    """Keep a letter under the next number; runs inside the transaction of the decision that it tells of.

    Must come after whatever else locks the region's counter of numbers: the row stays locked until the end.
    """
    today = timezone.localdate()
    region_id = registrant.region_id
    NumberSequence.objects.get_or_create(region_id=region_id)
    NumberSequence.objects.select_for_update().get(region_id=region_id)
    last = Letter.objects.filter(region_id=region_id, year=today.year).aggregate(last=Max("number"))["last"]
    return Letter.objects.create(
        kind=kind,
        registrant=registrant,
        application=application,
        proceeding=proceeding,
        region_id=region_id,
        year=today.year,
        number=(last or 0) + 1,
        dated=today,
        facts=facts_of(registrant, **facts),
        written_by=by,
    )


def record_letter_reading(*, letter: Letter, by: User) -> None:
    """Somebody of the staff opened a letter to this person."""
    audit.record(
        action="registry.letter.read",
        by=by,
        subject=letter.registrant,
        region_code=letter.registrant.region_id,
        after={"letter": letter.reference},
    )
