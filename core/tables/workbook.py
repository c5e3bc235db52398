"""Reads one sheet of a workbook in a process of its own: `python workbook.py FILE SHEET MOST_BYTES SECONDS`.

Whoever sends a file may have made it to fill the memory: the process may have so much and no more, and dies
alone. It knows nothing of the portal. To its output it writes a line of JSON on the workbook, then one a row:
`[line, [cell, ...]]`, cells as text, rows without any left out.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta

MOST_CHARACTERS = 1000


def main(path: str, sheet: str, most_bytes: str, seconds: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (int(most_bytes), int(most_bytes)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    # Only after the limits, so that they hold for everything that the library does.
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(path)
    sheets = [
        found.name
        for found in workbook.sheets_metadata
        if found.typ == SheetTypeEnum.WorkSheet and found.visible == SheetVisibleEnum.Visible
    ]
    out = sys.stdout
    if not sheets:
        return 3
    chosen = sheet if sheet in sheets else sheets[0]
    read = workbook.get_sheet_by_name(chosen)
    _row, column = read.start or (0, 0)
    json.dump({"sheets": sheets, "sheet": chosen, "first_column": column}, out, ensure_ascii=False)
    out.write("\n")
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    # Columns before the first that is filled are left out of it, rows are not.
    for line, cells in enumerate(read.iter_rows(), start=1):
        texts = [cell if type(cell) is str else text(cell) for cell in cells]
        if any(map(str.strip, texts)):
            if max(map(len, texts)) > MOST_CHARACTERS:
                texts = [one[:MOST_CHARACTERS] for one in texts]
            # What no database keeps as text.
            out.write(encode([line, texts]).replace("\\u0000", ""))
            out.write("\n")
    return 0


def text(cell: object) -> str:
    """A cell as a person would type it; dates as 1980-05-17."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(*sys.argv[1:]))
