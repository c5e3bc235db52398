"""Pictures of the demo's meeting, drawn: nobody takes them for photographs, and nobody is on them."""

import io
import math
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (1280, 853)
SHEET = (1240, 1754)
SKY, SAND, PATTERN = ((232, 190, 140), (140, 180, 210)), (196, 140, 84), ((11, 93, 74), (224, 165, 38))
INK, PAPER, LINE = (32, 48, 120), (250, 248, 240), (150, 150, 150)
ROWS, FIRST_ROW, ROW = 22, 210, 66


def dunes(seed: int) -> ContentFile:
    """A low sun over dunes."""
    made = random.Random(seed)  # noqa: S311 - a lot, not a secret
    width, height = SIZE
    image = Image.linear_gradient("L").resize(SIZE)
    low, high = (Image.new("RGB", SIZE, shade) for shade in SKY)
    image = Image.composite(low, high, image)
    pen = ImageDraw.Draw(image)
    x, y = made.randint(300, width - 300), height // 3
    pen.ellipse((x - 70, y - 70, x + 70, y + 70), fill=(255, 236, 190))
    for depth in range(4):
        base, swing, shift = height * (0.5 + depth * 0.12), 46 - depth * 6, made.random() * 6
        ridge = [(x, base + swing * math.sin(x / (190 - depth * 25) + shift)) for x in range(0, width + 8, 8)]
        shade = tuple(int(part * (1 - depth * 0.16)) for part in SAND)
        pen.polygon([*ridge, (width, height), (0, height)], fill=shade)
    return _jpeg(image, f"dunes-{seed}.jpg")


def stars() -> ContentFile:
    """A wall of eight-pointed stars, as on the chambers' mark."""
    image = Image.new("RGB", SIZE, (240, 233, 218))
    pen = ImageDraw.Draw(image)
    step = 142
    for row in range(SIZE[1] // step + 1):
        for column in range(SIZE[0] // step + 1):
            centre = (column * step + step / 2, row * step + step / 2)
            for size, colour in ((step * 0.46, PATTERN[0]), (step * 0.24, PATTERN[1])):
                pen.polygon(_star(centre, size), fill=colour)
    return _jpeg(image, "stars.jpg")


def signed_sheet() -> ContentFile:
    """An attendance sheet as it comes back from the door: lines, and scribbles where people sign."""
    made = random.Random(7)  # noqa: S311 - a lot, not a secret
    image = Image.new("RGB", SHEET, PAPER)
    pen = ImageDraw.Draw(image)
    for row in range(ROWS + 1):
        y = FIRST_ROW + row * ROW
        pen.line((90, y, SHEET[0] - 90, y), fill=LINE, width=2)
        if row == ROWS:
            break
        x, wide = 130 + made.randint(0, 60), made.randint(120, 240)
        swing = [20 * math.sin(at / 3 + row) * made.random() for at in range(40)]
        curve = [(x + wide * at / 40, y + ROW / 2 + rise) for at, rise in enumerate(swing)]
        pen.line(curve, fill=INK, width=3, joint="curve")
        right = SHEET[0] - 130
        pen.rounded_rectangle((right - made.randint(220, 420), y + 26, right, y + 40), 6, fill=(90, 90, 90))
    for x in (90, 440, SHEET[0] - 90):
        pen.line((x, FIRST_ROW, x, FIRST_ROW + ROWS * ROW), fill=LINE, width=2)
    return _jpeg(image, "sheet.jpg")


def _star(centre: tuple[float, float], size: float) -> list[tuple[float, float]]:
    """Two squares, one turned by an eighth."""
    inner = size * 0.765
    corners = [(size if corner % 2 else inner, math.pi * corner / 8) for corner in range(16)]
    return [(centre[0] + far * math.cos(turn), centre[1] + far * math.sin(turn)) for far, turn in corners]


def _jpeg(image: Image.Image, name: str) -> ContentFile:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return ContentFile(out.getvalue(), name=name)
