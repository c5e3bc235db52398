"""Codes on cards: small enough to print, and read by a decoder that did not draw them."""

import re
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from cards import keys
from cards.qr import MOST_MODULES, QUIET_ZONE, card_url, qr_image, qr_png, qr_svg
from cards.tokens import sign


@pytest.fixture
def url(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    settings.CARD_VERIFY_BASE_URL = "https://carte.example.ma/v/"
    keys.ensure_key()
    return card_url(sign("11-0000123-34", date(2031, 1, 15)))


def modules(url: str) -> int:
    return qr_image(url).width - 2 * QUIET_ZONE


def test_the_address_is_in_capitals(url):
    assert url.startswith("HTTPS://CARTE.EXAMPLE.MA/V/") and url == url.upper()
    assert set(url) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(("length", "most"), [(22, 45), (35, 49), (95, MOST_MODULES)])
def test_modules_by_length_of_the_base_address(settings, url, length, most):
    token = url.removeprefix("HTTPS://CARTE.EXAMPLE.MA/V/")
    settings.CARD_VERIFY_BASE_URL = "HTTPS://" + "A" * (length - 11) + "/V/"
    assert len(settings.CARD_VERIFY_BASE_URL) == length
    assert modules(card_url(token)) <= most


def test_an_address_too_long_for_a_card_is_refused(url):
    with pytest.raises(ValueError, match="too long"):
        qr_image(url + "A" * 120)


def test_the_quiet_zone_is_white(url):
    picture = qr_image(url)
    inside = picture.crop((QUIET_ZONE, QUIET_ZONE, picture.width - QUIET_ZONE, picture.height - QUIET_ZONE))
    around = Image.new("1", picture.size, 1)
    around.paste(inside, (QUIET_ZONE, QUIET_ZONE))
    assert picture.tobytes() == around.tobytes()


def test_the_png_has_one_bit_and_is_read_back(url):
    picture = Image.open(BytesIO(qr_png(url, scale=4)))
    assert picture.mode == "1"
    assert zxingcpp.read_barcode(picture.convert("L")).text == url


def test_the_svg_draws_the_same_modules(url):
    _ground, dark = re.findall(r' d="([^"]+)"', qr_svg(url))
    size = qr_image(url).width
    picture = Image.new("1", (size, size), 1)
    for run in dark.removeprefix("M").split("M"):
        start, length = run.split("v")[0].split("h")
        x, y = map(int, start.split())
        picture.paste(0, (x, y, x + int(length), y + 1))
    assert picture.tobytes() == qr_image(url).tobytes()
