"""Which words of a shown name were matched, in whichever script it is shown."""

from rapidfuzz.distance import Levenshtein

from core.arabic import fold
from registry.search.sounds import skeletons, sound

_FARTHEST = 2


def marked_words(name: str, matched: frozenset[str]) -> list[tuple[str, bool]]:
    """The words of a name as written, each with whether it is, or sounds like, a matched word."""
    words = name.split()
    parts = [fold(word) for word in words]
    sounds = [(heard, set(skeletons(heard))) for heard in map(sound, matched)]
    flags = [bool(part) and any(_is(one, matched, sounds) for one in part.split()) for part in parts]
    for place in range(len(words) - 1):
        # عبد الله is matched as one word.
        if _is((parts[place] + parts[place + 1]).replace(" ", ""), matched, sounds):
            flags[place] = flags[place + 1] = True
    return list(zip(words, flags, strict=True))


def _is(word: str, matched: frozenset[str], sounds: list[tuple[str, set[str]]]) -> bool:
    if word in matched:
        return True
    heard = sound(word)
    keys = set(skeletons(heard))
    return any(
        not keys.isdisjoint(other_keys) and Levenshtein.distance(heard, other) <= _FARTHEST
        for other, other_keys in sounds
    )
