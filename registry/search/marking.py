"""Which words of a shown name were matched, in whichever script it is shown."""

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from core.arabic import fold
from registry.search.sounds import skeletons, sound

_FARTHEST = 2


def marked_words(name: str, matched: frozenset[str]) -> list[tuple[str, bool]]:
    """The words of a name as written, each with whether it is, or sounds like, a matched word."""
    words = name.split()
    parts = [_folded(word) for word in words]
    sounds = [_heard(word) for word in matched]
    flags = [bool(part) and any(_is(one, matched, sounds) for one in part.split()) for part in parts]
    for place in range(len(words) - 1):
        # عبد الله is matched as one word.
        if _is((parts[place] + parts[place + 1]).replace(" ", ""), matched, sounds):
            flags[place] = flags[place + 1] = True
    return list(zip(words, flags, strict=True))


# The names of a page have many words in common.
_folded = lru_cache(maxsize=5_000)(fold)


@lru_cache(maxsize=5_000)
def _heard(word: str) -> tuple[str, frozenset[str]]:
    heard = sound(word)
    return heard, frozenset(skeletons(heard))


def _is(word: str, matched: frozenset[str], sounds: list[tuple[str, frozenset[str]]]) -> bool:
    if word in matched:
        return True
    heard, keys = _heard(word)
    return any(
        not keys.isdisjoint(other_keys) and Levenshtein.distance(heard, other) <= _FARTHEST
        for other, other_keys in sounds
    )
