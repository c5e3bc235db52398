"""How alike two entries are: the same in both directions, and for every reason in words."""

import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.arabic import fold
from registry.duplicates import QUEUED_LEAST, SHOWN_LEAST, Traits, compare
from registry.duplicates.names import SAME_NAME, SIMILAR_NAME, name_likeness
from registry.duplicates.near_numbers import is_near, near_numbers
from registry.enums import DuplicateReason

R = DuplicateReason
BIRTH = date(1980, 5, 17)
PERSON = Traits(
    national_id="SH654321",
    phone="+212661987654",
    name_ar=(fold("إبراهيم"), fold("الأنصاري")),
    name_latin=(fold("Ibrahim"), fold("El Ansari")),
    birth_date=BIRTH,
    gender="male",
    commune_id="11.321.01.03",
)
STRANGER = Traits(
    national_id="BK1",
    phone="+212600000001",
    name_ar=("فاطمه", "زهراوي"),
    name_latin=("fatima", "zahraoui"),
    birth_date=date(1991, 1, 30),
    gender="male",
    commune_id="01.001.01.01",
)

words = st.text("ابتحدرسعلمنهويabdehimoruz ", max_size=12).map(fold)
people = st.builds(
    Traits,
    is_organisation=st.booleans(),
    national_id=st.sampled_from(["", "SH654321", "SH654312", "SH65432", "BK1"]),
    phone=st.sampled_from(["", "+212661987654", "+212661987655"]),
    name_ar=st.tuples(words, words),
    name_latin=st.tuples(words, words),
    organisation_ar=words,
    organisation_latin=words,
    birth_date=st.sampled_from([None, BIRTH, date(1980, 1, 1), date(1980, 5, 1), date(1981, 5, 17)]),
    gender=st.sampled_from(["", "male", "female"]),
    commune_id=st.sampled_from(["", "11.321.01.03", "12.066.03.07"]),
    photograph_hash=st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
)


@given(people, people)
def test_the_order_of_two_entries_does_not_matter(one, other):
    assert compare(one, other) == compare(other, one)


@given(people, people)
def test_a_score_lies_between_none_and_all_and_has_its_reasons(one, other):
    likeness = compare(one, other)
    assert 0 <= likeness.score <= 100
    assert bool(likeness.reasons) == (likeness.score > 0)
    assert len(set(likeness.reasons)) == len(likeness.reasons)


@given(people, people)
def test_nobody_is_more_like_somebody_than_they_are_themselves(one, other):
    assert compare(one, one).score >= compare(one, other).score


@given(people)
def test_what_is_empty_matches_nothing(one):
    assert compare(one, Traits(is_organisation=one.is_organisation)).score == 0


@given(st.text(string.ascii_uppercase, min_size=1, max_size=2), st.integers(0, 999_999))
def test_numbers_found_in_the_index_are_the_near_ones(letters, number):
    one = f"{letters}{number}"
    assert all(is_near(one, near) for near in near_numbers(one))
    assert one not in near_numbers(one)


def reasons(**changes):
    return set(compare(PERSON, replace(STRANGER, **changes)).reasons)


def test_strangers_are_not_alike():
    assert compare(PERSON, STRANGER).score == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"national_id": "SH654321"}, {R.NATIONAL_ID}),
        ({"phone": PERSON.phone}, {R.PHONE}),
        ({"national_id": "SH654312", "birth_date": BIRTH}, {R.NATIONAL_ID_SIMILAR}),
        ({"national_id": "SH654312"}, set()),
        ({"name_ar": PERSON.name_ar, "birth_date": BIRTH}, {R.SAME_NAME_AND_BIRTH}),
        ({"name_latin": PERSON.name_latin, "birth_date": BIRTH}, {R.SAME_NAME_AND_BIRTH}),
        ({"name_ar": ("براهم", "انصاري"), "birth_date": BIRTH}, {R.NAME_AND_BIRTH}),
        ({"name_ar": PERSON.name_ar, "birth_date": date(1981, 5, 17)}, {R.NAME_AND_NEAR_BIRTH}),
        ({"name_ar": PERSON.name_ar, "birth_date": date(1986, 5, 17)}, set()),
        ({"name_ar": PERSON.name_ar, "commune_id": PERSON.commune_id}, {R.NAME_AND_COMMUNE}),
        ({"name_ar": PERSON.name_ar[::-1], "birth_date": BIRTH}, {R.SAME_NAME_AND_BIRTH}),
    ],
)
def test_each_reason_is_seen(changes, expected):
    assert reasons(**changes) == expected


