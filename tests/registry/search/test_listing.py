"""Pages, counts and every filter of the list, by whichever way the database finds them."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from core.roles import Role
from registry.enums import CardStanding, Flag, Kind
from registry.filters import RegisterFilterForm
from registry.models import Craft, Registrant
from registry.search import listing
from registry.search.filters import Filters
from registry.search.listing import Count, Listing
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, LAAYOUNE_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["walked", "looked up"])
def way(request, monkeypatch):
    """Both ways to a page: a walk that suffices, and one so short that the inverted index takes over."""
    if request.param == "looked up":
        monkeypatch.setattr(listing, "SHORT_WALK", 1)
        monkeypatch.setattr(listing, "MET_AT_ONCE", 10**6)


def asked(query, user=None):
    return RegisterFilterForm(QueryDict(query), user=user or UserFactory(roles=[Role.AUDITOR], region=None))


def craft_of(person):
    return person.craft_links.get().craft


@pytest.fixture
def two():
    """Somebody who is in every respect another than the other one."""
    today = timezone.localdate()
    crafts = Craft.objects.current()
    one = RegistrantFactory(
        kind=Kind.MASTER_ARTISAN,
        gender="female",
        state="suspended",
        commune=DAKHLA_COMMUNE,
        birth_date=today.replace(year=today.year - 70, day=1),
        registered_on=date(2024, 3, 9),
        flags=[Flag.DOCUMENT_MISSING],
        card_standing=CardStanding.MADE,
        craft=crafts.last(),
    )
    other = RegistrantFactory(
        birth_date=today.replace(year=today.year - 30, day=1),
        craft=crafts.first(),
        registered_on=date(2025, 1, 5),
    )
    return one, other


@pytest.mark.parametrize(
    "query",
    [
        "kind=master_artisan",
        "gender=female",
        "state=suspended",
        "flag=document_missing",
        "card=made",
        "region=12",
        "province=12.066",
        f"province=12.066&commune={DAKHLA_COMMUNE}",
        "age_from=60",
        "age_from=69&age_to=71",
        "registered_from=2024-03-09&registered_to=2024-03-09",
        "registered_to=2024-12-31",
        "craft",
        "branch",
        "state=suspended&card=made",
        "region=12&state=suspended&kind=master_artisan",
        "card=made&registered_to=2024-12-31",
        "region=12&registered_from=2024-01-01&gender=female",
    ],
)
def test_each_filter_finds_those_it_names_and_nobody_else(two, query, way):
    one, _other = two
    if query in {"craft", "branch"}:
        craft = craft_of(one)
        query = f"craft={craft.pk}" if query == "craft" else f"branch={craft.branch_id}"
    form = asked(query)
    filters = form.filters()
    assert form.errors == {}
    assert Listing(filters).page().ids == [one.pk]
    assert Listing(filters).count() == Count(1, is_exact=True)
    assert list(form.apply(Registrant.objects.all())) == [one]
    assert len(form.chips(QueryDict(query))) == query.count("=")


def test_ages_are_counted_to_the_day():
    today = timezone.localdate()
    forty = today.replace(year=today.year - 40, day=min(today.day, 28))
    person = RegistrantFactory(birth_date=forty)
    RegistrantFactory(birth_date=forty + timedelta(days=4))
    assert Listing(asked("age_from=40").filters()).page().ids == [person.pk]
    assert person.pk in Listing(asked("age_to=40").filters()).page().ids
    assert person.pk not in Listing(asked("age_to=39").filters()).page().ids


def test_a_regional_reader_sees_their_region_whatever_is_asked(two):
    _one, other = two
    reader = UserFactory(roles=[Role.REGISTRAR], region="11")
    assert Listing(asked("", reader).filters()).page().ids == [other.pk]
    assert Listing(asked("region=12", reader).filters()).page().ids == [other.pk]
    assert Listing(asked("province=12.066", reader).filters()).page().ids == [other.pk]


def numbers(filters, **cursor):
    return Listing(filters).page(**cursor).ids


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(terms=("gender:male",)),
        Filters(region="11", state="registered"),
        Filters(registered_from=date(2020, 1, 1)),
    ],
)
def test_pages_follow_each_other_both_ways_and_newcomers_move_nobody(filters, way, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)
    people = [RegistrantFactory().pk for _number in range(8)][::-1]
    first = Listing(filters).page()
    assert (first.ids, first.previous) == (people[:3], None)
    RegistrantFactory()
    second = Listing(filters).page(after=first.next)
    assert second.ids == people[3:6]
    third = Listing(filters).page(after=second.next)
    assert (third.ids, third.next) == (people[6:], None)
    assert Listing(filters).page(before=third.previous).ids == people[3:6]
    assert Listing(filters).page(before=second.previous).ids == people[:3]
    assert Listing(filters).page(before=second.previous).previous


@pytest.mark.parametrize("after", ["", "page", "beyond"])
@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(terms=("gender:male",)), Filters(registered_from=date(2020, 1, 1), region="11")],
)
def test_what_a_page_told_of_their_number_is_their_number(filters, after, way, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    for _number in range(5):
        RegistrantFactory()
    cursors = {"": "", "page": Listing(filters).page().next, "beyond": "2020-01-01.1"}
    shown = Listing(filters)
    shown.page(after=cursors[after])
    assert shown.count() == Listing(filters).count() == Count(5, is_exact=True)


@pytest.mark.parametrize("cursor", ["x", "-1", "1e3", "9" * 30, "2026-01-01.", "٣"])
def test_a_cursor_that_is_none_is_the_beginning(cursor):
    person = RegistrantFactory()
    assert numbers(Filters(), after=cursor) == [person.pk]
    assert numbers(Filters(registered_from=date(2020, 1, 1)), after=cursor) == [person.pk]


def test_beyond_the_bound_the_count_is_an_estimate(monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    for _number in range(3):
        RegistrantFactory()
    for filters in (Filters(), Filters(terms=("gender:male",))):
        count = Listing(filters).count()
        assert (count.number, count.is_exact) == (2, False)
    assert Count(1000, is_exact=False, estimate=27_926).rounded == 28_000


def test_crafts_of_other_people_are_not_counted_twice(way):
    person = RegistrantFactory()
    craft = craft_of(person)
    other = Craft.objects.current().exclude(branch=craft.branch).first()
    person.craft_links.create(craft=other)
    assert numbers(Filters(terms=(f"craft:{other.pk}",))) == [person.pk]
    assert Listing(Filters(terms=(f"branch:{craft.branch_id}",))).count().number == 1


def test_places_that_lie_in_the_readers_region_need_no_second_condition():
    conditions, parameters = Filters(region="11", terms=(f"commune:{LAAYOUNE_COMMUNE}",)).looked_up()
    assert parameters == [[f"commune:{LAAYOUNE_COMMUNE}"]]
    assert len(conditions) == 1
