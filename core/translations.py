"""Message catalogues without the system's gettext: strings found, merged, checked and compiled in Python.

Text that a script shows reaches it through data attributes of the page, so scripts hold no strings and there
is no second catalogue for them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import polib

from core.translatable_strings import Message, messages_of_python, messages_of_template

SOURCES = ("core", "registry", "cards", "events", "partners", "templates", "chamber_portal")
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".svg", ".xml"})
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5;",
    "fr": "nplurals=2; plural=(n > 1);",
}
# Forms that stand for one number alone may leave the number out: بطاقة واحدة, بطاقتان.
FORMS_OF_ONE_NUMBER = {"ar": frozenset({0, 1, 2}), "fr": frozenset()}

_PERCENT = re.compile(r"%\([^)]+\)[sdif]|%[sd](?![A-Za-z])")
_BRACE = re.compile(r"(?<!\{)\{\w*(?:[.!:][^{}]*)?\}(?!\})")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one entry of one catalogue."""

    language: str
    kind: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.language}: {self.kind}: {self.text!r}" + (f" ({self.place})" if self.place else "")


def collect(root: Path, sources: Iterable[str] = SOURCES) -> list[Message]:
    """Every translatable string below `root`, each once, in the order of files and of places in them."""
    found: dict[tuple[str | None, str], Message] = {}
    for source in sources:
        for path in sorted((root / source).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix == ".py":
                messages = messages_of_python(path.read_text(encoding="utf-8"), name)
            elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.relative_to(root).parts:
                messages = messages_of_template(path.read_text(encoding="utf-8"), name)
            else:
                continue
            for message in messages:
                known = found.get(message.key)
                found[message.key] = _joined(known, message) if known else message
    return list(found.values())


def merge(messages: list[Message], known: polib.POFile, language: str) -> polib.POFile:
    """The catalogue as it should be: today's strings in order, each with the translation it had.

    Nothing is guessed from strings that look alike, and what the code no longer says is dropped. Places are
    files without line numbers, so that a catalogue changes only where its text does.
    """
    merged = polib.POFile(wrapwidth=0)
    merged.metadata = {
        "Project-Id-Version": "chamber-portal",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    translations = {_key(entry): entry for entry in known if not entry.obsolete}
    forms = _form_count(language)
    for message in messages:
        before = translations.get(message.key)
        entry = polib.POEntry(
            msgctxt=message.context,
            msgid=message.text,
            msgid_plural=message.plural or "",
            occurrences=[(place, "") for place in message.places],
            flags=_format_flags(message),
            comment=before.comment if before else "",
            tcomment=before.tcomment if before else "",
        )
        if message.plural:
            said = before.msgstr_plural if before else {}
            entry.msgstr_plural = {form: said.get(form, "") for form in range(forms)}
        else:
            entry.msgstr = before.msgstr if before else ""
        if before and before.fuzzy:
            entry.flags.insert(0, "fuzzy")
        merged.append(entry)
    return merged


def problems(messages: list[Message], known: polib.POFile, language: str) -> list[Problem]:
    """What keeps a catalogue from being whole; an empty list when nothing does."""
    found = []
    wanted = {message.key: message for message in messages}
    entries = {_key(entry): entry for entry in known if not entry.obsolete}
    for key, message in wanted.items():
        if key not in entries:
            found.append(Problem(language, "missing", message.text, message.places[0]))
    for key, entry in entries.items():
        if key not in wanted:
            found.append(Problem(language, "not in the code", entry.msgid))
            continue
        place = wanted[key].places[0]
        if entry.fuzzy:
            found.append(Problem(language, "fuzzy", entry.msgid, place))
        if not all(_translations(entry, language)):
            found.append(Problem(language, "untranslated", entry.msgid, place))
        elif difference := _difference(entry, language):
            found.append(Problem(language, difference, entry.msgid, place))
    if not found and str(merge(messages, known, language)) != str(known):
        found.append(Problem(language, "out of date", "run manage.py messages"))
    return found


def catalogue_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    """The catalogue of a file; an empty one when there is none yet."""
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def write(catalogue: polib.POFile, path: Path) -> bool:
    """Save a catalogue; false when the file said the same already and was left alone."""
    text = str(catalogue)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def compile_catalogue(path: Path) -> bool:
    """Write the `.mo` beside a `.po`; false when it was newer already.

    Written aside and moved into place: a server that starts meanwhile never reads half a file.
    """
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    aside = path.with_suffix(".mo.new")
    aside.write_bytes(read(path).to_binary())
    aside.replace(target)
    return True


def _key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def _joined(one: Message, other: Message) -> Message:
    places = one.places + tuple(place for place in other.places if place not in one.places)
    return replace(one, plural=one.plural or other.plural, places=places)


def _form_count(language: str) -> int:
    return int(re.search(r"nplurals=(\d+)", PLURAL_FORMS[language])[1])


def _format_flags(message: Message) -> list[str]:
    text = message.text + (message.plural or "")
    flags = {"python-format": _PERCENT, "python-brace-format": _BRACE}
    return [flag for flag, pattern in flags.items() if pattern.search(text)]


def _translations(entry: polib.POEntry, language: str) -> list[str]:
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [entry.msgstr_plural.get(form, "") for form in range(_form_count(language))]


def _difference(entry: polib.POEntry, language: str) -> str:
    """How a translation breaks what it must carry over unchanged; empty when it does not."""
    text = entry.msgid_plural or entry.msgid
    for form, said in enumerate(_translations(entry, language)):
        for pattern in (_PERCENT, _BRACE):
            expected, used = set(pattern.findall(text)), set(pattern.findall(said))
            number_left_out = (
                entry.msgid_plural
                and form in FORMS_OF_ONE_NUMBER[language]
                and used < expected
                and len(expected - used) == 1
            )
            if used != expected and not number_left_out:
                return f"other placeholders ({', '.join(sorted(used ^ expected))})"
        if sorted(_TAG.findall(text)) != sorted(_TAG.findall(said)):
            return "other HTML tags"
    return ""
