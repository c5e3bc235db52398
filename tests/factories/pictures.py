"""Pictures for tests: different for each seed, the same again in any size."""

import random
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image


def picture(*, seed: int | None, size: tuple[int, int] = (300, 400), quality: int = 85) -> ContentFile:
    """A JPEG of soft patches; a plain grey one without a seed."""
    if seed is None:
        image = Image.new("RGB", size, (200, 190, 180))
    else:
        shades = random.Random(seed).randbytes(6 * 8 * 3)
        image = Image.frombytes("RGB", (6, 8), shades).resize(size, Image.Resampling.BICUBIC)
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return ContentFile(out.getvalue(), name="portrait.jpg")
