"""Cards as they are printed: right size, every code read back, every name shaped, nothing lost silently."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from benchmarks.card_samples import DESIGN, drawn_photo, sample_face
from benchmarks.plain_card import render_plain
from cards import keys
from cards.card_design.boxes import BOXES
from cards.card_design.face import Bilingual, from_data, to_data
from cards.card_design.fitting import _length, fit, overflow, width_mm
from cards.card_design.wording import BANDS
from cards.rendering import render_cards
from core.pdf import PdfError

POINTS_A_MM = 72 / 25.4
HARD_NAMES = [
    ("محمد", "Ali"),
    ("لالة الأَلاوي إلاّ لآلئ", "Lalla Alaoui"),
    ("الحسن ؤلحاج إيت أوبلّا", "Lahcen Oulhaj Aït Oubella"),
    ("عبد الرحمان بن محمد الإدريسي العلوي", "Abderrahmane Ben Mohammed El Idrissi El Alaoui"),
    ("تعاونية نساء الجنوب للنسيج والزرابي 2020 (NISA)", "Coopérative « Nissa Al Janoub » n° 12"),
    ("مُحَمَّدٌ الڭرّاوي", "M'hamed L’Guerraoui"),
    # Letters that the house's font lacks, which a name from abroad may have.
    ("ﻣﺤﻤﺪ ڙ ڜ", "Łukasz Đặng Þór"),
]


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    settings.CARD_VERIFY_BASE_URL = "HTTPS://CARTE.EXAMPLE.MA/V/"
    keys.ensure_key()


@pytest.fixture
def photo():
    return drawn_photo(1)


def pages(pdf: bytes, dpi: int = 300) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil() for page in document]


def named(number: int, names: tuple[str, str], **changes):
    return replace(sample_face(number, photo=None), name_ar=names[0], name_latin=names[1], **changes)


def test_pages_have_the_size_of_a_bank_card_two_a_card(photo):
    with pikepdf.open(BytesIO(render_cards([sample_face(n, photo=photo) for n in range(3)]))) as pdf:
        sizes = {tuple(round(float(edge) / POINTS_A_MM, 2) for edge in page.mediabox) for page in pdf.pages}
        assert len(pdf.pages) == 6
        assert sizes == {(0, 0, 85.6, 53.98)}


def test_bleed_goes_around_the_same_card(photo):
    face = sample_face(1, photo=photo)
    trimmed, bled = pages(render_cards([face])), pages(render_cards([face], bleed_mm=0.5))
    with pikepdf.open(BytesIO(render_cards([face], bleed_mm=0.5))) as pdf:
        media, trim = ([float(edge) for edge in box] for box in (pdf.pages[0].mediabox, pdf.pages[0].trimbox))
        assert (media[2] - media[0]) / POINTS_A_MM == pytest.approx(86.6, abs=0.01)
        assert (trim[2] - trim[0]) / POINTS_A_MM == pytest.approx(85.6, abs=0.01)
    # The corners of front and back are coloured to the very edge.
    assert bled[1].getpixel((0, 0)) == trimmed[1].getpixel((0, 0)) != (255, 255, 255)
    assert zxingcpp.read_barcode(bled[1]).text == face.url
    assert bled[0].width - trimmed[0].width in (11, 12)


def test_every_code_of_a_batch_is_read_from_its_own_back(photo):
    faces = [sample_face(number, photo=photo) for number in range(24)]
    backs = pages(render_cards(faces))[1::2]
    assert [zxingcpp.read_barcode(back).text for back in backs] == [face.url for face in faces]


def test_codes_are_read_from_a_bad_picture(photo):
    face = sample_face(7, photo=photo)
    back = pages(render_cards([face]), dpi=150)[1].convert("L")
    poor = (
        back.rotate(5, expand=True, fillcolor=128)
        .filter(ImageFilter.GaussianBlur(0.7))
        .point(lambda v: v * 0.4)
    )
    assert zxingcpp.read_barcode(poor).text == face.url


def test_words_and_numbers_are_in_the_text_of_their_page(photo):
    face = sample_face(3, photo=photo)
    with pypdfium2.PdfDocument(render_cards([sample_face(2, photo=None), face])) as document:
        front, back = (document[number].get_textpage().get_text_range() for number in (2, 3))
    for text in (face.name_latin, face.craft.fr, face.nia, face.serial, "15/01/2026", "14/01/2031"):
        assert text in front
    assert face.serial in back
    assert sample_face(2, photo=None).serial not in front + back


def test_the_file_is_sound_its_fonts_are_subsets_and_the_same_cards_give_the_same_bytes(photo):
    faces = [sample_face(number, photo=photo) for number in range(4)]
    pdf = render_cards(faces)
    assert pdf == render_cards(faces)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        for font in document.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "+" in str(font.BaseFont)
            assert 0 < len(descriptor.get("/FontFile2", descriptor.get("/FontFile3")).read_bytes()) < 60_000


def test_the_photograph_goes_in_as_it_was_given_and_is_not_enlarged(photo):
    small = BytesIO()
    Image.open(BytesIO(photo)).resize((90, 120)).save(small, "JPEG")
    pdf = render_cards([sample_face(1, photo=photo), sample_face(2, photo=small.getvalue())])
    with pikepdf.open(BytesIO(pdf)) as document:
        first, _, second, _ = document.pages
        assert first.Resources.XObject.Picture.read_raw_bytes() == photo
        widths = []
        for page in (first, second):
            drawing = [
                operation
                for operation in pikepdf.parse_content_stream(page)
                if operation.operator == pikepdf.Operator("cm")
            ]
            widths.append(float(drawing[0].operands[0]) / POINTS_A_MM)
    assert widths == [pytest.approx(21, abs=0.01), pytest.approx(90 / 300 * 25.4, abs=0.01)]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_a_photograph_that_is_none_stops_the_batch(content):
    with pytest.raises(PdfError):
        render_cards([sample_face(1, photo=content)])


def test_a_photograph_in_printers_colours_stops_the_batch():
    cmyk = BytesIO()
    Image.new("CMYK", (30, 40)).save(cmyk, "JPEG")
    with pytest.raises(PdfError, match="CMYK"):
        render_cards([sample_face(1, photo=cmyk.getvalue())])


@pytest.mark.parametrize("names", HARD_NAMES)
def test_the_fast_path_draws_what_the_plain_path_draws(names, photo):
    face = named(5, names, photo=photo)
    for fast, plain in zip(pages(render_cards([face])), pages(render_plain(face)), strict=True):
        difference = ImageChops.difference(fast.convert("L"), plain.convert("L"))
        # Half a pixel of rounding shows on edges only: blurred, nothing may be left.
        assert difference.filter(ImageFilter.BoxBlur(4)).getextrema()[1] < 40


def test_neighbours_do_not_change_a_card(photo):
    faces = [named(number, names, photo=photo) for number, names in enumerate(HARD_NAMES)]
    together = pages(render_cards(faces), dpi=150)
    alone = [page for face in faces for page in pages(render_cards([face]), dpi=150)]
    assert [page.tobytes() for page in together] == [page.tobytes() for page in alone]


def test_several_designs_in_one_batch_keep_their_colours(photo):
    kinds = ["artisan", "master_artisan", "cooperative", "enterprise", "artisan"]
    faces = [
        sample_face(number, photo=photo, design=replace(DESIGN, kind=kind, band=BANDS[kind]))
        for number, kind in enumerate(kinds)
    ]
    corners = [page.getpixel((2, 170)) for page in pages(render_cards(faces))[::2]]
    assert corners[0] == corners[4]
    assert len(set(corners)) == 4


def test_a_specimen_says_so_on_both_sides_and_a_card_does_not():
    for demo, said in ((True, 1), (False, 0)):
        face = sample_face(1, photo=None, design=replace(DESIGN, demo=demo))
        with pypdfium2.PdfDocument(render_cards([face])) as document:
            sides = [page.get_textpage().get_text_range() for page in document]
        assert [side.count("SPECIMEN") for side in sides] == [said, said]


def test_emblem_and_signature_are_drawn():
    picture = BytesIO()
    Image.new("RGB", (60, 60), (255, 0, 255)).save(picture, "PNG")
    face = sample_face(
        1, photo=None, design=replace(DESIGN, logo=picture.getvalue(), signature=picture.getvalue())
    )
    assert all(
        (255, 0, 255) in {colour for _, colour in page.getcolors(1 << 24)}
        for page in pages(render_cards([face]))
    )


def test_a_broken_emblem_stops_the_batch():
    with pytest.raises(PdfError):
        render_cards([sample_face(1, photo=None, design=replace(DESIGN, logo=b"broken"))])


def test_markup_in_a_name_is_printed_as_it_stands():
    face = named(1, ("<b>محمد</b> & كو", "<img src=x> & Co"))
    with pypdfium2.PdfDocument(render_cards([face])) as document:
        assert "<img src=x> & Co" in document[0].get_textpage().get_text_range()


def test_the_words_of_a_card_are_kept_as_json_and_come_back(photo):
    face = sample_face(1, photo=photo, design=replace(DESIGN, logo=b"logo", signature=b"signature"))
    assert from_data(to_data(face), photo=photo, logo=b"logo", signature=b"signature") == face


def test_a_short_name_keeps_its_full_size():
    assert overflow(named(1, ("محمد علي", "Mohamed Ali"))) == []


def test_a_long_name_shrinks_then_breaks_then_is_reported_as_not_fitting():
    shrunk, broken, cut = (
        {item.field: item for item in overflow(named(1, ("محمد", name)))}["name_latin"]
        for name in (
            "Abderrahmane El Idrissi Senhaji Alaoui",
            "Abderrahmane Ben Mohammed Ben Abdelkrim El Idrissi El Alaoui",
            "Abderrahmane " * 12,
        )
    )
    assert (shrunk.lines, shrunk.fits) == (1, True) and shrunk.size < shrunk.largest
    assert (broken.lines, broken.fits) == (2, True)
    assert not cut.fits
    assert fit(("Abderrahmane " * 12).strip(), BOXES["name_latin"]).lines[0].endswith("…")


def test_a_letter_that_the_font_lacks_is_reported():
    found = {item.field: item for item in overflow(named(1, ("محمد", "Mohamed ⴰⵎⵣⵉⵖ")))}
    assert found["name_latin"].missing == "ⴰⵉⵎⵖⵣ"
    assert not found["name_latin"].fits


@pytest.mark.parametrize("names", HARD_NAMES)
def test_what_is_said_to_fit_stays_within_its_box(names):
    for name, text in (("name_ar", names[0]), ("name_latin", names[1])):
        box = BOXES[name]
        setting = fit(text, box)
        assert setting.fits
        assert max(width_mm(line, box, setting.size) for line in setting.lines) <= box.width_mm
        assert " ".join(setting.lines) == text


def test_a_craft_without_words_leaves_its_line_empty():
    face = replace(sample_face(1, photo=None), craft=Bilingual("", ""), valid_until=date(2031, 12, 31))
    with pypdfium2.PdfDocument(render_cards([face])) as document:
        assert "31/12/2031" in document[0].get_textpage().get_text_range()


def test_figures_in_columns_are_as_wide_as_noughts():
    """So that one number of a batch is measured for all of them."""
    weight, numbers = BOXES["nia"].weight, ("11-000000-00", "11-471198-17", "11-777777-77")
    assert len({_length(number, weight, False, True) for number in numbers}) == 1
