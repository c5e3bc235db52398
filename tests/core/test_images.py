"""Files as people, telephones and attackers send them."""

import io
import random
import struct
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

from core.images import reencode_document, reencode_image, reencode_portrait
from core.scans import MAX_PAGES

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 30), (30, 30, 220), (255, 255, 255)
ORIENTATION, GPS = 0x0112, 0x8825


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def encoded(image: Image.Image, format: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def banded(width: int, height: int) -> Image.Image:
    """Red in the upper third, green in the middle, blue below."""
    image = Image.new("RGB", (width, height), GREEN)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, height // 3), fill=RED)
    draw.rectangle((0, height * 2 // 3, width, height), fill=BLUE)
    return image


def opened(content) -> Image.Image:
    return Image.open(io.BytesIO(content.read()))


def near(colour: tuple, wanted: tuple, tolerance: int = 12) -> bool:
    return all(abs(one - other) <= tolerance for one, other in zip(colour, wanted, strict=True))


def refused(call, *args, **options) -> str:
    with pytest.raises(ValidationError) as caught:
        call(*args, **options)
    assert caught.value.messages[0]
    return caught.value.code


def test_portrait_is_a_small_3_to_4_jpeg():
    picture = opened(reencode_portrait(upload(encoded(banded(3000, 2000)))))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (600, 800))


def test_portrait_is_never_enlarged():
    assert opened(reencode_portrait(upload(encoded(banded(450, 450))))).size == (338, 450)


def test_portrait_of_a_tall_picture_keeps_the_upper_part():
    picture = opened(reencode_portrait(upload(encoded(banded(600, 2400)))))
    assert picture.size == (600, 800)
    # 1600 spare rows, a quarter of them cut above: rows 400 to 1200 of red until 800, then green.
    assert near(picture.getpixel((300, 350)), RED)
    assert near(picture.getpixel((300, 450)), GREEN)


def test_portrait_takes_the_chosen_part():
    picture = opened(reencode_portrait(upload(encoded(banded(1800, 2400))), crop=(0.5, 0.7, 0.25, 0.25)))
    assert picture.size == (450, 600)
    assert near(picture.getpixel((200, 300)), BLUE)


def test_chosen_part_of_another_shape_is_trimmed_not_stretched():
    picture = opened(reencode_portrait(upload(encoded(banded(1600, 1600))), crop=(0.25, 0, 0.5, 1)))
    assert picture.size == (600, 800)
    assert picture.size[0] / picture.size[1] == 3 / 4


@pytest.mark.parametrize(
    "crop",
    [(-0.1, 0, 0.5, 0.5), (0.6, 0, 0.5, 0.5), (0, 0, 0, 1), (0, 0, float("nan"), 1), (0, 0.9, 1, 0.9)],
)
def test_part_outside_the_picture_is_refused(crop):
    assert refused(reencode_portrait, upload(encoded(banded(900, 1200))), crop=crop) == "image_crop"


def test_too_small_after_the_crop():
    assert refused(reencode_portrait, upload(encoded(banded(299, 400)))) == "image_too_small"
    large = encoded(banded(900, 1200))
    assert refused(reencode_portrait, upload(large), crop=(0, 0, 0.3, 0.3)) == "image_too_small"


@pytest.mark.parametrize("reencode", [reencode_portrait, reencode_image, reencode_document])
def test_a_damaged_exif_is_no_reason_to_refuse_a_photograph(reencode):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010E] = "words where a number should be"
    data = encoded(banded(900, 1200), exif=exif)
    damaged = data.replace(b"\x01\x0e\x00\x02", b"\x01\x00\x00\x02")
    assert damaged != data
    saved = reencode(upload(damaged))
    picture = opened(getattr(saved, "content", saved))
    assert (
        near(picture.getpixel((picture.width - 10, picture.height // 2)), RED)
        or reencode is reencode_portrait
    )


def test_orientation_is_applied_and_every_trace_removed():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # The telephone was held upright: turn a quarter to the right.
    exif[0x010F] = "Maker of the telephone"
    exif.get_ifd(GPS)[2] = (27.0, 9.0, 13.0)
    turned = banded(900, 1200).rotate(90, expand=True)
    data = encoded(turned, exif=exif, comment=b"taken at home")
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)

    content = reencode_portrait(upload(data))
    raw = content.read()
    picture = Image.open(io.BytesIO(raw))
    assert picture.size == (600, 800)
    assert near(picture.getpixel((300, 20)), RED)
    assert near(picture.getpixel((300, 780)), BLUE)
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"telephone" not in raw
    assert b"taken at home" not in raw


def test_second_picture_hidden_behind_the_first_is_dropped():
    data = encoded(banded(600, 800), "MPO", save_all=True, append_images=[noise(64, 64)])
    raw = reencode_portrait(upload(data)).read()
    picture = Image.open(io.BytesIO(raw))
    assert (picture.format, picture.size, getattr(picture, "n_frames", 1)) == ("JPEG", (600, 800), 1)
    assert raw.count(b"\xff\xd8\xff") == 1


def test_print_colours_become_screen_colours():
    picture = opened(reencode_portrait(upload(encoded(Image.new("CMYK", (600, 800), (0, 255, 255, 0))))))
    assert picture.mode == "RGB"
    assert near(picture.getpixel((10, 10)), (255, 0, 0))


def test_colour_profile_is_converted_and_removed():
    lab_white = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = opened(reencode_portrait(upload(encoded(banded(600, 800), icc_profile=lab_white))))
    assert near(picture.getpixel((300, 20)), RED)
    assert "icc_profile" not in picture.info


def test_wrong_colour_profile_is_ignored():
    picture = opened(reencode_portrait(upload(encoded(banded(600, 800), icc_profile=b"not a profile" * 20))))
    assert near(picture.getpixel((300, 20)), RED)


def test_transparency_becomes_white_on_a_portrait_and_stays_on_a_logo():
    image = Image.new("RGBA", (600, 800), (*RED, 0))
    assert near(opened(reencode_portrait(upload(encoded(image, "PNG"), "p.png"))).getpixel((300, 400)), WHITE)
    logo = opened(reencode_image(upload(encoded(image, "PNG"), "p.png")))
    assert (logo.format, logo.mode, logo.getpixel((300, 400))[3]) == ("PNG", "RGBA", 0)


def test_palette_grey_and_sixteen_bits():
    palette = banded(600, 800).convert("P", palette=Image.Palette.ADAPTIVE)
    assert near(opened(reencode_portrait(upload(encoded(palette, "PNG")))).getpixel((300, 20)), RED)
    grey = Image.new("L", (600, 800), 77)
    assert near(opened(reencode_portrait(upload(encoded(grey)))).getpixel((1, 1)), (77, 77, 77))
    deep = Image.new("I;16", (600, 800), 0x8000)
    assert near(opened(reencode_portrait(upload(encoded(deep, "PNG")))).getpixel((1, 1)), (128, 128, 128))
    one_bit = Image.new("1", (600, 800), 1)
    assert near(opened(reencode_portrait(upload(encoded(one_bit, "PNG")))).getpixel((1, 1)), WHITE)


def test_palette_with_transparency():
    palette = banded(600, 800).convert("P", palette=Image.Palette.ADAPTIVE)
    index = palette.getpixel((300, 20))
    picture = opened(reencode_portrait(upload(encoded(palette, "PNG", transparency=index))))
    assert near(picture.getpixel((300, 20)), WHITE)
    assert near(picture.getpixel((300, 780)), BLUE)


def test_webp_is_accepted():
    assert opened(reencode_portrait(upload(encoded(banded(600, 800), "WEBP")))).format == "JPEG"


def test_sixty_megapixels_are_refused_from_the_header():
    assert refused(reencode_portrait, upload(_png_of_size(10_000, 6_000))) == "image_too_many_pixels"
    real = Image.new("RGB", (10_000, 6_000), RED)
    assert refused(reencode_portrait, upload(encoded(real))) == "image_too_many_pixels"


def test_decompression_bomb_is_refused_from_the_header():
    for side in (10_000, 60_000):
        assert refused(reencode_portrait, upload(_png_of_size(side, side))) == "image_too_many_pixels"


def test_large_photograph_within_the_limit_is_accepted():
    picture = opened(reencode_portrait(upload(encoded(banded(4000, 6000)))))
    assert picture.size == (600, 800)
    assert near(picture.getpixel((300, 100)), RED)


def test_too_many_bytes_and_none(settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    assert refused(reencode_portrait, upload(encoded(noise(600, 800)))) == "file_too_large"
    assert refused(reencode_document, upload(encoded(noise(600, 800)))) == "file_too_large"
    assert refused(reencode_portrait, upload(b"")) == "file_empty"


def test_pdf_named_jpg():
    assert refused(reencode_portrait, upload(_pdf(), "photo.jpg")) == "image_is_pdf"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        encoded(
            Image.new("P", (600, 800)), "GIF", save_all=True, append_images=[Image.new("P", (600, 800), 3)]
        ),
        encoded(Image.new("RGB", (600, 800)), "TIFF"),
        b"MZ\x90\x00 a program",
        b"<html><img src=x onerror=alert(1)></html>",
    ],
    ids=["svg", "gif", "tiff", "program", "html"],
)
def test_other_kinds_are_refused(data):
    for reencode in (reencode_portrait, reencode_image, reencode_document):
        assert refused(reencode, upload(data)) == "image_format"


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_moving_picture_is_refused(format):
    frames = [Image.new("RGB", (600, 800), colour) for colour in (RED, BLUE)]
    moving = encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=100)
    assert refused(reencode_portrait, upload(moving)) == "image_animated"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.002, 0.1, 0.5, 0.9])
