"""From typed words to full names of the register, ranked: a common name has a thousand people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from math import log

from django.db import connection

from registry.search.words import ALIKE, FAR, Candidate, candidates

# Beyond this nobody searches; the rest of a pasted sentence is left out.
MOST_WORDS = 5
MOST_EXACT, MOST_ALIKE, MOST_SLIPS = 100, 300, 150
# Where fewer names than this are found, a mistake in one word and another spelling of the rest are tried.
ENOUGH_NAMES = 20
# How much a word weighs that a name has and nobody typed, and how much a hundred more people do.
EXTRA_WORD = 0.15
POPULARITY = 0.3
# What is left out of a search that finds nothing with every word.
DROPPED_WORD = 2.0


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
    # Whether it is what was typed but for one slip of the finger.
    is_slip: bool
    # Whether a typed word was left out, because nobody has a name with all of them.
    is_partial: bool
    # Its words that were matched.
    words: frozenset[str]

    @property
    def rank(self) -> float:
        return self.cost + EXTRA_WORD * self.extra - POPULARITY * log(self.people + 1)

    @property
    def is_exact(self) -> bool:
        return self.cost == 0

    @property
    def is_sure(self) -> bool:
        """Every word is as typed, begun, or spelt another way; none is taken for a mistake."""
        return self.worst <= ALIKE


# What a typed word costs in a name that has nothing like it.
_NONE = (FAR, False, "")

Way = list[str]
Known = dict[str, list[Candidate]]


def names_like(words: Sequence[str], *, unfinished: bool = False, drop_words: bool = True) -> list[NameMatch]:
    """Full names with these folded words in any order, one of them perhaps mistaken, the likeliest first.

    Names as typed come first. Behind them, those that are one slip away and those that sound alike take
    turns, since nothing tells which of the two happened.
    """
    typed = list(words)[:MOST_WORDS]
    if not typed:
        return []
    pairs = [first + second for first, second in pairwise(typed)]
    known = candidates([*typed, *pairs], unfinished=typed[-1] if unfinished else "")
    typed = _compounds(typed, known)
    ways = [typed, *_joined(typed, known)]
    rows = _named(part for way in ways for part in _likely(way, known))
    if len(rows) < ENOUGH_NAMES:
        rows |= _named(part for way in ways for part in _less_likely(way, known))
    matches = _matches(rows, ways, known)
    if not matches and drop_words and len(typed) > 1:
        ways = [typed[:place] + typed[place + 1 :] for place in range(len(typed))]
        rows = _named((MOST_ALIKE, [_alike(known[word]) for word in way]) for way in ways)
        matches = _matches(rows, ways, known, penalty=DROPPED_WORD)
    exact = [match for match in matches if match.is_exact]
    slips = [match for match in matches if match.is_slip]
    others = [match for match in matches if not (match.is_exact or match.is_slip)]
    return exact + [match for pair in zip_longest(slips, others) for match in pair if match]


def _compounds(typed: Way, known: Known) -> Way:
    """The words, with those taken together that are one name: عبد and الله, Ben and Ali."""
    way: Way = []
    for word in typed:
        joined = way[-1] + word if way else ""
        if any(one.is_exact for one in known.get(joined, ())):
            way[-1] = joined
        else:
            way.append(word)
    return way


def _joined(typed: Way, known: Known) -> list[Way]:
    """The ways to read two neighbours as one word, where there is such a word."""
    return [
        [*typed[:place], typed[place] + typed[place + 1], *typed[place + 2 :]]
        for place in range(len(typed) - 1)
        if known.get(typed[place] + typed[place + 1])
    ]


def _likely(way: Way, known: Known) -> Iterable[tuple[int, list[list[Candidate]]]]:
    """Every word as typed, or spelt some way; or one of them mistaken, and the others as typed."""
    exact = [[one for one in known[word] if one.is_exact] for word in way]
    yield MOST_EXACT, exact
    yield MOST_ALIKE, [_alike(known[word]) for word in way]
    for mistaken, word in enumerate(way):
        slips = [one for one in known[word] if one.is_slip and not one.is_exact]
        yield MOST_SLIPS, [*exact[:mistaken], slips, *exact[mistaken + 1 :]]


def _less_likely(way: Way, known: Known) -> Iterable[tuple[int, list[list[Candidate]]]]:
    """One word mistaken and the others spelt some way; then every word whatever it may be."""
    for mistaken, word in enumerate(way):
        others = [_alike(known[other]) for other in way]
        yield MOST_SLIPS, [*others[:mistaken], known[word], *others[mistaken + 1 :]]
    yield MOST_SLIPS, [known[word] for word in way]


def _alike(words: list[Candidate]) -> list[Candidate]:
    return [word for word in words if word.is_alike]


def _named(parts: Iterable[tuple[int, list[list[Candidate]]]]) -> dict[int, tuple]:
    """The names of the register that have one of each list of words, by key, the most common of each part."""
    sql, parameters = [], []
    for most, part in parts:
        if not all(part):
            continue
        has_words = " AND ".join("words && %s" for _words in part)
        # A single word may be in a hundred thousand names: they are stored with the most common first.
        order = "ORDER BY people DESC " if len(part) > 1 else ""
        sql.append(
            f"(SELECT key, side, name, people FROM registry_fullname WHERE {has_words}"  # noqa: S608
            f" {order}LIMIT %s)"
        )
        # The rarest list first.
        for words in sorted(part, key=lambda words: sum(word.people for word in words)):
            parameters.append([word.term for word in words])
        parameters.append(most)
    if not sql:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        return {row[0]: row for row in cursor.fetchall()}


def _matches(
    rows: dict[int, tuple], ways: list[Way], known: Known, *, penalty: float = 0.0
) -> list[NameMatch]:
    costs = {typed: {one.word: (one.cost, one.is_slip) for one in words} for typed, words in known.items()}
    matches = []
    for key, side, name, people in rows.values():
        cost, extra, worst, slips, used = min(_cost(way, name.split(" "), costs) for way in ways)
        if worst < FAR:
            matches.append(
                NameMatch(
                    key,
                    side,
                    name,
                    people,
                    cost + penalty,
                    extra,
                    worst + penalty,
                    is_slip=slips == 1 and not penalty,
                    is_partial=bool(penalty),
                    words=frozenset(used),
                )
            )
    matches.sort(key=lambda match: (match.rank, match.name))
    return matches


def _cost(way: Way, words: list[str], costs: dict) -> tuple[float, int, float, int, list[str]]:
    """What the typed words cost in a name, its words nobody typed, the worst word, the slips, the matched.

    Slips are counted where every word is as typed or one slip away; elsewhere they are many.
    """
    total, worst, slips, used, left = 0.0, 0.0, 0, [], len(words)
    pairs = [first + second for first, second in pairwise(words)]
    for typed in way:
        known = costs[typed]
        single = min(((*known[word], word) for word in words if word in known), default=_NONE)
        double = min(((*known[pair], pair) for pair in pairs if pair in known), default=_NONE)
        cost, is_slip, word = min(single, double)
        total += cost
        worst = max(worst, cost)
        left -= 1 if single <= double else 2
        used.append(word)
        if cost:
            slips += 1 if is_slip else len(way) + 1
    return total, max(0, left), worst, slips, used
