"""A photograph in 64 bits, so that the same picture is known again after it was resized or saved anew.

A perceptual hash: the picture is made grey and small, its coarse pattern is taken by a cosine transform, and
each bit says whether one wave of the pattern is stronger than the middle one. The same photograph differs in
very few bits, another photograph in about half of them.
"""

from typing import IO

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

# Bits in which two hashes of one photograph may differ. Four bands of 16 bits find every pair that differs in
# at most three bits: one band at least is then the same in both.
NEAR_BITS = 3
BANDS = 4
_BAND_BITS = 16
_SIDE, _COARSE = 32, 8
# Below this spread of grey a picture shows nothing by which it could be known again.
_FLAT = 4.0


def photograph_hash(content: IO[bytes]) -> int | None:
    """The hash as a signed 64-bit number; None for a picture that cannot be read or shows nothing."""
    content.seek(0)
    try:
        with Image.open(content) as image:
            grey = np.asarray(image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), np.float32)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    finally:
        content.seek(0)
    if float(grey.std()) < _FLAT:
        return None
    waves = cv2.dct(grey)[:_COARSE, :_COARSE].flatten()
    # The first wave is the brightness of the whole, which says nothing about who it is.
    bits = waves > np.median(waves[1:])
    bits[0] = False
    value = int("".join("1" if bit else "0" for bit in bits), 2)
    return value - 2**64 if value >= 2**63 else value


def differing_bits(one: int, other: int) -> int:
    return ((one ^ other) & (2**64 - 1)).bit_count()


def bands_of(value: int) -> list[int]:
    """The four bands, each told apart by its place: what the database's index holds."""
    mask = 2**_BAND_BITS - 1
    return [(band << _BAND_BITS) | ((value >> (band * _BAND_BITS)) & mask) for band in range(BANDS)]
