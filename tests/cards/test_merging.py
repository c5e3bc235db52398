"""A batch's chunks become one sound file, in order, whatever its length."""

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from benchmarks.card_samples import drawn_photo, sample_face
from cards import keys
from cards.merging import MergeError, merge_pdfs
from cards.printing.geometry import BLEED_MM
from cards.rendering import render_cards
from tests.cards.printed import codes_printed


@pytest.fixture
def faces(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    keys.ensure_key()
    return [sample_face(number, photo=drawn_photo(number)) for number in range(7)]


@pytest.fixture
def parts(faces, tmp_path):
    files = []
    for start in (0, 3, 6):
        files.append(tmp_path / f"{start}.pdf")
        files[-1].write_bytes(render_cards(faces[start : start + 3]))
    return files


def pictures(path) -> list[bytes]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=1).to_pil().tobytes() for page in document]


def test_every_card_is_there_once_and_in_order(parts, faces, tmp_path):
    merge_pdfs(parts, tmp_path / "all.pdf")
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as document:
        backs = [document[number].render(scale=300 / 72).to_pil() for number in range(1, len(document), 2)]
    assert [zxingcpp.read_barcode(back).text for back in backs] == [face.url for face in faces]


def test_every_code_of_two_hundred_cards_is_read_at_three_hundred_dots_an_inch(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    keys.ensure_key()
    photo = drawn_photo(1)
    faces = [sample_face(number, photo=photo) for number in range(200)]
    files = [tmp_path / f"{start}.pdf" for start in range(0, 200, 50)]
    for start, file in zip(range(0, 200, 50), files, strict=True):
        file.write_bytes(render_cards(faces[start : start + 50], bleed_mm=BLEED_MM))
    merge_pdfs(files, tmp_path / "all.pdf")
    assert codes_printed((tmp_path / "all.pdf").read_bytes()) == [face.url for face in faces]


def test_pages_look_as_in_their_chunk(parts, tmp_path):
    merge_pdfs(parts, tmp_path / "all.pdf")
    assert pictures(tmp_path / "all.pdf") == [picture for part in parts for picture in pictures(part)]


def test_the_merged_file_is_sound(parts, tmp_path):
    merge_pdfs(parts, tmp_path / "all.pdf")
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        assert len(pdf.pages) == 14
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        assert {page.obj.Parent.Parent.objgen for page in pdf.pages} == {pdf.Root.Pages.objgen}


def test_the_same_chunks_give_the_same_bytes_and_others_another_name(parts, tmp_path):
    for name, files in (("one", parts), ("two", parts), ("three", parts[::-1])):
        merge_pdfs(files, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    ids = [pikepdf.open(tmp_path / name).trailer.ID[0] for name in ("one", "three")]
    assert bytes(ids[0]) != bytes(ids[1])


def test_photographs_come_through_byte_by_byte(parts, faces, tmp_path):
    merge_pdfs(parts, tmp_path / "all.pdf")
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        fronts = [page.Resources.XObject.Picture.read_raw_bytes() for page in list(pdf.pages)[::2]]
    assert fronts == [face.photo for face in faces]


def test_one_chunk_alone(parts, tmp_path):
    merge_pdfs(parts[2:], tmp_path / "all.pdf")
    assert pictures(tmp_path / "all.pdf") == pictures(parts[2])


@pytest.mark.parametrize("keep", [0, 9, 5_000, -40, -400])
def test_a_chunk_cut_short_is_refused(parts, tmp_path, keep):
    parts[1].write_bytes(parts[1].read_bytes()[:keep])
    with pytest.raises(MergeError):
        merge_pdfs(parts, tmp_path / "all.pdf")


def test_a_file_of_another_make_is_refused(parts, tmp_path):
    with pikepdf.open(parts[0]) as pdf:
        pdf.save(tmp_path / "other.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pytest.raises(MergeError):
        merge_pdfs([tmp_path / "other.pdf"], tmp_path / "all.pdf")
