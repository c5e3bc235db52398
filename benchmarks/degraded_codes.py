"""How often the code of a card is read from a bad picture of its back.

`make bench-codes` prints the rate of each condition over a batch of 200. Needs no database.
"""

import os
import sys
from collections.abc import Callable, Iterable
from io import BytesIO

from PIL import Image, ImageFilter

Degrade = Callable[[Image.Image], Image.Image]
GREY = 128


def _tilted(back: Image.Image) -> Image.Image:
    return back.rotate(5, Image.Resampling.BICUBIC, expand=True, fillcolor=GREY)


def _blurred(back: Image.Image) -> Image.Image:
    return back.filter(ImageFilter.GaussianBlur(1))


def _dark(back: Image.Image) -> Image.Image:
    """A fifth of the light."""
    return back.point(lambda value: value * 0.2)


def _jpeg(back: Image.Image) -> Image.Image:
    out = BytesIO()
    back.save(out, "JPEG", quality=30)
    return Image.open(out)


# What is done to the picture, and at how many dots an inch it is taken.
CONDITIONS: dict[str, tuple[int, tuple[Degrade, ...]]] = {
    "as printed, 300 dpi": (300, ()),
    "150 dpi": (150, ()),
    "150 dpi, blurred": (150, (_blurred,)),
    "150 dpi, tilted by 5 degrees": (150, (_tilted,)),
    "150 dpi, 20 % of the light": (150, (_dark,)),
    "150 dpi, JPEG at quality 30": (150, (_jpeg,)),
    "150 dpi, all of these at once": (150, (_tilted, _blurred, _dark, _jpeg)),
}
_AT_ONCE = 20


def rate(name: str, numbers: Iterable[int]) -> float:
    """Return the share of cards, 0 to 1, whose code is read and says what it should."""
    dots, changes = CONDITIONS[name]
    read = [_reads(back, url, changes) for back, url in _backs(list(numbers), dots)]
    return sum(read) / len(read)


def _backs(numbers: list[int], dots: int) -> Iterable[tuple[Image.Image, str]]:
    import pypdfium2

    from benchmarks.card_samples import sample_face
    from cards.rendering import render_cards

    for start in range(0, len(numbers), _AT_ONCE):
        faces = [sample_face(number, photo=None) for number in numbers[start : start + _AT_ONCE]]
        with pypdfium2.PdfDocument(render_cards(faces)) as document:
            for number, face in enumerate(faces):
                yield document[2 * number + 1].render(scale=dots / 72).to_pil().convert("L"), face.url


def _reads(back: Image.Image, url: str, changes: tuple[Degrade, ...]) -> bool:
    import zxingcpp

    for change in changes:
        back = change(back)
    found = zxingcpp.read_barcodes(back, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found] == [url]


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.local")
    os.environ["CARD_VERIFY_BASE_URL"] = "HTTPS://CARTE.EXAMPLE.MA/V/"
    import django

    django.setup()
    from cards.keys import ensure_key

    ensure_key()
    rates = {name: rate(name, range(count)) for name in CONDITIONS}
    for name, found in rates.items():
        print(f"{name:36}{100 * found:7.1f} %")
    print(f"worst_rate={min(rates.values()):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
