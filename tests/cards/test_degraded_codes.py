"""Codes read from bad pictures, on a few cards; docs/performance.md has the rates on 200."""

import pytest

from benchmarks.degraded_codes import CONDITIONS, rate
from cards import keys


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    settings.CARD_VERIFY_BASE_URL = "HTTPS://CARTE.EXAMPLE.MA/V/"
    keys.ensure_key()


@pytest.mark.parametrize("name", CONDITIONS)
def test_codes_are_read_from_every_bad_picture(name):
    assert rate(name, range(4)) == 1
