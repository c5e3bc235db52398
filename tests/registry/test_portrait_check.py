"""What the machine tells of a photograph: reasons, quickly, and a refusal only where nothing can be seen."""

import time
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from registry.demo.portraits import draw_portrait
from registry.enums import PortraitFinding
from registry.portrait_check import BLOCKING, check_portrait

# Drawn people in whom the detector finds a face.
SEEDS = (0, 1, 2, 3, 4, 7, 8, 12)


def drawn(seed: int = 1) -> Image.Image:
    portrait = draw_portrait(seed, "female" if seed % 2 else "male", age=25 + seed * 2)
    return Image.open(BytesIO(portrait)).convert("RGB")


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_good_portrait_has_nothing_against_it(seed):
    assert check_portrait(jpeg(drawn(seed))) == []


@pytest.mark.parametrize("size", [(300, 400), (600, 800)])
def test_the_size_of_the_picture_makes_no_difference(size):
    assert check_portrait(jpeg(drawn().resize(size))) == []
    blurred = drawn().resize(size).filter(ImageFilter.GaussianBlur(size[0] / 75))
    assert PortraitFinding.BLURRED in check_portrait(jpeg(blurred))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_blurred_portrait_is_told(seed):
    assert PortraitFinding.BLURRED in check_portrait(jpeg(drawn(seed).filter(ImageFilter.GaussianBlur(4))))


def test_a_dark_portrait_is_told_and_not_called_blurred():
    assert check_portrait(jpeg(ImageEnhance.Brightness(drawn()).enhance(0.3))) == [PortraitFinding.DARK]


def test_a_pale_portrait_is_told():
    pale = drawn(7).point(lambda value: 210 + value * 45 // 255)
    assert PortraitFinding.PALE in check_portrait(jpeg(pale))


def test_two_people_in_one_picture_are_told():
    both = Image.new("RGB", (600, 800), "white")
    both.paste(drawn(1).resize((300, 400)), (0, 200))
    both.paste(drawn(3).resize((300, 400)), (300, 200))
    assert PortraitFinding.SEVERAL_FACES in check_portrait(jpeg(both))


def test_a_picture_without_a_face_is_told_and_may_be_accepted():
    stripes = Image.effect_noise((300, 400), 90).convert("RGB")
    found = check_portrait(jpeg(stripes))
    assert PortraitFinding.NO_FACE in found
    assert BLOCKING.isdisjoint(found)


@pytest.mark.parametrize("colour", ["black", "white", (120, 130, 140)])
def test_a_plain_picture_is_refused(colour):
    found = check_portrait(jpeg(Image.new("RGB", (300, 400), colour)))
    assert found == [PortraitFinding.PLAIN]
    assert BLOCKING.issuperset(found)


def test_it_takes_less_than_three_tenths_of_a_second():
    portrait = jpeg(drawn().resize((600, 800)))
    check_portrait(portrait)
    started = time.perf_counter()
    check_portrait(portrait)
    assert time.perf_counter() - started < 0.3