def test_picture_cut_short_is_refused(format, kept):
    whole = encoded(noise(600, 800), format)
    cut = whole[: max(13, int(len(whole) * kept))]
    assert refused(reencode_portrait, upload(cut)) == "image_broken"


def test_no_damage_gets_past_as_anything_but_a_refusal():
    rng = random.Random(7)
    sources = [encoded(banded(320, 430), format) for format in ("JPEG", "PNG", "WEBP")] + [_pdf()]
    outcomes = {"kept": 0, "refused": 0}
    for source in sources:
        for _round in range(60):
            damaged = bytearray(source)
            for _hit in range(8):
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            try:
                reencode_document(upload(bytes(damaged)))
                outcomes["kept"] += 1
            except ValidationError:
                outcomes["refused"] += 1
    assert outcomes["kept"] > 0
    assert outcomes["refused"] > 0


def test_logo_is_made_smaller_and_keeps_its_shape():
    assert opened(reencode_image(upload(encoded(banded(2400, 1200))))).size == (1200, 600)
    assert opened(reencode_image(upload(encoded(banded(80, 40))))).size == (80, 40)


def test_scanned_picture_becomes_a_jpeg():
    content, content_type = reencode_document(upload(encoded(banded(1240, 1754), "PNG"), "scan.png"))
    assert content_type == "image/jpeg"
    assert opened(content).size == (1240, 1754)


