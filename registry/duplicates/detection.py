"""The likely duplicates of one entry or of what is being typed, best first."""

from dataclasses import dataclass
from typing import Any

from core.models import User
from registry.duplicates.candidates import candidate_ids
from registry.duplicates.scoring import SHOWN_LEAST, Likeness, compare
from registry.duplicates.traits import Traits
from registry.models import Registrant

MOST_SHOWN = 5


@dataclass(frozen=True)
class DuplicateMatch:
    """An entry that may be the same person, and why."""

    registrant: Registrant
    likeness: Likeness


def likely_duplicates(
    traits: Traits, *, exclude_id: int | None = None, least: int = SHOWN_LEAST, most: int = MOST_SHOWN
) -> list[DuplicateMatch]:
    """Entries that may be the same, from a score of `least` on, best first.

    Looks through every region: the same person may have moved. What the reader may see of an entry in
    another region is `shown_matches`'s business.
    """
    ids = candidate_ids(traits) - {exclude_id}
    matches = []
    for person in Registrant.objects.filter(pk__in=ids).select_related("region"):
        likeness = compare(traits, Traits.of(person))
        if likeness.score >= least:
            matches.append(DuplicateMatch(person, likeness))
    matches.sort(key=lambda match: (-match.likeness.score, match.registrant.pk))
    return matches[:most]


def shown_matches(matches: list[DuplicateMatch], user: User) -> list[dict[str, Any]]:
    """The matches as a page shows them: of somebody in another region, only that they exist and where."""
    return [
        {
            "registrant": match.registrant if _may_see(match.registrant, user) else None,
            "region": match.registrant.region,
            "reasons": [reason.label for reason in match.likeness.reasons],
            "score": match.likeness.score,
        }
        for match in matches
    ]


def _may_see(registrant: Registrant, user: User) -> bool:
    return user.sees_all_regions or registrant.region_id == user.region_id
