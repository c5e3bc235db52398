"""Dashboards: who sees what, from which numbers, in how many queries, and the files made of them."""

from datetime import date
from io import BytesIO

import django_rq
import pikepdf
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.models import Region
from core.roles import Role
from registry.actions.figures import refresh_figures
from registry.figures.freshness import TASK
from registry.figures.period import period_of, periods
from registry.models import CraftBranch, FigureSnapshot, RegistrationTarget
from registry.tasks import count_figures, resume_figures
from tests.factories.registry import DAKHLA_COMMUNE, ApplicationFactory, RegistrantFactory
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db
NATION = reverse("registry:figures")
LAAYOUNE = reverse("registry:region_figures", args=["11"])


@pytest.fixture
def people():
    for _ in range(3):
        RegistrantFactory()
    RegistrantFactory(commune=DAKHLA_COMMUNE, gender="female", registered_on=date(2025, 3, 2))
    ApplicationFactory()
    return refresh_figures()


def section(response, slug):
    return next(one for one in response.context["shown"].sections if one.slug == slug)


def rows(response, slug):
    return {row[0]: row[1] for row in section(response, slug).table.rows}


def test_the_nation_is_counted_by_region_and_a_region_by_province(sign_in, people, in_english):
    client = sign_in(Role.NATIONAL_ADMIN)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    nation = client.get(NATION)
    assert nation.context["shown"].progress.registered == 4
    names = {region.pk: region.name_fr for region in Region.objects.all()}
    counted = rows(nation, "regions")
    assert (counted[names["11"]], counted[names["12"]], counted[names["01"]]) == (3, 1, 0)
    region = client.get(LAAYOUNE)
    assert region.context["shown"].progress.registered == 3
    assert sum(rows(region, "provinces").values()) == 3


def test_a_region_without_targets_says_so_and_one_with_some_counts_those_provinces_alone(sign_in, people):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    assert client.get(LAAYOUNE).context["shown"].progress.percent is None
    RegistrationTarget.objects.create(
        province_id="11.321", year=people.taken_at.year, number=12, set_by=client.user
    )
    shown = client.get(LAAYOUNE).context["shown"].progress
    assert (shown.percent, shown.target, shown.with_target, shown.provinces) == (25, 12, 1, 4)


def test_regional_accounts_see_national_totals_and_lead_to_their_own_region_only(sign_in, people):
    client = sign_in(Role.REGISTRAR)
    links = section(client.get(NATION), "regions").links
    assert [link for link in links if link] == [LAAYOUNE]
    assert client.get(reverse("registry:region_figures", args=["12"])).status_code == 404
    assert client.get(reverse("registry:region_figures_file", args=["12", "xlsx"])).status_code == 404


def test_a_period_takes_registrations_of_its_months_and_leaves_what_waits_now(sign_in, people):
    client = sign_in(Role.NATIONAL_ADMIN)
    shown = client.get(NATION, {"period": "2025"}).context["shown"]
    women = next(one for one in shown.sections if one.slug == "genders").table.rows
    assert [row[1] for row in women] == [1, 0, 1]
    assert shown.progress.registered == 4
    assert shown.undecided == 1


def test_a_period_of_nobody_and_one_that_does_not_exist_have_pages_too(sign_in, people):
    client = sign_in(Role.NATIONAL_ADMIN)
    assert client.get(NATION, {"period": "2021"}).status_code == 200
    assert client.get(NATION, {"period": "1'"}).context["period"].value == "all"


def test_the_last_twelve_months_are_twelve():
    period = period_of("12")
    today = date.today()
    months = (today.year - period.first.year) * 12 + today.month - period.first.month + 1
    assert months == 12
    assert [one.value for one in periods()][-1] == "2021"


def test_before_the_first_counting_the_page_says_so_and_asks_for_it(sign_in, monkeypatch):
    asked = []
    monkeypatch.setattr("registry.views.figures.ask_to_count", lambda: asked.append(TASK))
    client = sign_in(Role.AUDITOR)
    response = client.get(NATION)
    assert response.context["shown"] is None
    assert asked == [TASK]
    assert client.get(reverse("registry:figures_file", args=["pdf"])).status_code == 404


def test_counting_anew_is_asked_for_once_however_often_it_is_pressed(
    sign_in, django_capture_on_commit_callbacks
):
    queue = django_rq.get_queue("default")
    queue.empty()
    client = sign_in(Role.REGISTRAR)
    for _ in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("registry:count_figures"), {"region": "11"}).url == LAAYOUNE
    assert len(queue.job_ids) == 1
    queue.empty()


def test_workers_count_when_asked_and_at_their_start_only_what_is_stale():
    count_figures(0)
    first = FigureSnapshot.objects.newest()
    resume_figures()
    assert FigureSnapshot.objects.newest() == first
    FigureSnapshot.objects.update(taken_at="2026-01-01T00:00Z")
    resume_figures()
    assert FigureSnapshot.objects.newest() != first


@pytest.mark.parametrize("address", [NATION, LAAYOUNE])
def test_a_dashboard_asks_as_much_of_the_database_for_few_people_as_for_more(
    sign_in, people, address, django_assert_max_num_queries
):
    client = sign_in(Role.NATIONAL_ADMIN)
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for _ in range(3):
        RegistrantFactory(commune=DAKHLA_COMMUNE)
    refresh_figures()
    with django_assert_max_num_queries(len(before)):
        client.get(address)


def book(client, address, language):
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    return CalamineWorkbook.from_filelike(BytesIO(client.get(address).content))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_workbook_has_every_table_with_numbers_as_numbers(sign_in, people, language):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    opened = book(client, reverse("registry:region_figures_file", args=["11", "xlsx"]), language)
    shown = client.get(LAAYOUNE).context["shown"]
    assert len(opened.sheet_names) == len(shown.sections)
    for name, one in zip(opened.sheet_names, shown.sections, strict=True):
        lines = opened.get_sheet_by_name(name).to_python()
        assert one.title in lines[0][0]
        assert lines[5][: len(one.table.headers)] == list(one.table.headers)
        for line, row in zip(lines[6:], one.table.rows, strict=True):
            assert line[0] == row[0]
            if isinstance(row[1], int):
                assert line[1] == row[1]


def test_a_branch_named_like_a_formula_is_a_word_in_the_workbook(sign_in, people):
    CraftBranch.objects.update(name_ar="=1+1")
    client = sign_in(Role.REGIONAL_DIRECTOR)
    opened = book(client, reverse("registry:region_figures_file", args=["11", "xlsx"]), "ar")
    assert "=1+1" in [
        line[0] for name in opened.sheet_names for line in opened.get_sheet_by_name(name).to_python()
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "المسجلون مقارنة بالهدف"), ("fr", "Inscrits et objectif")]
)
def test_the_report_is_a_paper_of_the_chamber_in_either_language(sign_in, people, language, words):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(reverse("registry:region_figures_file", args=["11", "pdf"]))
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert len(pdf.pages) >= 3
    assert says(words_of(response.content)[0], words)


def test_the_national_report_is_headed_by_the_register(sign_in, people):
    client = sign_in(Role.NATIONAL_ADMIN)
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "fr"
    response = client.get(reverse("registry:figures_file", args=["pdf"]))
    assert says(words_of(response.content)[0], "Registre national de l'artisanat")
