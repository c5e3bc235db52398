"""What stands beside a registrant's state, worked out again whenever what it rests on changes."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from registry.enums import ACTIVE_STATES, CardStanding, Flag, Kind
from registry.models import Document, RegisterRules, Registrant

# Set by those who know: the review of duplicates and the cards.
_TOLD = frozenset({Flag.POSSIBLE_DUPLICATE})
# The flag of the cards is the last of the list, so that appending it keeps the flags in their order.
_NOTE_STANDING = """
    WITH held AS (
        SELECT id FROM registry_registrant WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE
    )
    UPDATE registry_registrant AS person
    SET card_standing = %(standing)s,
        card_standing_since = %(today)s,
        flags = array_remove(flags, %(flag)s)
            || CASE WHEN %(uncollected)s THEN ARRAY[%(flag)s]::varchar[] ELSE '{}' END,
        updated_at = now()
    FROM held
    WHERE person.id = held.id AND person.card_standing <> %(standing)s
"""


def refresh_flags(registrant: Registrant) -> list[str]:
    """Work out the flags and keep them; the caller holds the registrant's row lock."""
    flags = {flag for flag in registrant.flags if flag in _TOLD}
    if not registrant.photograph:
        flags.add(Flag.PHOTOGRAPH_MISSING)
    required = RegisterRules.objects.of(registrant.region_id).required_documents(registrant.kind)
    if set(required) - set(_documents_of(registrant).values_list("kind", flat=True)):
        flags.add(Flag.DOCUMENT_MISSING)
    supervisor = registrant.supervisor
    if registrant.kind == Kind.ENTERPRISE and supervisor and supervisor.state not in ACTIVE_STATES:
        flags.add(Flag.SUPERVISOR_LOST)
    if registrant.card_standing == CardStanding.MADE:
        flags.add(Flag.CARD_UNCOLLECTED)
    return _keep(registrant, flags)


def _documents_of(registrant: Registrant) -> QuerySet[Document]:
    """Those scanned for the entry and for the entries merged into it."""
    return Document.objects.filter(Q(registrant=registrant) | Q(registrant__merged_into=registrant))


def set_flag(registrant: Registrant, flag: Flag, *, on: bool) -> None:
    """Raise or lower one flag that somebody tells us of; the caller holds the row lock."""
    flags = set(registrant.flags)
    flags = flags | {flag} if on else flags - {flag}
    _keep(registrant, flags)


def refresh_supervised(supervisor: Registrant) -> None:
    """Work out the flags of the enterprises whose production this artisan supervises."""
    for enterprise in Registrant.objects.select_for_update().filter(supervisor=supervisor).order_by("pk"):
        refresh_flags(enterprise)


def note_card_standing(*, registrant_ids: Iterable[int], standing: CardStanding) -> int:
    """What the cards tell of their holders; a whole batch in one statement, in the transaction of its cards.

    The rows are locked in the order of their keys, so that two batches wait for each other instead of for
    ever. Returns how many stood elsewhere before.
    """
    uncollected = standing == CardStanding.MADE
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE_STANDING,
            {
                "ids": list(registrant_ids),
                "standing": str(standing),
                "today": timezone.localdate(),
                "flag": str(Flag.CARD_UNCOLLECTED),
                "uncollected": uncollected,
            },
        )
        return cursor.rowcount


def _keep(registrant: Registrant, flags: set[str]) -> list[str]:
    ordered = [flag.value for flag in Flag if flag in flags]
    if ordered != registrant.flags:
        registrant.flags = ordered
        registrant.save(update_fields=["flags"])
    return ordered
