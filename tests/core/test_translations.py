"""Catalogues made without gettext: what is found is what Django looks up, and nothing broken passes."""

import gettext
import os

import polib
import pytest
from django.core.management import CommandError, call_command
from django.template import engines
from django.utils import translation
from django.utils.translation import trans_real

from core import translations
from core.translatable_strings import Message, UnreadableSource, messages_of_python, messages_of_template

TEMPLATE = """{% extends "base_of_test.html" %}{% load i18n %}{% block content %}
{% translate "Plain" %}{% translate "Charge" context "of money" as charge %}{{ charge }}
{% blocktranslate trimmed count n=cards|length with name=_("Name") %}
  {{ n }} card of <b>{{ name }}</b>
{% plural %}
  {{ n }} cards, 100% of <b>{{ name }}</b>
{% endblocktranslate %}
{% blocktranslate asvar greeting context "at the desk" %}Hello{% endblocktranslate %}{{ greeting }}
{% include "part_of_test.html" with label=_("Label") other=nothing|default:_("None") only %}
{% if label == _("Compared") %}{% else %}{{ _("Variable") }}{% endif %}
{% for card in nothing %}{% empty %}{% firstof nothing _("First") %}{% endfor %}
{% endblock %}"""

PYTHON = """
from django.utils import translation as t
from django.utils.translation import gettext as say, gettext_lazy as _, gettext_noop, ngettext, npgettext
from django.utils.translation import pgettext_lazy
import django.utils.translation

SENTENCE = _("Two halves " "of one sentence")
ngettext("%(n)s card", "%(n)s cards", 3)
npgettext("desk", "seat", "seats", 3)
pgettext_lazy("verb", "Book")
say("Said"), t.gettext("By module"), django.utils.translation.gettext("By full name"), gettext_noop("Later")
say(SENTENCE), other("Not ours"), {}.get("Not a string")
"""


@pytest.fixture
def project(tmp_path):
    """A small project of one module and one template."""
    (tmp_path / "core").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "core" / "words.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def texts(messages):
    return [(message.context, message.text, message.plural) for message in messages]


def translate_everything(path):
    catalogue = translations.read(path)
    for entry in catalogue:
        entry.msgstr = "" if entry.msgid_plural else f"«{entry.msgid}»"
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, f"«{entry.msgid_plural}»")
    translations.write(catalogue, path)
    return catalogue


def problem_of(entry, message=None):
    """The problems of a catalogue of one Arabic entry, for a code that says just that."""
    message = message or Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None, ("core/x.py",))
    catalogue = translations.merge([message], polib.POFile(), "ar")
    catalogue[0].msgstr, catalogue[0].msgstr_plural = entry.msgstr, entry.msgstr_plural
    catalogue[0].flags += entry.flags
    return [problem.kind for problem in translations.problems([message], catalogue, "ar")]


def test_python_strings_are_found_under_every_import_name():
    assert texts(messages_of_python(PYTHON, "core/words.py")) == [
        (None, "Two halves of one sentence", None),
        (None, "%(n)s card", "%(n)s cards"),
        ("desk", "seat", "seats"),
        ("verb", "Book", None),
        (None, "Said", None),
        (None, "By module", None),
        (None, "By full name", None),
        (None, "Later", None),
    ]


@pytest.mark.parametrize("call", ['_(f"{n} cards")', '_("a" + b)', '_("%s" % b)', '_("a" if b else "c")'])
def test_a_string_put_together_before_its_translation_is_refused(call):
    source = f"from django.utils.translation import gettext as _\n{call}\n"
    with pytest.raises(UnreadableSource, match=r"core/x\.py:2: translate one whole constant sentence"):
        list(messages_of_python(source, "core/x.py"))


def test_template_strings_are_found_in_tags_filters_and_parameters():
    assert texts(messages_of_template(TEMPLATE, "templates/page.html")) == [
        (None, "Plain", None),
        ("of money", "Charge", None),
        (None, "%(n)s card of <b>%(name)s</b>", "%(n)s cards, 100%% of <b>%(name)s</b>"),
        (None, "Name", None),
        ("at the desk", "Hello", None),
        (None, "Label", None),
        (None, "None", None),
        (None, "Compared", None),
        (None, "Variable", None),
        (None, "First", None),
    ]


def test_a_template_that_does_not_parse_names_its_file():
    with pytest.raises(UnreadableSource, match=r"templates/broken\.html"):
        list(messages_of_template("{% if %}", "templates/broken.html"))


def test_django_looks_up_exactly_what_was_found(project, settings, monkeypatch):
    call_command("messages", root=project, verbosity=0)
    translate_everything(translations.catalogue_path(project, "fr"))
    call_command("messages", "--compile", root=project, verbosity=0)
    settings.LOCALE_PATHS = [project / "locale"]
    monkeypatch.setattr(trans_real, "_translations", {})
    body = TEMPLATE.partition("%}")[2].replace('{% include "part_of_test.html" with', "{% with").replace(
        " only %}", " %}{{ label }}{{ other }}{% endwith %}"
    )  # fmt: skip
    with translation.override("fr"):
        page = engines["django"].from_string(body).render({"cards": [1, 2], "nothing": None})
    assert " ".join(page.split()) == (
        "«Plain»«Charge» «2 cards, 100% of <b>«Name»</b>» «Hello» «Label»«None» «Variable» «First»"
    )


