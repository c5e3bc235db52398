"""Whether two entries may be one person: what is compared, how it is weighed, and where it is looked for."""

from registry.duplicates.detection import DuplicateMatch, likely_duplicates, shown_matches
from registry.duplicates.scoring import QUEUED_LEAST, SHOWN_LEAST, Likeness, compare
from registry.duplicates.traits import Traits

__all__ = [
    "QUEUED_LEAST",
    "SHOWN_LEAST",
    "DuplicateMatch",
    "Likeness",
    "Traits",
    "compare",
    "likely_duplicates",
    "shown_matches",
]
