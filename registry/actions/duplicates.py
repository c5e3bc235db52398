"""Pairs of entries that may be one person: found, decided to be two, taken up again.

Whoever changes a pair locks its two entries first, in the order of their keys, so that two reviewers, a merge
and the search for duplicates wait for each other instead of for ever.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, background
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.flags import set_flag
from registry.duplicates import QUEUED_LEAST, DuplicateMatch, Traits, compare, likely_duplicates
from registry.enums import Flag, PairState
from registry.models import DuplicatePair, Registrant

# More than this of one entry is a number that everybody uses, not that many people.
MOST_PAIRS = 20
FIND = "registry.tasks.find_duplicates"


def look_for_duplicates(registrant_id: int) -> None:
    """Have a worker look for duplicates of an entry, once the change of it is committed."""
    transaction.on_commit(lambda: background.wake(FIND, registrant_id))


@transaction.atomic
def find_duplicates(registrant_id: int) -> int:
    """Bring the pairs of one entry up to date; gives how many wait. Safe to run twice.

    A pair that was decided to be two people comes back only with a reason that was not there then. A pair
    that nobody decided on goes when the two are not alike any more.
    """
    registrant = Registrant.objects.unmerged().filter(pk=registrant_id, erased_at__isnull=True).first()
    if registrant is None:
        return 0
    matches = _matches(registrant)
    known = DuplicatePair.objects.of(registrant).values_list("first_id", "second_id")
    ids = {registrant.pk, *(match.registrant.pk for match in matches)}
    people = _lock(ids.union(*known))
    me = people[registrant.pk]
    if me.merged_into_id:
        return 0
    alike = {match.registrant.pk: match for match in matches}
    pairs = {
        other_of(pair, me): pair for pair in DuplicatePair.objects.select_for_update().of(me).order_by("pk")
    }
    for other_id, pair in pairs.items():
        _bring_up_to_date(pair, me, people[other_id])
    for other_id in alike.keys() - pairs.keys():
        other = people.get(other_id)
        if other is not None and other.merged_into_id is None:
            _open(me, other)
    for person in people.values():
        refresh_duplicate_flag(person)
    return DuplicatePair.objects.of(me).waiting().count()


@transaction.atomic
def declare_not_same(*, pair: DuplicatePair, reason: str, by: User) -> DuplicatePair:
    """Remember that the two are different people.

    Raises:
        ActionRefused: no reason, or somebody decided on the pair meanwhile.
    """
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    locked, people = lock_pair(pair)
    if locked.state != PairState.OPEN:
        raise ActionRefused(_("Somebody has decided on these two already."))
    _decide(locked, people, PairState.NOT_SAME, by, why)
    record_pair("registry.duplicate.not_same", people.values(), by, reason=why)
    return locked


@transaction.atomic
def compare_again(*, pair: DuplicatePair, reason: str, by: User) -> DuplicatePair:
    """Take back that the two are different people.

    Raises:
        ActionRefused: no reason, or the pair is not one that was decided so.
    """
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    locked, people = lock_pair(pair)
    if locked.state != PairState.NOT_SAME or any(person.merged_into_id for person in people.values()):
        raise ActionRefused(_("These two do not stand as two different people any more."))
    reopen(locked, people.values())
    record_pair("registry.duplicate.reopened", people.values(), by, reason=why)
    return locked


def refuse_merged(registrant: Registrant) -> None:
    """What is done about a person is done in the entry that stayed.

    Raises:
        ActionRefused: this one was merged into another.
    """
    if registrant.merged_into_id:
        raise ActionRefused(_("This entry was merged into another one."))


def lock_pair(pair: DuplicatePair) -> tuple[DuplicatePair, dict[int, Registrant]]:
    """The pair and its two entries under their locks.

    Raises:
        ActionRefused: it went meanwhile, with a merge of one of the two or a change.
    """
    people = _lock({pair.first_id, pair.second_id})
    locked = DuplicatePair.objects.select_for_update().filter(pk=pair.pk).first()
    if locked is None:
        raise ActionRefused(_("These two are not to be compared any more: one was merged or changed."))
    return locked, people


def mark_merged(pair: DuplicatePair, people: dict[int, Registrant], by: User, reason: str) -> None:
    _decide(pair, people, PairState.MERGED, by, reason)


def reopen(pair: DuplicatePair, people: Iterable[Registrant]) -> None:
    pair.state, pair.decided_by, pair.decided_at, pair.decision_reason = PairState.OPEN, None, None, ""
    pair.save()
    for person in people:
        refresh_duplicate_flag(person)


def refresh_duplicate_flag(person: Registrant) -> None:
    """The flag stands while a pair waits; the caller holds the row lock."""
    waits = DuplicatePair.objects.of(person).filter(state=PairState.OPEN).exists()
    set_flag(person, Flag.POSSIBLE_DUPLICATE, on=waits)


def other_of(pair: DuplicatePair, registrant: Registrant) -> int:
    return pair.second_id if pair.first_id == registrant.pk else pair.first_id


def record_pair(action: str, people: Iterable[Registrant], by: User, *, reason: str) -> None:
    """One row in the history of each of the two, without a word about the other but its key."""
    both = list(people)
    for person, other in zip(both, reversed(both), strict=True):
        audit.record(
            action=action,
            by=by,
            subject=person,
            region_code=person.region_id,
            after={"other_entry": other.nia or other.pk},
            reason=reason,
        )


def _matches(registrant: Registrant) -> list[DuplicateMatch]:
    return likely_duplicates(
        Traits.of(registrant), exclude_id=registrant.pk, least=QUEUED_LEAST, most=MOST_PAIRS
    )


def _lock(ids: set[int]) -> dict[int, Registrant]:
    locked = Registrant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {person.pk: person for person in locked}


def _open(one: Registrant, other: Registrant) -> None:
    first, second = sorted((one, other), key=lambda person: person.pk)
    likeness = compare(Traits.of(first), Traits.of(second))
    if likeness.score >= QUEUED_LEAST:
        DuplicatePair.objects.create(
            first=first,
            second=second,
            first_region=first.region_id,
            second_region=second.region_id,
            reasons=list(likeness.reasons),
            score=likeness.score,
        )


def _bring_up_to_date(pair: DuplicatePair, one: Registrant, other: Registrant) -> None:
    """What is known of a pair follows its two entries, which may have changed or moved."""
    if pair.state == PairState.MERGED or other.merged_into_id:
        return
    likeness = compare(Traits.of(one), Traits.of(other))
    if pair.state == PairState.OPEN and likeness.score < QUEUED_LEAST:
        pair.delete()
        return
    regions = {person.pk: person.region_id for person in (one, other)}
    pair.first_region, pair.second_region = regions[pair.first_id], regions[pair.second_id]
    is_news = not set(likeness.reasons) <= set(pair.reasons) and likeness.score >= QUEUED_LEAST
    if pair.state == PairState.OPEN or is_news:
        pair.reasons, pair.score = list(likeness.reasons), likeness.score
        pair.state, pair.decided_by, pair.decided_at, pair.decision_reason = PairState.OPEN, None, None, ""
    pair.save()


def _decide(
    pair: DuplicatePair, people: dict[int, Registrant], state: PairState, by: User, reason: str
) -> None:
    pair.state, pair.decided_by, pair.decided_at, pair.decision_reason = state, by, timezone.now(), reason
    pair.save()
    for person in people.values():
        refresh_duplicate_flag(person)
