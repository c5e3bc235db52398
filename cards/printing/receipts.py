"""The receipt of an outside printer: a table that says of each serial whether its card came out well."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cards.enums import PrintOutcome
from cards.models import CardBatch, CardPrint
from cards.serials import normalise_serial
from core.arabic import clean, fold
from core.tables.reading import read_table

MOST_LINES = 50_000
ERRORS_KEPT = 1_000


def _plain(cell: str) -> str:
    return " ".join(fold(clean(cell).replace(".", " ").replace("°", " ").replace("_", " ")).split())


def _words(*words: str) -> frozenset[str]:
    return frozenset(map(_plain, words))


# As printers write them, in three languages; our own list names its columns so too.
_SERIAL = _words(
    "serial", "serial number", "serial no", "N° de série", "numéro de série", "no de série", "الرقم التسلسلي"
)
_RESULT = _words("result", "outcome", "status", "résultat", "état", "statut", "النتيجة", "الحالة")
_GOOD = _words("good", "ok", "pass", "1", "bon", "bonne", "conforme", "صالحة", "سليمة", "جيدة")
_SPOILED = _words(
    "spoiled", "bad", "fail", "failed", "waste", "0", "gâchée", "rebut", "défectueuse", "تالفة", "معيبة"
)


@dataclass(frozen=True)
class Line:
    """One line of the file that may be entered."""

    line: int
    position: int
    outcome: str


@dataclass(frozen=True)
class Fault:
    """One line that may not; `text` is what stood there."""

    line: int
    code: str
    text: str


@dataclass
class Reading:
    lines: list[Line]
    faults: list[Fault]

    @property
    def good(self) -> int:
        return sum(line.outcome == PrintOutcome.GOOD for line in self.lines)

    @property
    def spoiled(self) -> int:
        return len(self.lines) - self.good


def read_receipt(path: Path, batch: CardBatch) -> Reading:
    """What the file says of this batch, line by line; nothing is entered.

    A printer sends its whole list again with what was wrong put right: as many spoiled blanks of a card as
    receipts told of before are known, and no others.

    Raises:
        ValidationError: no table, too long, or without a column of serial numbers and one of results.
    """
    rows = read_table(path).rows
    serial_at, result_at = _columns(rows)
    cards = {
        serial: (position, good)
        for serial, position, good in batch.cards.not_left_out()
        .with_good_print()
        .values_list("serial", "position", "has_good_print")
    }
    told = CardPrint.objects.spoiled_by_receipts(batch).values_list("card__position", flat=True)
    reading, good_at, spoiled_before = Reading([], []), Counter(), Counter(told)
    for number, (line, cells) in enumerate(rows):
        if number >= MOST_LINES:
            raise ValidationError(
                _("The file is too long: at most %(most)s lines.") % {"most": MOST_LINES}, code="too_long"
            )
        typed = cells[serial_at] if serial_at < len(cells) else ""
        word = cells[result_at] if result_at < len(cells) else ""
        if not typed and not word:
            continue
        found = cards.get(normalise_serial(typed) or "")
        outcome = _outcome(word)
        fault = _fault(typed, word, found, outcome, good_at)
        if not fault and outcome == PrintOutcome.SPOILED and spoiled_before[found[0]]:
            spoiled_before[found[0]] -= 1
            fault = "spoiled_before", clean(typed)[:40]
        if fault:
            if len(reading.faults) < ERRORS_KEPT:
                reading.faults.append(Fault(line, *fault))
            continue
        good_at[found[0]] += outcome == PrintOutcome.GOOD
        reading.lines.append(Line(line, found[0], outcome))
    return reading


def fault_words(code: str, text: str) -> str:
    """What is wrong with a line, in the reader's language."""
    words = {
        "serial": _("“%(text)s” is no serial number."),
        "stranger": _("“%(text)s” is not a card of this batch, or was left out of it."),
        "result": _("“%(text)s” is neither good nor spoiled."),
        "twice": _("%(text)s stands in the file as good already."),
        "counted": _("%(text)s was counted as good before."),
        "spoiled_before": _("%(text)s was counted as spoiled before, by another receipt."),
    }
    return words[code] % {"text": f"\u2068{text}\u2069"}


def _columns(rows: Iterator[tuple[int, list[str]]]) -> tuple[int, int]:
    for _line, cells in rows:
        names = [_plain(cell) for cell in cells]
        serial = next((at for at, name in enumerate(names) if name in _SERIAL), None)
        result = next((at for at, name in enumerate(names) if name in _RESULT), None)
        if serial is not None and result is not None:
            return serial, result
        break
    raise ValidationError(
        _("The first line must name a column “Serial number” and a column “Result”."), code="columns"
    )


def _fault(typed, word, found, outcome, good_at) -> tuple[str, str] | None:
    shown = clean(typed)[:40]
    if not normalise_serial(typed):
        return "serial", shown
    if found is None:
        return "stranger", shown
    if outcome is None:
        return "result", clean(word)[:40]
    if found[1]:
        return "counted", shown
    if good_at[found[0]]:
        return "twice", shown
    return None


def _outcome(word: str) -> PrintOutcome | None:
    plain = _plain(word)
    if plain in _GOOD:
        return PrintOutcome.GOOD
    return PrintOutcome.SPOILED if plain in _SPOILED else None
