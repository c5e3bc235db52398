"""PDFs hold what they were given and reach for nothing else."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from core.pdf import FetchRefused, PdfError, render_pdf

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    b' width="9" height="9">%s</svg>'
)


def png(color="red") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), color).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "https://example.invalid/x.png", "ftp://example.invalid/x",
                                     "file:///etc/passwd", "data:image/png;base64,AAAA", "portal:other.png",
                                     "x.png", "/etc/passwd", "//example.invalid/x.png"])  # fmt: skip
@pytest.mark.parametrize(
    "page",
    [
        '<img src="{}">',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<style>@import url("{}");</style>',
        '<style>body {{ background: url("{}") }}</style>',
        '<style>li {{ list-style-image: url("{}") }}</style><ul><li>x</li></ul>',
        '<style>p::before {{ content: url("{}") }}</style><p>x</p>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>x</p>',
        '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    ],
)
def test_what_was_not_given_fails_the_rendering(page, address):
    with pytest.raises(FetchRefused):
        render_pdf(page.format(address), files={})


@pytest.mark.parametrize("inner", [
    b'<image href="file:///etc/passwd" width="9" height="9"/>',
    b'<image xlink:href="http://127.0.0.1:9/x" width="9" height="9"/>',
    b'<style>@font-face { font-family: x; src: url("file:///etc/passwd") }</style><rect width="9"/>',
])  # fmt: skip
def test_a_given_svg_does_not_reach_further(inner):
    with pytest.raises(FetchRefused):
        render_pdf('<img src="portal:drawing.svg">', files={"drawing.svg": SVG % inner})


def test_a_given_svg_uses_no_drawing_from_disk(tmp_path):
    other = tmp_path / "other.svg"
    other.write_bytes(SVG % b'<rect id="x" width="9" height="9" fill="red"/>')
    style = b"@page { size: 9px 9px; margin: 0 } body { margin: 0 }"
    drawing = SVG % b'<use href="file://%s#x"/>' % str(other).encode()
    page = '<link rel="stylesheet" href="portal:a.css"><img src="portal:drawing.svg">'
    pdf = render_pdf(page, files={"drawing.svg": drawing, "a.css": style})
    assert pypdfium2.PdfDocument(pdf)[0].render().to_pil().getcolors() == [(49, (255, 255, 255))]


def test_xml_entities_of_an_svg_are_not_read_from_disk(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("OPENSESAME")
    drawing = (
        b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file://%s">]>' % str(secret).encode()
        + SVG % b'<text y="9">&e;</text>'
    )
    with pytest.raises(PdfError):
        render_pdf('<img src="portal:drawing.svg">', files={"drawing.svg": drawing})


def test_a_broken_picture_fails_the_rendering():
    with pytest.raises(PdfError):
        render_pdf('<img src="portal:photo.jpg">', files={"photo.jpg": b"not a picture"})


def test_given_files_are_used_from_memory_and_from_disk(tmp_path):
    on_disk = tmp_path / "b.png"
    on_disk.write_bytes(png("blue"))
    style = b"""@page { size: 20px 10px; margin: 0 } body { margin: 0 }
                img { width: 10px; height: 10px; float: left }"""
    page = '<link rel="stylesheet" href="portal:a.css"><img src="portal:a.png"><img src="portal:b.png">'
    pdf = render_pdf(page, files={"a.css": style, "a.png": png("red"), "b.png": on_disk})
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil()
    assert picture.getpixel((8, 8)) == (255, 0, 0)
    assert picture.getpixel((picture.width - 8, 8)) == (0, 0, 255)


def test_same_input_gives_the_same_bytes():
    page = '<p lang="ar" dir="rtl">صانع تقليدي</p><img src="portal:a.png">'
    assert render_pdf(page, files={"a.png": png()}) == render_pdf(page, files={"a.png": png()})


def test_arabic_fonts_are_embedded_as_subsets():
    page = """<style>p { font: 600 12px "IBM Plex Sans Arabic" }
                     h1 { font: 700 20px "Noto Kufi Arabic" }</style>
              <h1 dir="rtl">البطاقة المهنية</h1><p dir="rtl">صانع تقليدي</p>"""
    with pikepdf.open(BytesIO(render_pdf(page, files={}))) as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        names = {str(font.BaseFont) for font in fonts}
        assert pdf.check_pdf_syntax() == []
        assert any("Plex" in name for name in names) and any("Kufi" in name for name in names)
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            program = descriptor.get("/FontFile2", descriptor.get("/FontFile3"))
            assert 0 < len(program.read_bytes()) < 60_000
