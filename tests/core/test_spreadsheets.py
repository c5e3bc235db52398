"""Tables written for spreadsheets: nothing in them is worked out, and ours come back as they went."""

import csv
import io

import pytest

from core.spreadsheets import csv_lines, plain

# What the programs that people have part columns with, by their settings.
SEPARATORS = (",", ";", "\t", "|")
FORMULAS = ("=", "+", "-", "@")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "حي السلام;=cmd|' /C calc'!A0",
        "Rue 5; -1+1",
        "a\n=1+1",
        "a\t@x",
        'a";=1+1',
    ],
)
def test_no_cell_is_a_formula_whatever_parts_the_columns(text):
    written = "".join(csv_lines([["CIN", "Adresse"], ["ZX1", text]]))
    for separator in SEPARATORS:
        # As a program reads for which quotation marks inside a cell mean nothing, too.
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            rows = csv.reader(written.splitlines(), delimiter=separator, quoting=quoting)
            cells = [cell.strip().strip('"').strip() for row in rows for cell in row]
            assert not [cell for cell in cells if cell.startswith(FORMULAS)]


@pytest.mark.parametrize(
    "text", ["=1", "Rue 5; -1", "a\n=1", "l'atelier; n° 3", "'x", "a;'b", "+212661", " =1"]
)
def test_what_was_made_neutral_comes_back_as_it_was(text):
    (row,) = csv.reader(io.StringIO("".join(csv_lines([[text]])).removeprefix("\ufeff"), newline=""))
    assert plain(row[0]) == text
