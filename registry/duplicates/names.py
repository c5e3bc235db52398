"""How alike two names are, from 0 to 1, in either script.

Names come folded (`core.arabic.fold`). The given and the family name must both be alike, in this order or in
the other; words may be joined or split; in Latin letters the sounds count as much as the letters, so that
Mohamed, Mohammed and Mouhamad are close.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz

# From these on two names are called the same, or similar.
SAME_NAME = 0.97
SIMILAR_NAME = 0.8
# One name lacks a word that the other has: Mohamed, and Mohamed Amine.
_WITHIN = 0.85
_SOUNDS = (
    (re.compile("ou|w"), "u"),
    (re.compile("kh"), "x"),
    (re.compile("gh|r'"), "g"),
    (re.compile("ch|sh"), "c"),
    (re.compile("ph"), "f"),
    (re.compile("[ckq](?=[^h]|$)"), "k"),
    (re.compile("[zs]"), "s"),
    (re.compile("[td]h"), lambda match: match[0][0]),
    (re.compile("j|dj|g(?=[ie])"), "j"),
    (re.compile("h(?=$)"), ""),
)
# "Servant of": written as one word or two, with the article inside it or folded away.
_ARABIC_SERVANT = re.compile(r"\bعبد ?(?:ال)?(?=\w{2})")
_LATIN_SERVANT = re.compile(r"\babd[aeou]{0,2}l? ?(?:[ae]l)?(?=\w{2})")
_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


def name_likeness(one: tuple[str, str], other: tuple[str, str], *, latin: bool) -> float:
    """How alike two names of given and family part are; 0 where a part is missing."""
    if not (all(one) and all(other)):
        return 0.0
    if one == other:
        return 1.0
    part = _latin_part if latin else _arabic_part
    straight = min(part(one[0], other[0]), part(one[1], other[1]))
    return straight if straight == 1 else max(straight, min(part(one[0], other[1]), part(one[1], other[0])))


def organisation_likeness(one: str, other: str) -> float:
    """How alike two organisations' names are, in whatever order their words stand."""
    return fuzz.token_sort_ratio(one, other) / 100 if one and other else 0.0


@lru_cache(maxsize=20_000)
def sounds(word: str) -> str:
    """The consonants that are heard, in one spelling."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _DOUBLED.sub(r"\1", word[:1] + _VOWELS.sub("", word[1:]))


def _arabic_part(one: str, other: str) -> float:
    if one == other:
        return 1.0
    joined = (_ARABIC_SERVANT.sub("عبد", part).replace(" ", "") for part in (one, other))
    return max(fuzz.ratio(*joined) / 100, _within(one, other))


def _latin_part(one: str, other: str) -> float:
    if one == other:
        return 1.0
    heard = fuzz.ratio(_heard(one), _heard(other))
    letters = fuzz.ratio(*(_LATIN_SERVANT.sub("abd", part).replace(" ", "") for part in (one, other)))
    return max((heard + letters) / 200, _within(one, other))


def _heard(part: str) -> str:
    return "".join(map(sounds, _LATIN_SERVANT.sub("abd", part).split()))


def _within(one: str, other: str) -> float:
    first, second = set(one.split()), set(other.split())
    return _WITHIN if first < second or second < first else 0.0
