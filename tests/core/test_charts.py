"""Charts: what is drawn, on which side, and that nothing inline or unescaped comes with it."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import Bar, Direction, Series, Step, Tile, bars, columns, lines, pyramid, tiles
from core.charts.drawing import nice_top, shortened
from core.charts.tiles import PLACES

LTR, RTL = Direction
SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("x")</script>&'


def read(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing


def charts(direction, word="Fès"):
    labels = ["01/26", "02/26", "03/26"]
    return [
        bars("b", word, word, [Bar(word, 5, target=8), Bar(word, 0)], direction, target_words=word),
        columns("c", word, word, labels, Series(word, [1, 0, 4]), direction),
        lines("l", word, word, labels, [Series(word, [1, None, 4]), Series(word, [2, 3, 9])], direction),
        pyramid("p", word, word, [Step(word, 3, 4)], (word, word), direction),
        tiles("t", word, word, {code: Tile(word, "12", word, 40, "/x/") for code in PLACES}),
    ]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("kind", range(5))
def test_a_chart_is_well_formed_named_and_described_without_inline_style(kind, direction):
    drawn = charts(direction, EVIL)[kind].svg()
    root = read(drawn)
    names = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == names
    assert root.find(f"{SVG}title").text == EVIL
    assert root.get("role") == ("group" if kind == 4 else "img")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", drawn)


def rectangles(chart):
    return [
        {name: float(box.get(name)) for name in ("x", "width")}
        for box in read(chart.svg()).iter(f"{SVG}rect")
        if box.get("x")
    ]


@pytest.mark.parametrize("kind", [0, 1, 3])
def test_what_begins_at_the_left_in_french_begins_at_the_right_in_arabic(kind):
    left, right = charts(LTR)[kind], charts(RTL)[kind]
    mirrored = [
        {"x": left.width - box["x"] - box["width"], "width": box["width"]} for box in rectangles(left)
    ]
    for box, wanted in zip(rectangles(right), mirrored, strict=True):
        assert box == pytest.approx(wanted, abs=0.11)


def test_a_label_stands_where_reading_begins():
    def label(direction):
        drawn = read(bars("b", "t", "d", [Bar("Fès", 1)], direction).svg())
        text = next(one for one in drawn.iter(f"{SVG}text") if one.text == "Fès")
        return float(text.get("x")), text.get("text-anchor")

    assert label(LTR) == (0, "start")
    assert label(RTL) == (320, "end")


def test_a_map_is_not_mirrored_and_has_a_tile_for_each_of_the_twelve_regions():
    drawn = charts(RTL)[4]
    assert len(rectangles(drawn)) == 12 == len(set(PLACES.values()))
    assert len(list(read(drawn.svg()).iter(f"{SVG}a"))) == 12


def test_two_series_differ_by_more_than_colour():
    drawn = read(charts(LTR)[2].svg())
    assert {line.get("stroke-dasharray") for line in drawn.iter(f"{SVG}polyline")} == {None, "5 3"}
    assert "p-hatch" in charts(LTR)[3].svg()


def test_on_paper_the_words_stand_over_the_shapes_whole():
    drawn = charts(RTL, "الرباط")[0].on_paper()
    assert "<text" not in drawn
    assert "الرباط" in drawn


@given(st.integers(1, 10**9))
def test_the_end_of_an_axis_is_round_and_not_far(most):
    top = nice_top(most)
    assert most <= top <= 2 * most
    assert str(top).rstrip("0") in {"1", "2", "4", "6", "8"}


@given(st.text(max_size=80), st.integers(2, 40))
def test_a_shortened_label_is_never_longer_than_asked(text, most):
    assert len(shortened(text, most)) <= most


@given(st.lists(st.tuples(st.integers(0, 10**7), st.none() | st.integers(1, 10**7)), max_size=8))
def test_no_bar_leaves_the_sheet(numbers):
    drawn = bars("b", "t", "d", [Bar("x", number, target=target) for number, target in numbers], LTR)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320.1 for box in rectangles(drawn))
