"""A dozen names that are hard to set, compared with pictures that were approved by looking at them."""

import pytest
from PIL import ImageChops, ImageFilter

from cards.card_design.boxes import BOXES
from cards.card_design.fitting import fit
from tests.cards.hard_names import NAMES, approved, drawn

# Sixteen greys stand for 256, and edges fall differently on pixels: what differs blurred is another shape.
TOLERANCE = 26


@pytest.fixture(scope="module")
def pairs():
    return list(zip(drawn(), approved(), strict=True))


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_name_looks_as_it_was_approved(pairs, number):
    now, before = pairs[number]
    assert now.size == before.size
    difference = ImageChops.difference(now, before).filter(ImageFilter.BoxBlur(2))
    assert difference.getextrema()[1] < TOLERANCE


def test_the_comparison_sees_one_letter_changed(pairs):
    (first, _), (_, second) = pairs[0], pairs[1]
    assert ImageChops.difference(first, second).filter(ImageFilter.BoxBlur(2)).getextrema()[1] > TOLERANCE * 3


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "عبد الرحمان بن محمد بن عبد الكريم الإدريسي العلوي",
            ("عبد الرحمان بن محمد", "بن عبد الكريم الإدريسي العلوي"),
        ),
        ("فاطمة الزهراء المسفيوي الشرقاوي بن عبد القادر العلوي", None),
    ],
)
def test_a_name_is_never_broken_after_its_particle(name, lines):
    setting = fit(name, BOXES["name_ar"])
    assert len(setting.lines) == 2
    assert setting.lines[0].split()[-1] not in {"بن", "عبد"}
    assert lines is None or setting.lines == lines
