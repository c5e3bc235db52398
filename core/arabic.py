"""One way to compare names written in Arabic or Latin letters.

People and clerks write the same name many ways: hamza or none, final ya or alef maqsura, ta marbuta or ha,
with or without the article, with tatweel or vowels, with Arabic or Western digits. `clean` is what is
stored and shown; `fold` is what is compared. Every lookup of a name, everywhere, compares folds.
"""

import re
import unicodedata

# Letters that stand for one another in Moroccan records. A lone hamza is written or left out at will.
_FOLDED_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ی": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ݣ": "ك",
        "ڤ": "ف",
        "ڥ": "ف",
        "پ": "ب",
        "ء": None,
        "ـ": None,
        "œ": "oe",
        "æ": "ae",
    }
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Marks of direction and joining, controls, and other invisible characters that copying brings along.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")
_APOSTROPHES = re.compile("['’‘`´ʿʾ]")
# The article is dropped only where a word of two letters or more is left.
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{2,})")
# عبدالله is written for عبد الله, and نورالدين for نور الدين: an article inside tells where to part them.
_JOINED = re.compile(r"^(?:(عبد)(ال\w{2,})|(\w{2,})(الله|الدين))$")
_LATIN_ARTICLES = frozenset({"el", "al", "l"})


def clean(text: str) -> str:
    """The text as it is stored: composed, without invisible characters, tatweel or doubled spaces."""
    if text and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    composed = unicodedata.normalize("NFC", text or "")
    return _SPACES.sub(" ", _INVISIBLE.sub("", composed).replace("ـ", "")).strip()


def clean_lines(text: str) -> str:
    """The same with its lines kept: a statement of reasons, a letter's words."""
    return "\n".join(clean(line) for line in (text or "").splitlines()).strip()


def digits(text: str) -> str:
    """The text with Arabic-Indic and Persian digits turned into Western ones."""
    return (text or "").translate(_DIGITS)


def compact_number(text: str) -> str:
    """A number as it is compared: capitals and Western digits, without any separator."""
    return "".join(char for char in digits(clean(text)).upper() if char.isascii() and char.isalnum())


def fold(text: str) -> str:
    """The text as it is compared: words in order, joined by one space, in lower case.

    Diacritics, hamza, tatweel and the article are dropped, letters that stand for one another made the
    same, names joined at their article parted, digits Western. `fold(fold(x)) == fold(x)` for every text.
    """
    compatible = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text or ""))
    # Letters are folded before they are taken apart: decomposing first would turn أ into ا and a mark.
    translated = digits(compatible).casefold().translate(_FOLDED_LETTERS)
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", translated))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_FOLDED_LETTERS)
    words = _NOT_WORD.sub(" ", bare.replace("_", " ")).split()
    return " ".join(part for word in words for part in _parts(word, alone=len(words) == 1))


def _parts(word: str, *, alone: bool) -> list[str]:
    """The word without article, and parted where two names were joined."""
    if word in _LATIN_ARTICLES:
        # "El" on its own is somebody's search so far, not an article.
        return [word] if alone else []
    while _ARABIC_ARTICLE.match(word):
        word = _ARABIC_ARTICLE.sub("", word)
    if joined := _JOINED.match(word):
        first, second = (part for part in joined.groups() if part)
        return [*_parts(first, alone=False), *_parts(second, alone=False)]
    return [word]


def is_arabic(text: str) -> bool:
    """Whether every letter of the text is Arabic; false for a text without letters."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("ARABIC" in unicodedata.name(char, "") for char in letters)


def is_latin(text: str) -> bool:
    """Whether every letter of the text is Latin; false for a text without letters."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)
