"""From typed words to full names of the register, ranked: a common name has a thousand people."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from django.db import connection

from registry.search.words import STRONG, Candidate, candidates

# Beyond this nobody searches; the rest of a pasted sentence is left out.
MOST_WORDS = 5
MOST_NAMES = 400
# How much a word weighs that a name has and nobody typed, and how much a hundred more people do.
EXTRA_WORD = 0.15
POPULARITY = 0.3
# What is left out of a search that finds nothing with every word.
DROPPED_WORD = 2.0
FAR = 99.0


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A full name that may be meant. `cost` 0 is every word as typed."""

    key: int
    side: int
    name: str
    people: int
    cost: float
    extra: int
    # The cost of the word that fits least.
    worst: float

    @property
    def rank(self) -> float:
        return self.cost + EXTRA_WORD * self.extra - POPULARITY * log(self.people + 1)

    @property
    def is_exact(self) -> bool:
        return self.cost == 0

    @property
    def is_sure(self) -> bool:
        """Every word is as typed, begun, or spelt another way; none is taken for a mistake."""
        return self.worst <= STRONG


def names_like(words: Sequence[str], *, unfinished: bool = False, drop_words: bool = True) -> list[NameMatch]:
    """Full names with these folded words in any order, one of them perhaps mistaken, the likeliest first."""
    typed = list(words)[:MOST_WORDS]
    if not typed:
        return []
    pairs = [first + second for first, second in pairwise(typed)]
    found = candidates([*typed, *pairs], unfinished=typed[-1] if unfinished else "")
    ways = [typed, *_joined(typed, found)]
    parts = [part for way in ways for part in _one_mistake([found[word] for word in way])]
    matches = _matches(_named(parts), ways, found)
    if not matches:
        parts = [[found[word] for word in way] for way in ways]
        matches = _matches(_named(parts), ways, found)
    if not matches and drop_words and len(typed) > 1:
        ways = [typed[:place] + typed[place + 1 :] for place in range(len(typed))]
        parts = [[_strong(found[word]) for word in way] for way in ways]
        matches = _matches(_named(parts), ways, found, penalty=DROPPED_WORD)
    return matches


def _joined(typed: list[str], found: dict[str, list[Candidate]]) -> list[list[str]]:
    """The ways to read two neighbours as one word, where there is such a word."""
    return [
        [*typed[:place], typed[place] + typed[place + 1], *typed[place + 2 :]]
        for place in range(len(typed) - 1)
        if found[typed[place] + typed[place + 1]]
    ]


def _strong(words: list[Candidate]) -> list[Candidate]:
    return [word for word in words if word.is_strong]


def _one_mistake(way: list[list[Candidate]]) -> list[list[list[Candidate]]]:
    """Of each word in turn everything it may be, of the others what is sure."""
    strong = [_strong(words) for words in way]
    return [
        [words if place == mistaken else strong[place] for place, words in enumerate(way)]
        for mistaken in range(len(way))
        # Without a doubtful word this part is in the others.
        if mistaken == 0 or len(way[mistaken]) > len(strong[mistaken])
    ]


def _named(parts: list[list[list[Candidate]]]) -> list[tuple]:
    """The names of the register that have one of each list of words, the most common of each part."""
    parts = [part for part in parts if all(part)]
    if not parts:
        return []
    sql, parameters = [], []
    for part in parts:
        has_words = " AND ".join("words && %s" for _words in part)
        sql.append(
            f"(SELECT key, side, name, people FROM registry_fullname WHERE {has_words}"  # noqa: S608
            " ORDER BY people DESC LIMIT %s)"
        )
        # The rarest list first.
        for words in sorted(part, key=lambda words: sum(word.people for word in words)):
            parameters.append([word.term for word in words])
        parameters.append(MOST_NAMES)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        return cursor.fetchall()


def _matches(
    rows: list[tuple], ways: list[list[str]], found: dict, *, penalty: float = 0.0
) -> list[NameMatch]:
    costs = {word: {candidate.word: candidate.cost for candidate in words} for word, words in found.items()}
    matches = []
    for key, side, name, people in {row[0]: row for row in rows}.values():
        words = name.split(" ")
        pairs = [first + second for first, second in pairwise(words)]
        cost, extra, worst = min(_cost(way, words, pairs, costs) for way in ways)
        if worst < FAR:
            matches.append(NameMatch(key, side, name, people, cost + penalty, extra, worst + penalty))
    matches.sort(key=lambda match: (match.rank, match.name))
    return matches


def _cost(way: list[str], words: list[str], pairs: list[str], costs: dict) -> tuple[float, int, float]:
    """What it costs to read the typed words in a name, how many of its words nobody typed, the worst word."""
    total, used, worst = 0.0, 0, 0.0
    for typed in way:
        known = costs[typed]
        single = min((known[word] for word in words if word in known), default=FAR)
        double = min((known[pair] for pair in pairs if pair in known), default=FAR)
        cost = min(single, double)
        total += cost
        worst = max(worst, cost)
        used += 1 if single <= double else 2
    return total, max(0, len(words) - used), worst