def test_scanned_pdf_keeps_its_pages_and_loses_everything_else():
    sent = _pdf(pages=2, nasty=True)
    for word in (b"app.alert", b"calc.exe", b"hidden.txt", b"Somebody"):
        assert word in _unpacked(sent)
    content, content_type = reencode_document(upload(sent, "scan.pdf"))
    assert content_type == "application/pdf"
    raw = content.read()
    for word in (b"app.alert", b"calc.exe", b"hidden.txt", b"Somebody", b"Launch", b"JavaScript", b"/Info"):
        assert word not in _unpacked(raw)
    with pikepdf.open(io.BytesIO(raw)) as clean:
        assert len(clean.pages) == 2
        assert set(clean.Root.keys()) == {"/Type", "/Pages"}
        assert "/Annots" not in clean.pages[0].obj
        assert b"0.2 0.4 0.3 rg" in clean.pages[0].Contents.read_bytes()
        # Names that a page chose for its pictures are not mistaken for actions.
        assert "/AA" in clean.pages[0].Resources.XObject


def test_pdf_that_cannot_be_read_is_refused():
    assert refused(reencode_document, upload(b"%PDF-1.7\nnothing", "a.pdf")) == "pdf_broken"
    assert refused(reencode_document, upload(_pdf(pages=0), "a.pdf")) == "pdf_broken"
    assert refused(reencode_document, upload(_pdf(pages=MAX_PAGES + 1), "a.pdf")) == "pdf_too_many_pages"


@pytest.mark.parametrize("password", ["", "secret"])
def test_locked_pdf_is_refused(password):
    with pikepdf.open(io.BytesIO(_pdf())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    assert refused(reencode_document, upload(out.getvalue(), "a.pdf")) == "pdf_encrypted"


def _png_of_size(width: int, height: int) -> bytes:
    """A header that claims a size, and no pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def _pdf(pages: int = 1, *, nasty: bool = False) -> bytes:
    pdf = pikepdf.new()
    picture = pdf.make_stream(bytes(3), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    picture.Width, picture.Height, picture.BitsPerComponent = 1, 1, 8
    picture.ColorSpace = pikepdf.Name.DeviceRGB
    for _page in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Contents = pdf.make_stream(b"0.2 0.4 0.3 rg 50 50 200 200 re f /AA Do")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/AA": picture}))
    if nasty:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hello')"))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("x"), script]))
        )
        first = pdf.pages[0]
        first.obj.AA = pikepdf.Dictionary(O=launch)
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 595, 842]), A=launch
        )
        first.obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
        picture.Metadata = pdf.make_stream(b"<x:xmpmeta>Somebody</x:xmpmeta>")
        pdf.attachments["hidden.txt"] = b"hidden.txt holds more"
        pdf.docinfo["/Author"] = "Somebody"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _unpacked(data: bytes) -> bytes:
    """The whole file in plain text, so that a search finds what is packed too."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()
