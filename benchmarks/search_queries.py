# ruff: noqa: E501
"""What is asked of the search: names drawn from the register, broken by a rule that is written down here.

Edit: one slip in one word of three letters or more, each of these as often as the others: a letter left out, a
letter twice, two neighbours swapped, a letter replaced by its neighbour on the keyboard; in Arabic names also
a slip of spelling: another hamza, ta marbuta or ha, alef maqsura or ya, the article put or left out, a name of
two words written as one. Slips that the folding undoes count as slips: they must be found too.

Cross: the person's name by another clerk's hand. Given names by another of their known spellings, family names
of the demo too; made-up ones are written anew from their sounds. Whatever has no second spelling is changed
in one of the ways in `OTHER_WAYS`. The Latin spelling asked is never the one that is stored, so that the way to
the person leads over the sound or over the other script. One in five is asked in Arabic as another office
writes it, where the name has a second Arabic spelling.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from benchmarks.name_lore import FamilyName, family_names, write_latin
from core.arabic import fold
from registry.demo.names import all_names

KEYBOARDS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ", "azertyuiop", "qsdfghjklm", "wxcvbn")
HAMZA = {"أ": "ا", "إ": "ا", "آ": "ا", "ا": "أ", "ى": "ي", "ة": "ه", "ئ": "ي", "ؤ": "و"}
OTHER_WAYS = [
    ("ou", "o"), ("k", "q"), ("q", "k"), ("ch", "sh"), ("sh", "ch"), ("dj", "j"), ("j", "dj"), ("gh", "rh"),
    ("i", "y"), ("y", "i"), ("ss", "s"), ("mm", "m"), ("bb", "b"), ("ll", "l"), ("rr", "r"), ("a", "e"), ("e", "a"),
]  # fmt: skip
SMALLEST_WORD = 3
ARABIC_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    region: str
    given_ar: str
    family_ar: str
    given_latin: str
    family_latin: str
    gender: str

    @property
    def arabic(self) -> str:
        return f"{self.given_ar} {self.family_ar}"

    @property
    def latin(self) -> str:
        return f"{self.given_latin} {self.family_latin}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the folded name that must be among the first twenty, in the script of `side`."""

    text: str
    meant: str
    side: int
    region: str


def exact(people: list[Person], seed: int) -> Iterator[Query]:
    rng = random.Random(f"exact{seed}")
    for person in people:
        side = rng.randrange(2)
        name = person.latin if side else person.arabic
        yield Query(name, fold(name), side, person.region)


def edited(people: list[Person], seed: int) -> Iterator[Query]:
    rng = random.Random(f"edit{seed}")
    for person in people:
        side = rng.randrange(2)
        name = person.latin if side else person.arabic
        yield Query(_slip(rng, name, arabic=not side), fold(name), side, person.region)


def crossed(people: list[Person], seed: int) -> Iterator[Query]:
    """Whoever is meant is told by the Arabic name, whichever script is asked in."""
    rng = random.Random(f"cross{seed}")
    for person in people:
        text = _other_arabic(rng, person) if rng.random() < ARABIC_SHARE else ""
        yield Query(text or _other_latin(rng, person), fold(person.arabic), 0, person.region)


def _slip(rng: random.Random, name: str, *, arabic: bool) -> str:
    while True:
        kind = rng.choice(["drop", "double", "swap", "neighbour", *(["spelling"] if arabic else [])])
        slipped = _spelling_slip(rng, name) if kind == "spelling" else _letter_slip(rng, name, kind)
        if slipped != name:
            return slipped


def _letter_slip(rng: random.Random, name: str, kind: str) -> str:
    words = name.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= SMALLEST_WORD]
    if not long:
        return f"{name}{name[-1]}"
    chosen = rng.choice(long)
    word = words[chosen]
    place = rng.randrange(len(word))
    letter = word[place]
    if kind == "drop":
        word = word[:place] + word[place + 1 :]
    elif kind == "double":
        word = word[:place] + letter + word[place:]
    elif kind == "swap" and place + 1 < len(word):
        word = word[:place] + word[place + 1] + letter + word[place + 2 :]
    elif kind == "neighbour":
        word = word[:place] + _neighbour(rng, letter) + word[place + 1 :]
    words[chosen] = word
    return " ".join(words)


def _neighbour(rng: random.Random, letter: str) -> str:
    row = next((row for row in KEYBOARDS if letter.lower() in row), "")
    if not row:
        return letter
    place = row.index(letter.lower())
    return rng.choice([row[near] for near in (place - 1, place + 1) if 0 <= near < len(row)])


def _spelling_slip(rng: random.Random, name: str) -> str:
    ways = [
        name[:place] + HAMZA[char] + name[place + 1 :] for place, char in enumerate(name) if char in HAMZA
    ]
    words = name.split(" ")
    for place, word in enumerate(words):
        other = word[2:] if word.startswith("ال") and len(word) > 4 else f"ال{word}"
        ways.append(" ".join([*words[:place], other, *words[place + 1 :]]))
    if "عبد ال" in name:
        ways.append(name.replace("عبد ال", "عبدال"))
    return rng.choice(ways)


@cache
def _given_names(gender: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {spelling: (name.arabic, name.latin) for name in all_names(gender) for spelling in name.arabic}


@cache
def _families() -> dict[str, FamilyName]:
    return {spelling: name for name in family_names() for spelling in name.arabic}


def _other_arabic(rng: random.Random, person: Person) -> str:
    """The name as another office writes it; empty where nobody writes it otherwise."""
    given = _given_names(person.gender).get(person.given_ar, ((), ()))[0]
    family = _families()[person.family_ar].arabic if person.family_ar in _families() else ()
    ways = [f"{other} {person.family_ar}" for other in given if other != person.given_ar]
    ways += [f"{person.given_ar} {other}" for other in family if other != person.family_ar]
    return rng.choice(ways) if ways else ""


def _other_latin(rng: random.Random, person: Person) -> str:
    _arabic, known = _given_names(person.gender).get(person.given_ar, ((), ()))
    given = _other(rng, person.given_latin, [name for name in known if name != person.given_latin])
    family = _families().get(person.family_ar)
    if family is None:
        return f"{given} {_other(rng, person.family_latin, [])}"
    if not family.sounds:
        others = [name for name in family.latin if name != person.family_latin]
        return f"{given} {_other(rng, person.family_latin, others)}"
    for _attempt in range(20):
        written = write_latin(rng, family.sounds, family.article, family.before)
        if fold(written) != fold(person.family_latin):
            return f"{given} {written}"
    return f"{given} {_other(rng, person.family_latin, [])}"


def _other(rng: random.Random, name: str, known: list[str]) -> str:
    if known:
        return rng.choice(known)
    ways = [name.replace(one, other, 1) for one, other in OTHER_WAYS if one in name]
    return rng.choice(ways) if ways else name
