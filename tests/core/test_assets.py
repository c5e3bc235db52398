"""Fonts and Bootstrap as pages get them: small, whole where it matters, and swapped in at once."""

import re
from io import BytesIO, StringIO
from pathlib import Path

import brotli
import pytest
import tinycss2
from django.contrib.staticfiles import finders
from django.core.management import call_command
from fontTools.ttLib import TTFont

from core.assets import bootstrap_css, web_fonts

KB = 1000


@pytest.fixture(scope="module")
def fonts() -> dict[str, bytes]:
    return web_fonts.files()


@pytest.fixture(scope="module")
def bootstrap() -> dict[str, bytes]:
    return bootstrap_css.files()


def _features(font: TTFont, table: str) -> set[str]:
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


def test_arabic_subsets_can_join_letters_and_set_marks(fonts):
    arabic = {name: data for name, data in fonts.items() if name.endswith("arabic.woff2")}
    assert len(arabic) == 3
    for data in arabic.values():
        font = TTFont(BytesIO(data))
        assert {ord(letter) for letter in "ءآأؤإئابةتثيىّگڭ0123456789؟،"} <= set(font.getBestCmap())
        assert {"init", "medi", "fina", "rlig"} <= _features(font, "GSUB")
        assert "mark" in _features(font, "GPOS")
        assert "fvar" not in font


def test_digits_come_from_the_script_of_the_page(fonts):
    for name, last in [("css/fonts.css", "latin"), ("css/fonts.rtl.css", "arabic")]:
        sources = re.findall(r'400;.*?fonts/[^"]*-(arabic|latin)\.woff2', fonts[name].decode())
        assert sources[-1] == last
    assert {ord("0"), ord("9")} <= set(web_fonts.ARABIC) & set(web_fonts.LATIN)


def test_every_file_that_a_style_sheet_names_is_there(fonts):
    for name in ("css/fonts.css", "css/fonts.rtl.css"):
        named = re.findall(r'url\("\.\./([^"]+)"\)', fonts[name].decode())
        assert set(named) == {other for other in fonts if other.endswith(".woff2")}


def test_ranges_are_written_as_css_wants_them():
    assert web_fonts.unicode_range([0x41, 0x42, 0x43, 0x60C]) == "U+41-43,U+60C"


def test_trimming_takes_unused_parts_and_leaves_the_rest():
    css = b"""@charset "UTF-8";.row,.carousel-item{x:1}.modal-dialog{x:2}.form-control{x:3}
    .btn:not(.a,.modal){x:4}@media (min-width:1px){.tooltip{x:5}.col-6{x:6}}@media print{.modal{x:7}}
    @keyframes spin{to{x:8}}/*# sourceMappingURL=b.css.map */"""
    kept = bootstrap_css.trimmed(css).decode()
    assert [re.search(rf"x:{number}\b", kept) is not None for number in range(1, 9)] == [
        True, False, True, True, False, True, False, False,
    ]  # fmt: skip
    assert ".carousel" not in kept
    assert "sourceMappingURL" not in kept


def test_what_pages_use_of_bootstrap_is_there_in_both_directions(bootstrap):
    for css in bootstrap.values():
        text = css.decode()
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        assert [rule for rule in rules if rule.type == "error"] == []
        for selector in (
            ".form-control",
            ".col-md-6",
            ".btn-primary",
            ".visually-hidden",
            ".d-flex",
            ".mt-3",
        ):
            assert selector in text
    assert "margin-right" in bootstrap["css/bootstrap.rtl.min.css"].decode()
    assert bootstrap["css/bootstrap.min.css"] != bootstrap["css/bootstrap.rtl.min.css"]


def test_building_twice_changes_nothing_and_a_broken_build_leaves_the_old(tmp_path, settings, monkeypatch):
    settings.ASSETS_DIR = tmp_path / "assets"
    call_command("build_assets", stdout=StringIO())
    built = {path: path.stat().st_mtime_ns for path in settings.ASSETS_DIR.rglob("*")}
    assert len(built) > 8
    call_command("build_assets", stdout=StringIO())
    assert {path: path.stat().st_mtime_ns for path in settings.ASSETS_DIR.rglob("*")} == built

    def fail():
        raise OSError("disk full")

    monkeypatch.setattr(bootstrap_css, "files", fail)
    with pytest.raises(OSError, match="disk full"):
        call_command("build_assets", force=True, stdout=StringIO())
    assert {path: path.stat().st_mtime_ns for path in settings.ASSETS_DIR.rglob("*")} == built
    assert [path.name for path in tmp_path.iterdir()] == ["assets"]


def test_a_page_weighs_less_than_100_kb(fonts, bootstrap):
    """The frame with every font, as if a page used them all: 14 kB are left for the page itself."""
    ours = [
        finders.find(name)
        for name in (
            *(f"css/{sheet}.css" for sheet in ("page", "components", "lists", "forms", "print")),
            *("js/once.js", "js/drafts.js", "img/khatim.svg", "img/zellige.svg"),
        )
    ]
    assert None not in ours
    sent = [bootstrap["css/bootstrap.rtl.min.css"], fonts["css/fonts.rtl.css"]]
    sent += [Path(path).read_bytes() for path in ours]
    compressed = sum(len(brotli.compress(content)) for content in sent)
    files = sum(len(data) for name, data in fonts.items() if name.endswith(".woff2"))
    assert compressed + files < 86 * KB


def test_hashed_static_files_find_everything_they_point_to(tmp_path, settings):
    """A file that a style sheet names and nobody made would stop the collection in production."""
    settings.ASSETS_DIR = tmp_path / "assets"
    settings.STATICFILES_DIRS = [settings.STATICFILES_DIRS[0], settings.ASSETS_DIR]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("build_assets", stdout=StringIO())
    settings.STATIC_ROOT = tmp_path / "static"
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, stdout=StringIO())
    finders.get_finder.cache_clear()
    manifest = (tmp_path / "static" / "staticfiles.json").read_text()
    assert "css/bootstrap.rtl.min.css" in manifest
    assert "fonts/noto-kufi-arabic-700-arabic.woff2" in manifest
