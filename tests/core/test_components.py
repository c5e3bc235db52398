"""The page furniture: components, navigation, error pages, and how values are written."""

import copy
import datetime
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, engines
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from core import dates, navigation
from core.roles import Permission, Role
from core.templatetags.portal import ConstantNode, ltr, moroccan_date, phone
from core.views import errors

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)


class Undefined(str):
    """Stands where a template names what is not there: as soon as it would be written, the test fails."""

    def __mod__(self, name):
        raise AssertionError(f"undefined in a template: {name}")

    def __contains__(self, text):
        return text == "%s"


@pytest.fixture
def strict_templates(settings):
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    settings.TEMPLATES = changed
    return engines


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_the_gallery_shows_every_component_without_inline_code(strict_templates, language, direction):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse("core:gallery")).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert INLINE.findall(page) == []
    folder = Path(engines["django"].engine.dirs[0])
    used = (folder / "core/gallery.html").read_text() + (folder / "base.html").read_text()
    # Shown inside others; a signature needs its form's own script and styles.
    indirect = {
        "account_menu", "chips", "figure_table", "filter_fields", "navigation", "navigation_link",
        "signature",
    }  # fmt: skip
    missing = [
        path.stem
        for path in (folder / "components").glob("*.html")
        if f"components/{path.name}" not in used and path.stem not in indirect
    ]
    assert missing == []


@pytest.mark.parametrize("template", ["base.html", "components/account_menu.html"])
def test_what_a_process_renders_once_needs_nothing_but_the_language(strict_templates, template):
    page, context = get_template(template).template, Context()
    constants = page.nodelist.get_nodes_by_type(ConstantNode)
    for language in ("ar", "fr"):
        with translation.override(language), context.bind_template(page):
            rendered = [node.render(context) for node in constants]
        assert rendered
        assert all(rendered)


@pytest.mark.django_db
def test_the_gallery_is_for_those_who_build_pages(client, settings):
    settings.SHOW_GALLERY = False
    assert client.get(reverse("core:gallery")).status_code == 404


