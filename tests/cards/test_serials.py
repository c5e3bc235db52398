"""Serials of cards survive being typed, and wrong ones are caught."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.serials import LARGEST_NUMBER, is_valid_serial, make_serial, normalise_serial

numbers = st.integers(1, LARGEST_NUMBER)
regions = st.integers(0, 99).map("{:02d}".format)
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_a_serial_as_it_is_printed():
    assert make_serial(123, "11") == "11-0000123-34"


@pytest.mark.parametrize(
    "typed",
    [
        "11-0000123-34",
        "11000012334",
        " 11 0000123 34 ",
        "١١-٠٠٠٠١٢٣-٣٤",
        "11–0000123–34",
        "\u200e11-0000123-34\u200f",
    ],
)
def test_typed_in_any_way_it_is_the_same_serial(typed):
    assert normalise_serial(typed) == "11-0000123-34"


@pytest.mark.parametrize(
    "typed",
    ["", "x", "11-0000123", "11-0000123-35", "11-0000132-34", "11-0000000-15", "²1-0000123-34", "9" * 500],
)
def test_what_is_no_serial(typed):
    assert normalise_serial(typed) is None


@given(numbers, regions)
def test_every_serial_is_valid_in_its_printed_form_only(number, region):
    serial = make_serial(number, region)
    assert is_valid_serial(serial)
    assert not is_valid_serial(serial.replace("-", ""))
    assert normalise_serial(serial.translate(ARABIC_DIGITS)) == serial


@given(numbers, regions, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_caught(number, region, place, shift):
    bare = make_serial(number, region).replace("-", "")
    wrong = bare[:place] + str((int(bare[place]) + shift) % 10) + bare[place + 1 :]
    assert normalise_serial(wrong) is None


@given(numbers, regions, st.integers(0, 9))
def test_two_neighbours_swapped_are_caught(number, region, place):
    bare = make_serial(number, region).replace("-", "")
    swapped = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
    assert swapped == bare or normalise_serial(swapped) is None


@pytest.mark.parametrize(
    ("number", "region"), [(0, "11"), (LARGEST_NUMBER + 1, "11"), (5, "1"), (5, "١١"), (5, "111")]
)
def test_a_number_or_region_out_of_range_is_refused(number, region):
    with pytest.raises(ValueError):
        make_serial(number, region)
