"""Fields of the register's forms."""

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.validators import normalise_phone


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
