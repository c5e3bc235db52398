"""How a name sounds, whichever letters it is written in.

محمد, Mohamed and Mohammad have one sound. The rules are those by which Moroccan names are written in Latin
letters: ou for و, i for ي, ch for ش, gh or rh for غ, dropped short vowels, doubled letters, a final h. The
database has the same rules as a function, so that a stored word's sound never lags behind; a test compares
the two, and a change here needs a migration that defines `registry_name_sound` anew.
"""

import re
from functools import lru_cache

# Applied in order to a folded word. Capitals stand for one sound that Latin letters write with two.
RULES: tuple[tuple[str, str], ...] = (
    # A servant of: what follows begins a word of its own, with or without the article.
    ("^abd[aeiou]?l(?=[a-z]{2})", "abD"),
    ("^abd", "abD"),
    ("sch|tch|sh|ch", "C"),
    ("kh", "X"),
    ("gh|^rh", "G"),
    ("Drh", "DG"),
    ("dj|dg", "j"),
    ("ph", "f"),
    ("ck|qu", "k"),
    ("x", "ks"),
    ("c(?=[eiy])", "s"),
    ("(?<=[iy])c(?=a)", "s"),
    ("g(?=[eiy])", "j"),
    ("gu(?=[eiy])", "k"),
    ("ou|oo", "w"),
    ("[aeo]h$", "a"),
    # A ta marbuta is heard after a long vowel only.
    ("اه$", "ات"),
    ("ه$", ""),
    ("^فاطمه", "فاطم"),
    # Doubled letters are one.
    (r"(.)\1+", r"\1"),
)
# One letter for another; what has no sound of its own is dropped afterwards.
LETTERS = "Dcqgvpiبتثجحخدذرزسشصضطظغفقكلمنهوي"
SOUNDS = "dkkkfbybttjhXddrzsCsdtdGfkklmnhwy"
SILENT = "[aeouاع]"

_COMPILED = tuple((re.compile(pattern), replacement) for pattern, replacement in RULES)
_LETTERS = str.maketrans(LETTERS, SOUNDS)
_SILENT = re.compile(SILENT)
_WEAK = re.compile("[wy]")
_AFTER_DENTAL = re.compile("(?<=[td])h")
_FINAL_WEAK = re.compile("(?<=..)[wy]$")


# Names are few beside those who bear them, and each search looks through some hundreds.
_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def sound(word: str) -> str:
    """The consonants and long vowels of a folded word, in one alphabet for both scripts."""
    for pattern, replacement in _COMPILED:
        word = pattern.sub(replacement, word)
    return _SILENT.sub("", word.translate(_LETTERS))


@lru_cache(maxsize=_KEPT)
def skeletons(heard: str) -> tuple[str, ...]:
    """What a sound is looked up by: its consonants alone, where enough of them are left.

    Words that share a skeleton may sound alike; how alike, their sounds say. Lahcen and El Houcine have an
    article that grew into the name, Belmokhtar is Ben El Mokhtar, and Salah is written without his last
    letter: those are looked up without it too.
    """
    found = [_bare(heard)]
    if len(heard) > 3 and heard[0] == "l":
        found.append(_bare(heard[1:]))
    elif len(heard) > 3 and heard[:2] == "yl":
        found.append(_bare(heard[2:]))
    elif len(heard) > 4 and heard[:2] in ("bn", "bl"):
        found.append(_bare("b" + heard[2:]))
    if len(heard) > 2 and heard[-1] == "h":
        found.append(_bare(heard[:-1]))
    return tuple(found)


def _bare(heard: str) -> str:
    # One letter or two: كحل and Lakhal, غ and the rh of Farhat.
    consonants = _AFTER_DENTAL.sub("", _WEAK.sub("", heard)).replace("X", "kh").replace("G", "rh")
    return consonants if len(consonants) > 1 else _FINAL_WEAK.sub("", heard)