def test_day_and_month_exchanged_are_nearly_the_same_date():
    one = replace(PERSON, birth_date=date(1980, 5, 7))
    other = replace(STRANGER, name_ar=PERSON.name_ar, birth_date=date(1980, 7, 5))
    assert compare(one, other).reasons == (R.NAME_AND_NEAR_BIRTH,)


def test_one_photograph_is_a_reason_and_another_is_none():
    one = replace(PERSON, photograph_hash=-(2**62) + 5)
    assert compare(one, replace(STRANGER, photograph_hash=-(2**62) + 6)).reasons == (R.PHOTOGRAPH,)
    assert compare(one, replace(STRANGER, photograph_hash=2**61)).score == 0


def test_a_person_and_an_organisation_are_never_the_same():
    assert compare(PERSON, replace(PERSON, is_organisation=True)).score == 0


def test_an_organisation_is_known_by_its_name_and_commune():
    one = Traits(is_organisation=True, organisation_ar=fold("تعاونية النور"), commune_id="11.321.01.03")
    assert compare(one, replace(one, organisation_ar=fold("النور تعاونيه"))).reasons == (R.NAME_AND_COMMUNE,)


def test_a_shared_telephone_alone_is_shown_but_waits_for_nobody():
    score = compare(PERSON, replace(STRANGER, phone=PERSON.phone)).score
    assert SHOWN_LEAST <= score < QUEUED_LEAST


def test_the_first_of_january_weighs_less():
    same = {"name_ar": PERSON.name_ar, "birth_date": BIRTH}
    january = {"name_ar": PERSON.name_ar, "birth_date": date(1980, 1, 1)}
    certain = compare(PERSON, replace(STRANGER, **same)).score
    vague = compare(replace(PERSON, birth_date=date(1980, 1, 1)), replace(STRANGER, **january)).score
    assert vague < QUEUED_LEAST <= certain


def test_man_and_woman_are_rather_two_people():
    alike = replace(PERSON, gender="female")
    assert compare(PERSON, alike).score < compare(PERSON, PERSON).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed", "Mohammed"),
        ("Mohamed", "Mouhamad"),
        ("Fatima Zahra", "Fatimazahra"),
        ("Aïcha", "Aicha"),
        ("Abd El Karim", "Abdelkarim"),
    ],
)
def test_latin_spellings_of_one_name_are_similar(one, other):
    assert name_likeness((fold(one), "ansari"), (fold(other), "ansari"), latin=True) >= SIMILAR_NAME


@pytest.mark.parametrize(
    ("one", "other"), [("عبد الله", "عبدالله"), ("فاطمة الزهراء", "فاطمة الزهرا"), ("أحمد", "احمد")]
)
def test_arabic_spellings_of_one_name_are_the_same(one, other):
    assert name_likeness((fold(one), "ناصري"), (fold(other), "ناصري"), latin=False) >= SAME_NAME


@pytest.mark.parametrize(("one", "other"), [("Karim", "Fatima"), ("Said", "Hassan"), ("Youssef", "Omar")])
def test_other_names_are_not_similar(one, other):
    assert name_likeness((fold(one), "ansari"), (fold(other), "ansari"), latin=True) < SIMILAR_NAME
