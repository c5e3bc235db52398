"""Fields of the register's forms."""

import phonenumbers
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test.html import parse_html
from hypothesis import given
from hypothesis import strategies as st

from core.validators import normalise_phone
from registry.fields import LongSelect

CHOICES = [("", "All"), ("a", "<b>&"), ("Group & co", [(1, "One"), (2, "Two")])]


@pytest.mark.parametrize("value", [None, "", "a", 1, "2", "absent"])
def test_a_long_select_is_written_as_djangos(value):
    attrs = {"id": "id_craft", "class": "form-select", "required": True, "disabled": False}
    ours, theirs = (
        parse_html(widget(attrs={"aria-label": 'say "x"'}, choices=CHOICES).render("craft", value, attrs))
        for widget in (LongSelect, forms.Select)
    )
    assert ours == theirs


@given(
    st.sampled_from(["0", "00212", "+212", "", "212", "+33", "٠"]),
    st.text("0123456789", min_size=8, max_size=10),
)
def test_a_number_as_most_write_it_is_taken_as_the_library_takes_it(before, number):
    try:
        parsed = phonenumbers.parse(f"{before}{number}", "MA")
        accepted = parsed.country_code == 212 and phonenumbers.is_valid_number(parsed)
    except phonenumbers.NumberParseException:
        accepted = False
    if accepted:
        expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        assert normalise_phone(f"{before}{number}") == expected
    else:
        with pytest.raises(ValidationError):
            normalise_phone(f"{before}{number}")
