"""What is open to all: numbers that tell of nobody, at addresses that stay, and how to register."""

import csv
import json
import random
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Chamber, Province
from registry.actions.figures import refresh_figures
from registry.figures.public_rows import ALL, NATION, NO_CRAFT, public_rows
from registry.models import CraftBranch, FigureSnapshot, RegisterRules
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("registry:open_data")
CSV = reverse("registry:open_data_file", args=["csv"])
JSON = reverse("registry:open_data_file", args=["json"])
HOW = reverse("registry:how_to_register")
TOTAL = (ALL, ALL, ALL, ALL)


@pytest.fixture
def counted():
    for _ in range(13):
        RegistrantFactory()
    RegistrantFactory(commune=DAKHLA_COMMUNE, family_name_ar="الوحيد", family_name_latin="Alwahid")
    return refresh_figures()


def rows():
    return json.loads(Client().get(JSON).content)["rows"]


def number(place, **divided):
    wanted = {"branch_code": "", "kind": "", "gender": "", "age": ""} | divided | {"place_code": place}
    return next(row["number"] for row in rows() if all(row[name] == wanted[name] for name in wanted))


def test_numbers_are_rounded_and_small_ones_withheld(counted):
    assert number("MA") == 10
    assert number("11") == 10
    assert number("11.321") == 10
    assert number("12") is None
    assert number("11", kind="artisan") == 10
    assert number("11", gender="female") is None


def test_both_files_hold_the_same_rows_with_the_fields_that_are_described(counted):
    response = Client().get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    document = json.loads(Client().get(JSON).content)
    assert len(table) == len(document["rows"])
    described = {name.strip() for names in document["fields"] for name in names.split(",")}
    assert described == set(table[0]) == set(document["rows"][0])
    for line, row in zip(table, document["rows"], strict=True):
        assert line == {name: "" if value is None else str(value) for name, value in row.items()}


def test_licence_moment_and_rounding_are_told_in_the_file(counted, settings):
    settings.OPEN_DATA_LICENCE = "CC BY 4.0"
    document = json.loads(Client().get(JSON).content)
    assert document["licence"] == "CC BY 4.0"
    assert document["withheld_under"] == settings.OPEN_DATA_THRESHOLD == 10
    assert document["as_of"].startswith(f"{counted.taken_at:%Y-%m}")


