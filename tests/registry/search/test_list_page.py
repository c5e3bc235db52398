"""The register's list: what was typed stays out of the address, everything else is in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.roles import Role
from registry.actions import keep_search_text, save_filter
from registry.actions.searching import DAYS_KEPT, MOST_SAVED
from registry.models import SavedFilter, SearchText
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(sign_in):
    return sign_in(Role.REGISTRAR)


def typed(client, text, **filters):
    return client.post("/register/search/", {"q": text, **filters}, follow=True)


def shown(page):
    return [line.person for line in page.context["results"].lines]


def test_what_is_typed_stands_in_no_address(registrar):
    person = RegistrantFactory(family_name_latin="Zeroual")
    RegistrantFactory()
    page = typed(registrar, "zeroual", state="registered")
    assert shown(page) == [person]
    addresses = [address for address, _status in page.redirect_chain]
    assert "zeroual" not in "".join(addresses)
    assert "state=registered" in addresses[0]
    assert len(page.context["chips"]) == 2


def test_the_address_can_be_sent_to_a_colleague_who_sees_their_own_region_only(registrar, sign_in):
    RegistrantFactory(family_name_latin="Zeroual")
    elsewhere = RegistrantFactory(family_name_latin="Zeroual", commune=DAKHLA_COMMUNE)
    address = typed(registrar, "zeroual").redirect_chain[0][0]
    colleague = sign_in(Role.REGISTRAR, region="12")
    assert shown(colleague.get(address)) == [elsewhere]
    assert "zeroual" in colleague.get(address).content.decode()


@pytest.mark.parametrize("number", ["SH654321", "06 61 98 76 54", "11-000321-5", "k7q2 9xwd 3m"])
def test_a_number_of_one_person_leads_to_the_file(registrar, number):
    person = RegistrantFactory(national_id="SH654321", phone="+212661987654", nia="11-000321-5")
    ApplicationFactory(registrant=RegistrantFactory(candidate=True))
    ApplicationFactory(registrant=person, tracking_number="K7Q2-9XWD-3M")
    answer = registrar.post("/register/search/", {"q": number})
    assert answer.headers["Location"] == f"/register/{person.pk}/"


def test_a_telephone_of_two_people_lists_both_with_the_reason(registrar, in_english):
    registrar.cookies["django_language"] = "en"
    RegistrantFactory(phone="+212661987654")
    RegistrantFactory(phone="+212661987654")
    page = typed(registrar, "0661987654")
    assert {line.reason for line in page.context["results"].lines} == {"Mobile telephone"}
    assert page.context["results"].count.number == 2


def test_another_regions_number_leads_nowhere(registrar):
    RegistrantFactory(national_id="SH654321", commune=DAKHLA_COMMUNE)
    assert shown(typed(registrar, "SH654321")) == []


def test_the_matched_words_are_marked_in_both_scripts_and_escaped(registrar):
    RegistrantFactory(
        given_name_ar="محمد",
        family_name_ar="العلوي",
        given_name_latin="Mohamed",
        family_name_latin="<b>Alaoui",
    )
    html = typed(registrar, "alaouy").content.decode()
    assert "<mark>العلوي</mark>" in html
    assert "<mark>محمد</mark>" not in html
    assert "<b>Alaoui" not in html


def test_why_somebody_was_found_is_said(registrar):
    RegistrantFactory(given_name_ar="يوسف", family_name_ar="البركاني")
    slip = typed(registrar, "يوسف البركالي").context["results"].lines[0]
    other_script = typed(registrar, "Yousef Berkani").context["results"].lines[0]
    exact = typed(registrar, "البركاني يوسف").context["results"].lines[0]
    assert slip.reason != other_script.reason != ""
    assert exact.reason == ""


def test_a_search_that_is_no_longer_kept_says_so(registrar):
    page = registrar.get("/register/?s=nothing")
    assert page.context["form"].is_lost
    assert page.status_code == 200


def test_a_text_is_forgotten_after_its_time_unless_a_saved_list_needs_it():
    user = UserFactory()
    old, saved = (SearchText.objects.create(text=text, typed_by=user) for text in ("old", "saved"))
    SavedFilter.objects.create(owner=user, name="mine", search_text=saved)
    SearchText.objects.update(created_at=timezone.now() - timedelta(days=DAYS_KEPT + 1))
    fresh = keep_search_text(text="new", by=user)
    assert set(SearchText.objects.all()) == {saved, fresh}
    assert keep_search_text(text="new", by=user) == fresh
    assert not SearchText.objects.filter(pk=old.pk).exists()


def test_an_empty_search_shows_everybody(registrar):
    RegistrantFactory()
    answer = registrar.post("/register/search/", {"q": "  ", "state": ""})
    assert answer.headers["Location"] == "/register/"


def test_a_filter_that_means_nothing_filters_nothing_and_says_so(registrar):
    person = RegistrantFactory()
    page = registrar.get("/register/?state=nonsense&province=99&craft=abc&after=x&age_from=old")
    assert shown(page) == [person]
    assert set(page.context["form"].errors) == {"state", "province", "craft", "age_from"}


def test_a_chip_takes_its_filter_away_and_the_page_begins_anew(registrar):
    RegistrantFactory()
    page = registrar.get("/register/?state=registered&kind=artisan&after=99")
    assert [chip["url"] for chip in page.context["chips"]] == ["?kind=artisan", "?state=registered"]


def test_columns_are_chosen_in_the_address(registrar, sign_in):
    RegistrantFactory(national_id="ZT999911", phone="+212661000011")
    address = "/register/?columns=national_id&columns=phone"
    page = registrar.get(address)
    assert [key for key, _heading in page.context["columns"]] == ["national_id", "phone"]
    assert "ZT999911" in page.content.decode()
    auditor = sign_in(Role.AUDITOR)
    assert "ZT999911" not in auditor.get(address).content.decode()
    usual = [key for key, _heading in registrar.get("/register/?columns=nonsense").context["columns"]]
    assert usual == ["nia", "craft", "commune", "state"]
    usual = [key for key, _heading in registrar.get("/register/").context["columns"]]
    assert usual == ["nia", "craft", "commune", "state"]


def test_every_column_can_be_shown(registrar):
    RegistrantFactory(flags=["document_missing"])
    RegistrantFactory(candidate=True)
    every = [
        "nia", "national_id", "phone", "kind", "gender", "birth_date", "craft", "commune", "province",
        "region", "state", "card", "flags", "registered_on",
    ]  # fmt: skip
    page = registrar.get("/register/?" + "&".join(f"columns={column}" for column in every))
    assert [key for key, _heading in page.context["columns"]] == every


def test_a_list_is_saved_with_search_filters_and_columns_and_opened_again(registrar):
    person = RegistrantFactory(family_name_latin="Zeroual")
    RegistrantFactory()
    address = typed(registrar, "zeroual", state="registered", columns="phone").redirect_chain[0][0]
    query = address.partition("?")[2]
    saved = registrar.post("/register/lists/", {"name": "Mine", "query": f"{query}&after=3&evil=1"})
    assert saved.headers["Location"] == address
    kept = registrar.user.saved_filters.get()
    assert kept.query == {"state": ["registered"], "columns": ["phone"]}
    page = registrar.get("/register/")
    assert [(one["name"], "?" + one["address"]) for one in page.context["saved_lists"]] == [
        ("Mine", f"?{query}")
    ]
    assert shown(registrar.get(saved.headers["Location"])) == [person]


def test_the_same_name_replaces_a_saved_list(registrar):
    for state in ("registered", "suspended"):
        registrar.post("/register/lists/", {"name": "Mine", "query": f"state={state}"})
    assert registrar.user.saved_filters.get().query == {"state": ["suspended"]}


def test_a_saved_list_has_one_name_for_its_owner():
    saved = SavedFilter.objects.create(owner=UserFactory(), name="Mine")
    with pytest.raises(IntegrityError, match="saved_filter_name_once"), transaction.atomic():
        SavedFilter.objects.create(owner=saved.owner, name="Mine")


def test_nobody_keeps_lists_without_end(registrar, in_english):
    for number in range(MOST_SAVED):
        save_filter(name=f"{number}", query={}, search_text=None, by=registrar.user)
    page = registrar.post("/register/lists/", {"name": "One more", "query": "state=registered"})
    assert page.context["form"].non_field_errors()
    assert registrar.user.saved_filters.count() == MOST_SAVED


def test_a_saved_list_is_its_owners_alone(registrar, sign_in):
    saved = save_filter(name="Mine", query={}, search_text=None, by=registrar.user)
    other = sign_in(Role.REGISTRAR)
    assert other.post("/register/lists/remove/", {"saved": saved.pk}).status_code == 404
    assert other.get("/register/").context["saved_lists"] == []
    registrar.post("/register/lists/remove/", {"saved": saved.pk})
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "address", ["/register/?columns=region&columns=province&columns=craft&state=registered", None]
)
def test_the_list_asks_the_database_as_often_for_three_rows_as_for_one(registrar, address):
    RegistrantFactory(family_name_latin="Zeroual")
    address = address or typed(registrar, "zerual").redirect_chain[0][0]
    with CaptureQueriesContext(connection) as one:
        registrar.get(address)
    RegistrantFactory(family_name_latin="Zeroual")
    RegistrantFactory(family_name_latin="Zeroual")
    with CaptureQueriesContext(connection) as three:
        assert len(shown(registrar.get(address))) == 3
    assert len(three) == len(one) <= 22


def test_results_of_a_search_are_turned_page_by_page_without_losing_anybody(registrar):
    for _number in range(60):
        RegistrantFactory(family_name_latin="Zeroual")
    address = typed(registrar, "zeroual").redirect_chain[0][0]
    seen, query = [], ""
    while True:
        results = registrar.get(f"{address}{query}").context["results"]
        seen += [line.person.pk for line in results.lines]
        if not results.next:
            break
        query = f"&after={results.next}"
    assert len(seen) == len(set(seen)) == 60
    back = registrar.get(f"{address}&before={results.previous}").context["results"]
    assert [line.person.pk for line in back.lines] == seen[25:50]


def test_filters_are_fetched_when_they_are_opened_and_sent_with_a_search_before(registrar):
    waiting = registrar.get("/register/?gender=male&columns=nia&columns=phone").content.decode()
    assert 'data-fields="/register/filters/?gender=male&amp;columns=nia&amp;columns=phone"' in waiting
    assert '<input type="hidden" name="gender" value="male">' in waiting
    assert waiting.count('type="hidden" name="columns"') == 2
    assert "<select" not in waiting
    assert (
        '<option value="male" selected>' in registrar.get("/register/filters/?gender=male").content.decode()
    )


@pytest.mark.parametrize("address", ["/register/?filters=1", "/register/?age_from=old"])
def test_filters_are_there_at_once_without_javascript_and_where_one_is_wrong(registrar, address):
    assert '<select name="gender"' in registrar.get(address).content.decode()


def test_words_that_nobody_has_are_said_to_be_left_out(registrar, in_english):
    registrar.cookies["django_language"] = "en"
    RegistrantFactory(given_name_latin="Mohamed", family_name_latin="Zeroual")
    lines = typed(registrar, "mohammed trabelsi").context["results"].lines
    assert [line.reason for line in lines] == ["Some of the words only"]


def test_an_organisation_found_by_who_represents_it_names_them(registrar):
    RegistrantFactory(
        kind="cooperative",
        organisation_name_ar="تعاونية الزيتونة",
        organisation_name_latin="Coopérative Zaitouna",
        family_name_ar="الزروالي",
    )
    assert "<mark>الزروالي</mark>" in typed(registrar, "الزروالي").content.decode()
