"""Names that are hard to set, as the card prints them; `python -m tests.cards.hard_names` draws them anew.

The picture beside this file was approved by looking at it: letters joined, marks in their places, lam-alef
one glyph, words of both directions in their order, nothing cut, nothing touching. Look again before keeping
a new one.
"""

from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from benchmarks.card_samples import sample_face
from cards.card_design.wording import PAPER
from cards.rendering import render_cards

APPROVED = Path(__file__).with_name("hard_names.png")
NAMES = [
    ("لآلئ الأَلاوي إلاّ لإبراهيم", "Lalla Loubna El Alaoui"),
    ("مُحَمَّدٌ الڭرّاوي بلّمو", "M’hamed L’Guerraoui"),
    ("عبد الله بن عبد الرحمان أيت أوبلّا", "Abdellah Ben Abderrahmane Aït Oubella"),
    (
        "عبد الرحمان بن محمد بن عبد الكريم الإدريسي العلوي",
        "Abderrahmane Ben Mohammed Ben Abdelkrim Idrissi",
    ),
    ("تعاونية 8 مارس للنسيج (NISA)", "Coopérative « 8 Mars » n° 12"),
    ("شركة صناعة الجلد SARL AU 2020", "Sté Cuir & Maroquinerie SARL AU"),
    ("ماء العينين يحظيه", "Maa El Aynayn Yahdih"),
    ("لمياء لحلو لفقيه لكحل", "Lamia Lahlou Lafkih Lakhal"),
    ("عائشة ؤلحاج إيت بوڭماز", "Aïcha Oulhaj Aït Bougmez"),
    ("كِنْزَة تَازِيّ", "Kenza Tazi-Œuvrard"),
    ("سي محمد", "Si Med"),
    ("فاطمة الزهراء المسفيوي الشرقاوي الحسناوي", "Fatima-Zahra El Mesfioui Cherkaoui El Hasnaoui"),
]
# Where the names stand, in millimetres: left, top, right, bottom.
_PLACE = (27.4, 17.4, 82.8, 31.0)
_DOTS_A_MM = 200 / 25.4
_COLUMNS = 2


def drawn() -> list[Image.Image]:
    """The names of each, cut out of the fronts of their cards, in sixteen greys."""
    faces = [
        replace(sample_face(number, photo=None), name_ar=arabic, name_latin=latin)
        for number, (arabic, latin) in enumerate(NAMES)
    ]
    # A band of the ground's own colour leaves no pattern behind the names.
    plain = [replace(face, design=replace(face.design, demo=False, band=PAPER)) for face in faces]
    box = [round(edge * _DOTS_A_MM) for edge in _PLACE]
    with pypdfium2.PdfDocument(render_cards(plain)) as document:
        fronts = [document[number] for number in range(0, len(document), 2)]
        return [front.render(scale=200 / 72).to_pil().convert("L").crop(box) for front in fronts]


def approved() -> list[Image.Image]:
    """The same as they were approved."""
    with Image.open(APPROVED) as sheet:
        grey = sheet.convert("L")
    width, height = grey.width // _COLUMNS, grey.height * _COLUMNS // len(NAMES)
    corners = [(number % _COLUMNS * width, number // _COLUMNS * height) for number in range(len(NAMES))]
    return [grey.crop((x, y, x + width, y + height)) for x, y in corners]


def sheet_of(pictures: list[Image.Image]) -> Image.Image:
    width, height = pictures[0].size
    sheet = Image.new("L", (width * _COLUMNS, height * len(pictures) // _COLUMNS), 255)
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (number % _COLUMNS * width, number // _COLUMNS * height))
    return sheet


def main() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.test")
    import django

    django.setup()
    from cards.keys import ensure_key

    ensure_key()
    sheet_of(drawn()).quantize(16).save(APPROVED, optimize=True)


if __name__ == "__main__":
    main()
