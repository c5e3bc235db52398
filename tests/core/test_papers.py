"""The chamber's paper: heading, reference, date, signatory, pages; the same bytes for the same words."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.template import engines

from core.models import Chamber
from core.papers import render_paper
from tests.factories.registry import portrait_bytes
from tests.registry.printed import picture_of, says, words_of

pytestmark = pytest.mark.django_db

BODY = """{% extends "core/pdf/_paper.html" %}{% load portal %}{% block title %}ورقة{% endblock %}
{% block content %}<p>رقم التسجيل {{ "11-000001-5"|ltr }} {{ words }}</p>
{% for line in lines %}<p>{{ line }}</p>{% endfor %}{% endblock %}"""


@pytest.fixture(autouse=True)
def letter(settings):
    """A template of our own, as whoever prints writes one."""
    loaders = [
        ("django.template.loaders.locmem.Loader", {"registry/pdf/trial.html": BODY}),
        "django.template.loaders.filesystem.Loader",
    ]
    options = {key: value for key, value in settings.TEMPLATES[0]["OPTIONS"].items() if key != "loaders"}
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"APP_DIRS": False, "OPTIONS": options | {"loaders": loaders}}
    ]
    assert engines["django"].get_template("registry/pdf/trial.html")


@pytest.fixture
def chamber():
    chamber = Chamber.objects.get(region_id="11")
    chamber.signatory_name_ar, chamber.signatory_title_ar = "محمد المدير", "رئيس الغرفة"
    chamber.signatory_name_fr, chamber.signatory_title_fr = "Mohamed Directeur", ""
    chamber.phone = "+212528890000"
    chamber.save()
    return chamber


def paper(chamber, **changes):
    values = {"dated": date(2026, 8, 1), "reference": "11/2026/000123", "context": {"words": ""}} | changes
    return render_paper("registry/pdf/trial.html", chamber=chamber, **values)


def test_an_arabic_paper_has_its_heading_reference_date_and_signatory(chamber):
    (page,) = words_of(paper(chamber))
    for words in (
        "المملكة المغربية",
        "كتابة الدولة المكلفة بالصناعة التقليدية",
        chamber.name_ar,
        "11/2026/000123",
        "غشت",
        "11-000001-5",
        "رئيس الغرفة",
        "محمد المدير",
    ):
        assert says(page, words), words


def test_a_french_paper_is_french_whoever_reads_the_portal(chamber):
    (page,) = words_of(paper(chamber, language="fr"))
    for words in ("Royaume du Maroc", chamber.name_fr, "1er août 2026", "Mohamed Directeur", "Page 1 / 1"):
        assert says(page, words), words
    # Said in the other language where the settings have no French.
    assert says(page, "رئيس الغرفة")


def test_the_authority_is_a_setting_and_may_be_left_out(chamber, settings):
    settings.PAPER_AUTHORITY = {}
    (page,) = words_of(paper(chamber))
    assert not says(page, "كتابة الدولة المكلفة")


def test_every_page_says_its_number_and_reference(chamber):
    pages = words_of(paper(chamber, language="fr", context={"lines": ["سطر"] * 80}))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} / {len(pages)}" in page
        assert "11/2026/000123" in page


def test_the_same_words_give_the_same_bytes(chamber):
    chamber.logo.save("logo.png", ContentFile(portrait_bytes()), save=True)
    assert paper(chamber) == paper(chamber)
    assert paper(chamber) != paper(chamber, dated=date(2026, 8, 2))


def test_the_chambers_pictures_are_in_it_and_a_lost_one_is_left_out(chamber):
    chamber.signature.save("signature.jpg", ContentFile(portrait_bytes()), save=True)

    def pictures(pdf):
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert opened.check_pdf_syntax() == []
            return sum(len(page.get_images()) for page in opened.pages)

    assert pictures(paper(chamber)) == 1
    assert pictures(paper(chamber, signed=False)) == 0
    chamber.signature.storage.delete(chamber.signature.name)
    assert pictures(paper(chamber)) == 0


def test_it_is_a4_and_letters_are_in_amiri(chamber):
    pdf = paper(chamber)
    width, height = picture_of(pdf).size
    assert (width, height) == (596, 842)
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = {str(font.BaseFont) for font in opened.pages[0].Resources.Font.values()}
    assert any("Amiri" in font for font in fonts)


def test_what_people_write_is_text_and_no_page(chamber):
    (page,) = words_of(paper(chamber, context={"words": '<img src="file:///etc/passwd"> (سبب)'}))
    assert "passwd" in page
