"""Rules on single values that more than one app needs."""

import pytest

from core.validators import record_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        ("9" * 18, 10**18 - 1),
        ("0", 0),
        *((text, None) for text in (None, "", " 7", "-7", "7.0", "²", "٧", "x", "9" * 19, "9" * 5000)),
    ],
)
def test_a_key_is_read_and_whatever_is_none_is_nobodys(text, key):
    assert record_key(text) == key
