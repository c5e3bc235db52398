"""From a typed word to the words of the register that may be meant."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from django.db import connection
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import extract

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
_ONE_SLIP = {"score_cutoff": 1, "limit": None}
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
    known = _Known(_rows(sorted({key for word in typed for key in keys_of(word)}), unfinished))
    return {word: _ranked(word, known, unfinished if word == unfinished else "") for word in typed}


class _Known:
    """Words of the register, with what to look them up by: some hundreds to each word of a search."""

    def __init__(self, rows: list[tuple]):
        # A name that two transactions brought at once stands there twice.
        self.words = {word: (term, heard, people) for word, term, heard, people in rows}
        self.latin = [word for word in self.words if word[:1].isascii()]
        self.arabic = [word for word in self.words if not word[:1].isascii()]
        self.by_skeleton: dict[str, list[str]] = {}
        for word, (_term, heard, _people) in self.words.items():
            for skeleton in skeletons(heard):
                self.by_skeleton.setdefault(skeleton, []).append(word)

    def in_script_of(self, word: str) -> list[str]:
        return self.latin if word[:1].isascii() else self.arabic


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


def _ranked(word: str, known: _Known, unfinished: str) -> list[Candidate]:
    heard, bare = sound(word), _without_broken_article(word)
    same_script = known.in_script_of(word)
    slips = {
        other for other, _distance, _place in extract(word, same_script, scorer=OSA.distance, **_ONE_SLIP)
    }
    slips |= {bare} & known.words.keys()
    costs = dict.fromkeys(slips, SLIP)
    if unfinished:
        costs |= {other: BEGUN for other in same_script if other.startswith(unfinished)}
    for other in {other for skeleton in skeletons(heard) for other in known.by_skeleton.get(skeleton, ())}:
        weak = Levenshtein.distance(heard, known.words[other][1], score_cutoff=FARTHEST_SOUND)
        if weak <= FARTHEST_SOUND:
            script = SAME_SCRIPT if other[:1].isascii() == word[:1].isascii() else OTHER_SCRIPT
            costs[other] = min(costs.get(other, FAR), script + EACH_WEAK_LETTER * weak)
    if word in known.words:
        costs[word] = 0.0
    found = []
    for other, cost in costs.items():
        term, _heard, people = known.words[other]
        found.append(Candidate(other, term, cost, people, other in slips))
    # The word itself comes first, however few bear it; of two that are as likely, always the same.
    found.sort(key=lambda one: (not one.is_exact, one.cost - POPULARITY * log(one.people + 1), one.word))
    chosen = [one for one in found if one.is_alike][:MOST_ALIKE]
    chosen += [one for one in found if one.is_slip and not one.is_exact][:MOST_SLIPS]
    return list(dict.fromkeys(chosen))


def _without_broken_article(word: str) -> str:
    article = _BROKEN_ARTICLE.match(word)
    if not article:
        return ""
    bare = word[article.end() :]
    # Its second letter was swapped with the first of the name: املختار.
    return bare[0] + bare[2:] if article.end() == 1 else bare