def test_merging_keeps_translations_drops_the_obsolete_and_guesses_nothing(project):
    path = translations.catalogue_path(project, "ar")
    call_command("messages", root=project, verbosity=0)
    translate_everything(path)
    code = project / "core" / "words.py"
    code.write_text(code.read_text().replace('"Said"', '"Said again"').replace('"Later"', "SENTENCE"))
    call_command("messages", root=project, verbosity=0)
    after = {entry.msgid: entry for entry in translations.read(path)}
    assert "Said" not in after and "Later" not in after
    assert after["Said again"].msgstr == "" and not after["Said again"].fuzzy
    assert after["By module"].msgstr == "«By module»"
    assert after["seat"].msgstr_plural == dict.fromkeys(range(6), "«seats»")


def test_merging_twice_changes_nothing_and_compiling_twice_writes_once(project):
    path = translations.catalogue_path(project, "fr")
    messages = translations.collect(project)
    assert translations.write(translations.merge(messages, translations.read(path), "fr"), path)
    assert not translations.write(translations.merge(messages, translations.read(path), "fr"), path)
    assert translations.compile_catalogue(path)
    assert not translations.compile_catalogue(path)
    later = path.stat().st_mtime + 5
    os.utime(path, (later, later))
    assert translations.compile_catalogue(path)
    assert sorted(file.name for file in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_new_string_changes_only_its_own_lines(project):
    path = translations.catalogue_path(project, "fr")
    call_command("messages", root=project, verbosity=0)
    before = path.read_text().splitlines()
    code = project / "core" / "words.py"
    code.write_text(code.read_text().replace("SENTENCE =", 'NEW = _("New")\nSENTENCE ='))
    call_command("messages", root=project, verbosity=0)
    after = path.read_text().splitlines()
    assert [line for line in before if line not in after] == []
    assert [line for line in after if line not in before] == ['msgid "New"']


def test_a_compiled_arabic_catalogue_has_its_six_forms(project):
    path = translations.catalogue_path(project, "ar")
    call_command("messages", root=project, verbosity=0)
    catalogue = translations.read(path)
    entry = next(entry for entry in catalogue if entry.msgid == "%(n)s card")
    entry.msgstr_plural = {form: f"{form}" for form in range(6)}
    translations.write(catalogue, path)
    translations.compile_catalogue(path)
    with path.with_suffix(".mo").open("rb") as compiled:
        arabic = gettext.GNUTranslations(compiled)
    forms = [int(arabic.ngettext("%(n)s card", "%(n)s cards", n)) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102)]
    assert forms == [0, 1, 2, 3, 3, 4, 4, 5, 5]


def test_the_check_passes_a_whole_catalogue_and_lists_what_another_lacks(project, capsys):
    call_command("messages", root=project, verbosity=0)
    for language in translations.PLURAL_FORMS:
        translate_everything(translations.catalogue_path(project, language))
    call_command("messages", "--check", root=project)
    assert "18 strings, whole in ar, fr" in capsys.readouterr().out
    page = project / "templates" / "page.html"
    page.write_text(page.read_text().replace('"Plain"', '"Plainer"'))
    with pytest.raises(CommandError) as refused:
        call_command("messages", "--check", root=project)
    assert str(refused.value).splitlines() == [
        "4 problems",
        "ar: missing: 'Plainer' (templates/page.html)",
        "ar: not in the code: 'Plain'",
        "fr: missing: 'Plainer' (templates/page.html)",
        "fr: not in the code: 'Plain'",
    ]


def test_the_check_refuses_a_catalogue_edited_out_of_form(project):
    call_command("messages", root=project, verbosity=0)
    for language in translations.PLURAL_FORMS:
        translate_everything(translations.catalogue_path(project, language))
    path = translations.catalogue_path(project, "fr")
    path.write_text(path.read_text().replace("nplurals=2", "nplurals=6"))
    with pytest.raises(CommandError, match=r"fr: out of date: 'run manage\.py messages'"):
        call_command("messages", "--check", root=project)


@pytest.mark.parametrize(
    ("text", "said", "kinds"),
    [
        ("Hello", "سلام", []),
        ("Hello", "", ["untranslated"]),
        ("Hello {name}", "سلام {name}", []),
        ("Hello {name}", "سلام", ["other placeholders ({name})"]),
        ("Hello {name}", "سلام {nom}", ["other placeholders ({name}, {nom})"]),
        ("Hello %(name)s", "سلام %(name)d", ["other placeholders (%(name)d, %(name)s)"]),
        ("<b>Hello</b> you", "أنت <b>سلام</b>", []),
        ("<b>Hello</b> you", "أنت <b>سلام", ["other HTML tags"]),
        ('<a href="%(url)s">Hello</a>', '<a href="%(url)s" class="x">سلام</a>', ["other HTML tags"]),
    ],
)
def test_the_check_compares_what_must_be_carried_over(text, said, kinds):
    assert problem_of(polib.POEntry(msgid=text, msgstr=said)) == kinds


@pytest.mark.parametrize(
    ("forms", "kinds"),
    [
        (["لا بطائق", "بطاقة واحدة", "بطاقتان", "%(n)s بطائق", "%(n)s بطاقة", "%(n)s بطاقة"], []),
        (
            ["لا بطائق", "بطاقة", "بطاقتان", "بطائق", "%(n)s بطاقة", "%(n)s بطاقة"],
            ["other placeholders (%(n)s)"],
        ),
        (["لا بطائق", "بطاقة", "بطاقتان", "%(n)s بطائق", "%(n)s بطاقة", ""], ["untranslated"]),
    ],
)
def test_only_forms_of_one_number_may_leave_it_out(forms, kinds):
    entry = polib.POEntry(
        msgid="%(n)s card", msgid_plural="%(n)s cards", msgstr_plural=dict(enumerate(forms))
    )
    assert problem_of(entry) == kinds


def test_a_fuzzy_entry_is_refused():
    assert problem_of(polib.POEntry(msgid="Hello", msgstr="سلام", flags=["fuzzy"])) == ["fuzzy"]
