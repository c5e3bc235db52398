"""Demo people: invented, plausible, valid by the register's own rules, the same for the same seed."""

import io
import time
from collections import Counter

import pytest
from PIL import Image

from core.arabic import is_arabic, is_latin
from core.validators import validate_phone
from registry.demo.names import HOMES, all_names, names_of
from registry.demo.people import AS_OF, PREFIXES, Place, make_people, places
from registry.demo.portraits import draw_portrait
from registry.demo.studio import Studio
from registry.demo.trades import AT_HOME_IN, Trade
from registry.enums import Gender, Kind, QualificationKind
from registry.validators import (
    normalise_national_id,
    validate_birth_date,
    validate_qualification,
)

CRAFTS = [Trade("P03-01", "P03"), Trade("P06-01", "P06"), Trade("S02-01", "S02"), Trade("P01-13", "P01")]


def people(n: int, seed: int = 0) -> list:
    return list(make_people(n, seed=seed, communes=places(), crafts=CRAFTS))


def test_names_are_many_and_in_both_scripts():
    assert len(all_names("male")) >= 120
    assert len(all_names("female")) >= 120
    assert len(all_names("family")) >= 250
    for kind in ("male", "female", "family"):
        names = all_names(kind)
        assert len({name.arabic for name in names}) == len(names)
        for name in names:
            assert all(is_arabic(text) for text in name.arabic), name
            assert all(is_latin(text) for text in name.latin), name
            assert name.weight > 0
            assert name.home in {"", *HOMES}


def test_compound_and_spaced_family_names_are_there():
    families = {name.arabic[0].split()[0] for name in all_names("family") if " " in name.arabic[0]}
    assert {"بن", "آيت", "أولاد", "أهل"} <= families
    assert any(name.arabic[0] == "عبد الله" for name in all_names("male"))


def test_saharan_names_are_met_in_the_south_only():
    southern = {name for name in all_names("family") if name.home == "south"}
    assert southern <= set(names_of("family", "11").names)
    assert not southern & set(names_of("family", "06").names)


def test_same_seed_same_people_and_more_people_begin_alike():
    assert people(50) == people(80)[:50]
    assert people(50) != people(50, seed=1)


def test_nobody_shares_an_identity_number_or_a_telephone():
    everybody = people(4000) + people(4000, seed=1)
    assert len({person.national_id for person in everybody}) == 8000
    assert len({person.phone for person in everybody}) == 8000


def test_numbers_stay_unique_in_the_millions():
    far = [
        person
        for first in (0, 999_500, 1_999_500)
        for person in make_people(1000, seed=3, communes=places(), crafts=CRAFTS, first=first)
    ]
    assert len({person.national_id for person in far}) == 3000
    assert len({person.phone for person in far}) == 3000
    assert {person.national_id[:2] for person in far} == set(PREFIXES[15:18])
    for person in far:
        validate_phone(person.phone)


def test_every_value_passes_the_registers_own_rules():
    for person in people(3000):
        assert person.kind in Kind.values
        assert person.gender in Gender.values
        assert person.qualification_kind in QualificationKind.values
        assert normalise_national_id(person.national_id) == person.national_id
        assert len(person.national_id) == 8
        validate_phone(person.phone)
        assert person.phone.startswith(("+2126", "+2127"))
        validate_birth_date(person.birth_date)
        assert 18 <= person.age <= 80
        validate_qualification(
            kind=person.kind, qualification=person.qualification_kind, years=person.years_of_exercise
        )
        assert person.age - person.years_of_exercise >= 15
        assert person.registered_on < AS_OF
        assert person.registered_on.weekday() < 5
        assert len(set(person.craft_codes)) == len(person.craft_codes) >= 1
        assert len(f"{person.organisation_name_latin}") <= 120


def test_kinds_come_in_their_shares():
    everybody = people(5000)
    kinds = Counter(person.kind for person in everybody)
    assert everybody[0].kind == "artisan"
    assert 0.67 < kinds["artisan"] / 5000 < 0.73
    assert kinds["enterprise"] < kinds["cooperative"] < kinds["master_artisan"]
    for person in everybody:
        named = bool(person.organisation_name_ar and person.organisation_name_latin)
        assert named == (person.kind in ("cooperative", "enterprise"))


def test_regions_follow_the_population():
    regions = Counter(person.region_code for person in people(6000))
    assert regions.most_common(1)[0][0] == "06"
    assert set(regions) == {f"{code:02d}" for code in range(1, 13)}
    assert all(person.commune_code.startswith(person.region_code) for person in people(100))


def test_local_crafts_stay_at_home():
    assert {person.region_code for person in people(4000) if "P01-13" in person.craft_codes} <= AT_HOME_IN[
        "P01-13"
    ]


@pytest.mark.parametrize(("n", "seed"), [(5_000_001, 0), (-1, 0), (1, 4), (1, -1)])
def test_what_would_repeat_numbers_is_refused(n, seed):
    with pytest.raises(ValueError, match="At most"):
        next(make_people(n, seed=seed, communes=[Place("01", "01", 1, True)], crafts=CRAFTS))


def test_portraits_are_small_drawn_and_repeatable():
    for number in range(12):
        gender = ("female", "male")[number % 2]
        data = draw_portrait(number, gender, age=25 + number * 4, saharan=number > 8)
        picture = Image.open(io.BytesIO(data))
        assert (picture.format, picture.size) == ("JPEG", (300, 400))
        assert len(data) < 25_000
        assert data == draw_portrait(number, gender, age=25 + number * 4, saharan=number > 8)


def test_portraits_differ_from_each_other():
    assert len({draw_portrait(number, "male") for number in range(30)}) == 30


def test_portraits_are_drawn_fast():
    started = time.process_time()
    for number in range(40):
        draw_portrait(number, "female")
    # Measured at some 200 a second; the bound leaves room for a busy machine.
    assert time.process_time() - started < 40 / 60


def test_many_processes_draw_what_one_draws():
    everybody = people(6)
    with Studio(needed=1000) as many, Studio(needed=6) as one:
        assert list(many.draw(everybody)) == list(one.draw(everybody))
