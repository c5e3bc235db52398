"""From a typed word to the words of the register that may be meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from django.db import connection
from rapidfuzz.distance import OSA, Levenshtein

from registry.search.sounds import skeletons, sound

# What a word costs beside the one typed: nothing for itself, more the less it looks or sounds like it.
SLIP = 1.0
BEGUN = 0.6
OTHER_SCRIPT = 0.1
SAME_SCRIPT = 0.4
EACH_WEAK_LETTER = 0.3
FARTHEST_SOUND = 3
# Up to here a word is another spelling rather than another word.
ALIKE = 0.75
MOST_SLIPS, MOST_ALIKE, MOST_BEGUN = 150, 40, 24
# One in so many people weighs as much as one unit of cost.
POPULARITY = 0.12
LONGEST_KEYED = 24
FAR = 99.0
# What one slip makes of the Arabic article; the folding drops it only where it is whole.
_BROKEN_ARTICLE = re.compile("^(?:اال|الل|لا|[^ا]ل|ا(?![^ل]ل)[^ل])(?=[ء-ي]{2})|^ا(?=[^ل]ل[ء-ي]{2})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word of the register; `term` is its id in FullName.words and SearchEntry.terms."""

    word: str
    term: int
    cost: float
    people: int
    # Whether it is the typed word but for one slip of the finger, in the same script.
    is_slip: bool

    @property
    def is_exact(self) -> bool:
        return self.cost == 0

    @property
    def is_alike(self) -> bool:
        """The word itself, begun, or spelt another way."""
        return self.cost <= ALIKE


def keys_of(word: str) -> list[str]:
    """What a word is looked up by; two words within one edit, or of one sound, share a key."""
    shorter = [word[:place] + word[place + 1 :] for place in range(len(word))]
    found = [word, *(shorter if 3 <= len(word) <= LONGEST_KEYED else [])]
    found += [bare] if (bare := _without_broken_article(word)) else []
    return [*found, *(f"~{skeleton}" for skeleton in skeletons(sound(word)))]


def candidates(words: Iterable[str], *, unfinished: str = "") -> dict[str, list[Candidate]]:
    """For each folded word the register's words that may be meant by it, the likeliest first; one query.

    `unfinished` is the word that somebody may still be typing: what begins with it counts too.
    """
    typed = list(dict.fromkeys(words))
    rows = _rows(sorted({key for word in typed for key in keys_of(word)}), unfinished)
    # A name that two transactions brought at once stands there twice.
    known = {word: (term, heard, people, skeletons(heard)) for word, term, heard, people in rows}
    return {word: _ranked(word, known, unfinished if word == unfinished else "") for word in typed}


def _rows(keys: list[str], unfinished: str) -> list[tuple]:
    sql = "SELECT word, registry_term('word:' || word), sound, people FROM registry_nameword WHERE keys && %s"
    parameters: list = [keys]
    if len(unfinished) > 1:
        sql = (
            f"({sql}) UNION ALL (SELECT word, registry_term('word:' || word), sound, people"  # noqa: S608
            " FROM registry_nameword WHERE word LIKE %s ORDER BY people DESC, word LIMIT %s)"
        )
        # A folded word has neither % nor _ nor a backslash.
        parameters += [f"{unfinished}%", MOST_BEGUN]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _ranked(word: str, known: dict, unfinished: str) -> list[Candidate]:
    heard = sound(word)
    wanted, script = set(skeletons(heard)), word[:1].isascii()
    bare = _without_broken_article(word)
    found = []
    for other, (term, other_heard, people, other_skeletons) in known.items():
        same_script = other[:1].isascii() == script
        slip = same_script and (other == bare or _within_one_slip(word, other))
        cost = 0.0 if other == word else SLIP if slip else FAR
        if same_script and unfinished and other.startswith(unfinished):
            cost = min(cost, BEGUN)
        if cost and not wanted.isdisjoint(other_skeletons):
            weak = Levenshtein.distance(heard, other_heard, score_cutoff=FARTHEST_SOUND)
            if weak <= FARTHEST_SOUND:
                cost = min(cost, (SAME_SCRIPT if same_script else OTHER_SCRIPT) + EACH_WEAK_LETTER * weak)
        if cost < FAR:
            found.append(Candidate(other, term, cost, people, slip))
    # The word itself comes first, however few bear it.
    found.sort(key=lambda one: (not one.is_exact, one.cost - POPULARITY * log(one.people + 1)))
    chosen = [one for one in found if one.is_alike][:MOST_ALIKE]
    chosen += [one for one in found if one.is_slip and not one.is_exact][:MOST_SLIPS]
    return list(dict.fromkeys(chosen))


def _within_one_slip(word: str, other: str) -> bool:
    return abs(len(other) - len(word)) < 2 and OSA.distance(word, other, score_cutoff=1) < 2


def _without_broken_article(word: str) -> str:
    article = _BROKEN_ARTICLE.match(word)
    if not article:
        return ""
    bare = word[article.end() :]
    # Its second letter was swapped with the first of the name: املختار.
    return bare[0] + bare[2:] if article.end() == 1 else bare
