"""A large vocabulary of Moroccan family names in both scripts, with the ways each is spelt.

The 302 of the demo lie on top; below them come names made as real ones are: a root of three or four
consonants in a pattern (فاعل، فعّال، فعلان، ...), with or without the article, as a nisba, behind Ait, Ben,
Bel, Bou or Oulad. Each is made of sounds first and then written by two writers, an Arabic and a Latin one,
that know nothing of the rules by which the register searches. The same seed gives the same names.
"""

import random
from dataclasses import dataclass
from functools import cache

from registry.demo.names import all_names

MADE_NAMES = 40_000
LATIN_SPELLINGS = 3
# Letters by how often they stand in roots.
CONSONANTS = "رلنمبدسعحقكفجهتخشصطزيوغضثذظ"
WEIGHTS = [9, 8, 8, 8, 7, 7, 6, 6, 6, 5, 5, 5, 4, 4, 4, 3, 4, 3, 3, 3, 2, 2, 2, 1.5, 1, 1, 0.5]
# 1 to 4 are the root's consonants; a i u short, A I U long; = doubles the letter before.
PATTERNS = [
    ("1A2i3", 6),
    ("1a2=A3", 8),
    ("1a2I3", 6),
    ("ma12U3", 4),
    ("1a23An", 3),
    ("1a23I", 6),
    ("1A2i3I", 6),
    ("1a2=A3I", 6),
    ("1a23AwI", 7),
    ("1u2ay3", 2),
    ("1a23U3", 2),
    ("1a23a4I", 3),
    ("1a23a4", 3),
    ("mu1a2=i3", 2),
    ("1a2I3I", 4),
    ("1a23UnI", 2),
    ("1i2A3", 2),
    ("1a2a3I", 4),
    ("ta1a23it", 1),
    ("a12a3", 2),
    ("1a2U3", 3),
]
PLACES = ("عحهخغ", "قكجغ", "تطدضذظث", "سصزشذظ", "بفم", "لرن")
BEFORE = [
    ("", "", 46),
    ("al", "", 30),
    ("", "بن", 10),
    ("", "بو", 5),
    ("", "ايت", 5),
    ("", "أولاد", 2),
    ("", "بل", 2),
]
LATIN_BEFORE = {
    "بن": ["Ben ", "Ben"],
    "بو": ["Bou", "Bou "],
    "ايت": ["Ait "],
    "أولاد": ["Oulad ", "Ouled "],
    "بل": ["Bel", "Bel "],
}
JOINED_BEFORE = {"بو", "بل"}
LATIN = {
    "ر": ["r"],
    "ل": ["l"],
    "ن": ["n"],
    "م": ["m"],
    "ب": ["b"],
    "د": ["d"],
    "س": ["s"],
    "ع": ["", "", "a"],
    "ح": ["h"],
    "ق": ["k", "q", "k"],
    "ك": ["k"],
    "ف": ["f"],
    "ج": ["j", "j", "dj"],
    "ه": ["h"],
    "ت": ["t"],
    "خ": ["kh"],
    "ش": ["ch", "ch", "sh"],
    "ص": ["s"],
    "ط": ["t"],
    "ز": ["z"],
    "ي": ["y", "i"],
    "و": ["ou", "w"],
    "غ": ["gh", "gh", "rh"],
    "ض": ["d"],
    "ث": ["t", "th"],
    "ذ": ["d", "dh"],
    "ظ": ["d", "dh"],
    "a": ["a", "a", "e"],
    "i": ["i", "e"],
    "u": ["o", "ou"],
    "A": ["a"],
    "I": ["i", "i", "y"],
    "U": ["ou"],
    "w": ["ou", "w"],
    "y": ["y", "i"],
}
ARABIC = {
    "a": "",
    "i": "",
    "u": "",
    "A": "ا",
    "I": "ي",
    "U": "و",
    "w": "و",
    "y": "ي",
    "m": "م",
    "n": "ن",
    "t": "ت",
}
LATIN |= {letter: [letter] for letter in "mnt"}
VOWELS = set("aiuAIU")


@dataclass(frozen=True)
class FamilyName:
    """Arabic and Latin spellings, the usual one first; `sounds` is empty for the names of the demo."""

    arabic: tuple[str, ...]
    latin: tuple[str, ...]
    weight: float
    before: str = ""
    article: str = ""
    sounds: str = ""


@cache
def family_names(seed: int = 7) -> tuple[FamilyName, ...]:
    """The demo's names by their weight, then made ones falling off as names do (Zipf)."""
    rng = random.Random(seed)
    real = all_names("family")
    known = {name.arabic[0] for name in real}
    names = [FamilyName(name.arabic, name.latin, name.weight) for name in real]
    # A third of the people bear one of the demo's names.
    made, rank = [], 0
    while len(made) < MADE_NAMES:
        name = _made(rng, rank)
        if name.arabic[0] not in known:
            known.add(name.arabic[0])
            made.append(name)
            rank += 1
    share = 2 * sum(name.weight for name in names) / sum(name.weight for name in made)
    return (*names, *(_weighted(name, name.weight * share) for name in made))


def _weighted(name: FamilyName, weight: float) -> FamilyName:
    return FamilyName(name.arabic, name.latin, weight, name.before, name.article, name.sounds)


def _made(rng: random.Random, rank: int) -> FamilyName:
    pattern = rng.choices(
        [pattern for pattern, _weight in PATTERNS], [weight for _pattern, weight in PATTERNS]
    )[0]
    root: list[str] = []
    while len(root) < 4:
        letter = rng.choices(CONSONANTS, WEIGHTS)[0]
        # No root has two letters of one place in the mouth side by side.
        if not root or not any(letter in place and root[-1] in place for place in PLACES):
            root.append(letter)
    sounds = "".join(root[int(char) - 1] if char.isdigit() else char for char in pattern)
    article, before, _weight = rng.choices(BEFORE, [weight for *_rest, weight in BEFORE])[0]
    latin: list[str] = []
    for _attempt in range(12):
        spelling = write_latin(rng, sounds, article, before)
        if spelling not in latin:
            latin.append(spelling)
        if len(latin) == LATIN_SPELLINGS:
            break
    return FamilyName(
        (write_arabic(sounds, article, before),),
        tuple(latin),
        1 / (rank + 60) ** 0.9,
        before,
        article,
        sounds,
    )


def write_arabic(sounds: str, article: str, before: str) -> str:
    word = "".join(ARABIC.get(char, char) for char in sounds.replace("=", ""))
    if sounds[0] in "ai":
        word = "أ" + word
    word = ("ال" if article else "") + word
    return before + word if before in JOINED_BEFORE else f"{before} {word}".strip()


def write_latin(rng: random.Random, sounds: str, article: str, before: str) -> str:
    """One clerk's spelling: each sound by one of its letters, articles and doubled letters as it came."""
    letters: list[str] = []
    for place, char in enumerate(sounds):
        if char == "=":
            if len(letters[-1]) == 1 and rng.random() < 0.6:
                letters.append(letters[-1])
            continue
        written = rng.choice(LATIN[char])
        between = 0 < place < len(sounds) - 1 and sounds[place - 1] in VOWELS and sounds[place + 1] in VOWELS
        if written == "s" and between:
            written = "ss"
        if char in "aiu" and place > 1 and rng.random() < 0.08:
            written = ""
        letters.append(written)
    word = "".join(letters).capitalize()
    if article:
        word = rng.choice(["El " + word, "El " + word, word, "Al " + word])
    return rng.choice(LATIN_BEFORE[before]) + word if before else word