def test_who_has_the_file_already_gets_nothing_again_until_the_next_counting(counted):
    first = Client().get(CSV)
    again = Client().get(CSV, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first["Cache-Control"]
    refresh_figures()
    assert Client().get(CSV, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_name_of_a_person_is_in_what_is_published(counted):
    for address in (CSV, JSON, PAGE):
        body = Client().get(address).content.decode()
        assert "Alwahid" not in body
        assert "الوحيد" not in body


def test_a_branch_named_like_a_formula_is_neutralised_in_the_table(counted):
    CraftBranch.objects.update(name_ar="=HYPERLINK()", name_fr="+1")
    table = list(csv.DictReader(StringIO(Client().get(CSV).content.decode("utf-8-sig"))))
    assert {row["branch_ar"] for row in table} == {"", "'=HYPERLINK()"}
    assert {row["branch_fr"] for row in table} == {"", "'+1"}


def test_before_the_first_counting_there_is_a_page_and_no_file():
    assert Client().get(PAGE).status_code == 200
    assert Client().get(CSV).status_code == 404


def test_the_page_speaks_of_the_region_asked_for_and_says_what_is_withheld(counted):
    nation = Client().get(PAGE)
    assert nation.context["figures"]["total"] == 10
    region = Client().get(PAGE, {"region": "12"})
    assert region.context["figures"]["total"] is None
    assert "محجوب" in region.content.decode()
    assert Client().get(PAGE, {"region": "99"}).context["region"] is None


def test_the_page_reads_the_numbers_once_and_then_not_again(counted, django_assert_num_queries):
    client = Client()
    client.get(PAGE)
    with django_assert_num_queries(2):
        client.get(PAGE)


def made_up(seed, people):
    """The counted cells of a register of so many people."""
    draw = random.Random(seed)
    provinces = [("11", "11.321"), ("11", "11.121"), ("12", "12.066")]
    cells: dict[tuple, int] = {}
    for _ in range(people):
        region, province = draw.choices(provinces, [6, 3, 1])[0]
        kind = draw.choice(["artisan", "artisan", "artisan", "master_artisan", "cooperative", "enterprise"])
        person = kind not in {"cooperative", "enterprise"}
        gender, age = (
            (draw.choice(["female", "male"]), draw.choice(["00", "25", "65"])) if person else ("", "")
        )
        key = "|".join([province, draw.choice(["1", "1", "1", "2", ""]), kind, gender, age])
        cells[region, key] = cells.get((region, key), 0) + 1
    return [(region, key, count) for (region, key), count in cells.items()]


@pytest.mark.parametrize("people", [0, 1, 9, 10, 40, 300, 5000])
def test_no_withheld_row_can_be_had_by_taking_published_rows_from_a_published_total(people):
    cells = made_up(people, people)
    shown = {tuple(row[:5]): row[5] for row in public_rows(cells)}
    true: dict[tuple, int] = dict.fromkeys(shown, 0)
    for region, key, count in cells:
        province, branch, kind, gender, age = key.split("|")
        branch, gender, age = branch or NO_CRAFT, gender or "none", age or "none"
        for place in (NATION, region, province):
            held = {
                TOTAL,
                (branch, ALL, ALL, ALL),
                (ALL, kind, ALL, ALL),
                (ALL, ALL, gender, ALL),
                *([(ALL, ALL, gender, age)] if gender != "none" else []),
            }
            for one in held:
                true[(place, *one)] += count
        true[region, branch, kind, gender, age] += count
    for place in {row[0] for row in shown}:
        by_column = [
            [
                row
                for row in shown
                if row[0] == place and row[column] and not any(row[1:column]) and not any(row[column + 1 :])
            ]
            for column in range(1, 4)
        ]
        organisations = [(place, ALL, kind, ALL, ALL) for kind in ("cooperative", "enterprise")]
        sums = [((place, *TOTAL), parts) for parts in by_column]
        for whole, parts in [*sums, ((place, ALL, ALL, "none", ALL), organisations)]:
            total = shown[whole]
            hidden = [row for row in parts if shown[row] is None]
            if total is None or len(hidden) != 1 or true[hidden[0]] >= 10:
                continue
            others = [shown[row] for row in parts if shown[row] is not None]
            # Each number stands for ten: what is left may be any of at least five.
            least = max(0, total - 5 - sum(other + 4 for other in others))
            most = min(9, total + 4 - sum(other - 5 for other in others))
            assert most - least + 1 >= 5, (place, hidden)
    for row, shown_number in shown.items():
        assert shown_number is None or (true[row] >= 10 and abs(shown_number - true[row]) <= 5), row


def test_the_numbers_are_made_safe_when_they_are_counted(counted, settings):
    settings.OPEN_DATA_THRESHOLD = 20
    snapshot = refresh_figures()
    assert {row[5] for row in snapshot.public.rows} == {None}
    assert FigureSnapshot.objects.newest() == snapshot


def test_how_to_register_names_the_documents_of_the_chosen_chamber():
    RegisterRules.objects.create(region_id="11", documents_artisan=["identity", "trade_register"])
    asked = Client().get(HOW, {"region": "11"})
    documents = {item["kind"]: [str(one) for one in item["documents"]] for item in asked.context["kinds"]}
    assert len(documents["artisan"]) == len(documents["cooperative"]) == 2
    assert documents["artisan"] != documents["cooperative"]
    assert [item["chamber"].region_id for item in asked.context["chambers"]] == ["11"]


def test_how_to_register_tells_what_follows_and_invents_no_address():
    Chamber.objects.filter(region_id="12").update(address_fr="Avenue de la mer", phone="+212528000000")
    body = Client().get(HOW).content.decode()
    assert "135" in body
    assert "Avenue de la mer" in body
    assert body.count("لم يدل بالعنوان ولا بالهاتف بعد") == 11
    assert Province.objects.exists()