@pytest.mark.django_db
def test_the_frame_asks_the_database_nothing_for_a_stranger(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(reverse("core:gallery"))
    assert page.context["navigation"] == []


def test_navigation_shows_what_may_be_opened_and_where_one_is(sign_in):
    client = sign_in(Role.AUDITOR)
    entries = client.get(reverse("core:audit"), {"actor": "x"}).context["navigation"]
    shown = {entry["url"]: entry["active"] for entry in entries}
    assert shown[reverse("core:audit")] is True
    assert shown[reverse("core:home")] is False
    assert reverse("core:chambers") not in shown


REGISTER = ["registry:bodies", "registry:figures"]
PARTNERSHIPS = [
    "partners:companies",
    "partners:agreements",
    "partners:branches",
    "partners:refusals",
    "partners:figures",
]


@pytest.mark.parametrize(
    ("role", "under_more"),
    [
        (Role.REGIONAL_DIRECTOR, [*REGISTER, *PARTNERSHIPS, "core:chambers", "core:accounts"]),
        (Role.AUDITOR, [*REGISTER, *PARTNERSHIPS, "core:audit"]),
        (Role.DESK_AGENT, []),
    ],
)
def test_what_is_opened_now_and_then_waits_under_more(sign_in, role, under_more):
    page = sign_in(role).get(reverse("core:home"))
    entries = page.context["navigation"]
    rare = [entry["url"] for entry in entries if not entry["is_daily"]]
    assert rare == [reverse(name) for name in under_more]
    assert entries[len(entries) - len(rare) :] == [entry for entry in entries if not entry["is_daily"]]
    assert ("more-navigation" in page.content.decode()) is bool(under_more)


def test_one_entry_alone_is_not_put_under_more(sign_in, monkeypatch):
    items = [item for item in navigation._items if item.is_daily]
    rare = navigation.NavigationItem("X", "core:legal", None, order=999, is_daily=False)
    monkeypatch.setattr(navigation, "_items", [*items, rare])
    entries = sign_in(Role.DESK_AGENT).get(reverse("core:home")).context["navigation"]
    assert [entry["is_daily"] for entry in entries if entry["label"] == "X"] == [True]


def test_the_account_menu_names_the_person_and_signs_out_by_post(sign_in):
    client = sign_in(Role.REGISTRAR)
    page = client.get(reverse("core:gallery")).content.decode()
    assert escape(client.user.get_full_name()) in page
    assert str(client.user.region) in page
    assert f'method="post" action="{reverse("account_logout")}"' in page


def test_an_entry_is_registered_once(monkeypatch):
    monkeypatch.setattr(navigation, "_items", list(navigation._items))
    item = navigation.NavigationItem("X", "core:home", Permission.VIEW_CARDS, order=5)
    navigation.register(item)
    navigation.register(item)
    assert navigation._items.count(item) == 1
    assert [known.order for known in navigation._items] == sorted(known.order for known in navigation._items)


@pytest.mark.django_db
def test_switching_the_language_keeps_the_address(client):
    address = reverse("core:gallery") + "?q=zellige&page=2"
    page = client.get(address).content.decode()
    assert f'name="next" value="{escape(address)}"' in page
    answer = client.post(reverse("set_language"), {"language": "fr", "next": address})
    assert answer.url == address
    assert '<html lang="fr" dir="ltr">' in client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"), [(errors.forbidden, 403), (errors.not_found, 404), (errors.csrf_failure, 403)]
)
def test_error_pages_keep_the_house_frame(strict_templates, view, status):
    # As early as a request can fail: nothing but the request itself is there.
    answer = view(RequestFactory().get("/somewhere/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'class="error-text"' in page
    assert INLINE.findall(page) == []


def test_broken_requests_and_servers_get_a_page_that_needs_no_database(strict_templates):
    """pytest-django refuses the database here: a page that asks for it fails."""
    for view, status in [(errors.server_error, 500), (errors.bad_request, 400)]:
        answer = view(RequestFactory().get("/", headers={"host": "not a host"}))
        page = answer.content.decode()
        assert answer.status_code == status
        assert 'dir="rtl"' in page
        assert 'lang="fr" dir="ltr"' in page
        assert INLINE.findall(page) == []


@pytest.mark.django_db
def test_an_old_form_is_refused_with_a_way_back():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("set_language"), {"language": "fr"})
    assert answer.status_code == 403
    assert "core/errors/403_csrf.html" in [template.name for template in answer.templates]


def test_pages_of_a_list_keep_the_filters(rf):
    from django.core.paginator import Paginator

    request = rf.get("/list/", {"q": "زربية", "page": "2"})
    page = Paginator(range(100), 10).get_page(2)
    html = render_to_string("components/pagination.html", {"page": page}, request=request)
    addresses = re.findall(r'href="([^"]+)"', html)
    assert [re.search(r"page=(\d+)", address)[1] for address in addresses] == ["1", "3"]
    assert all("q=%D8%B2" in address for address in addresses)


class NameForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Aide")
    born = forms.DateField(label="Naissance", required=False, widget=forms.DateInput(attrs={"type": "date"}))


def _crispy(form) -> str:
    return (
        engines["django"]
        .from_string("{% load crispy_forms_filters %}{{ form|crispy }}")
        .render({"form": form})
    )


def test_a_field_stands_in_order_with_its_error_said_to_all():
    html = _crispy(NameForm({"name": ""}))
    label, helptext, error, control = (
        html.index(part) for part in ("<label", 'id="id_name_helptext"', 'id="id_name_error"', "<input")
    )
    assert label < helptext < error < control
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<svg" in html[error:control]
    assert INLINE.findall(html) == []


def test_the_error_summary_leads_to_each_field():
    html = render_to_string("components/error_summary.html", {"form": NameForm({"name": ""})})
    assert re.findall(r'href="([^"]+)"', html) == ["#id_name"]
    assert (
        render_to_string("components/error_summary.html", {"form": NameForm({"name": "x"})}).count("<li") == 0
    )


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_date_field_holds_what_the_browser_understands(language):
    with translation.override(language):
        html = _crispy(NameForm(initial={"born": datetime.date(1980, 8, 3)}))
        typed = NameForm({"name": "x", "born": "03/08/1980"})
        assert typed.is_valid()
    assert 'value="1980-08-03"' in html
    assert typed.cleaned_data["born"] == datetime.date(1980, 8, 3)


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "1 غشت 2026"), ("fr", "1er août 2026"), ("en", "1 August 2026")],
)
def test_dates_are_said_as_in_morocco(language, words):
    assert dates.date_in_words(datetime.date(2026, 8, 1), language) == words
    with translation.override(language):
        assert moroccan_date(datetime.date(2026, 8, 1)) == words
    assert moroccan_date(None) == ""


def test_a_moment_is_said_in_moroccan_time():
    moment = datetime.datetime(2026, 1, 15, 23, 30, tzinfo=datetime.UTC)
    assert dates.moment_in_words(moment, "ar", weekday=True) == "الجمعة 16 يناير 2026 على الساعة 00:30"


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("+212661234567", "06 61 23 45 67"),
        ("+212528891234", "05 28 89 12 34"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("no number", "no number"),
    ],
)
def test_phones_are_written_as_people_say_them(stored, said):
    assert phone(stored) == f'<bdi dir="ltr" class="number">{said}</bdi>'


def test_isolated_values_are_escaped():
    assert ltr("<b>1</b>") == '<bdi dir="ltr" class="number">&lt;b&gt;1&lt;/b&gt;</bdi>'
    assert ltr(0) == '<bdi dir="ltr" class="number">0</bdi>'
    assert ltr(None) == ""
