"""Registration targets: entered by the directorate, never invented, never overwritten unseen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connections
from django.urls import reverse

from core.exceptions import ActionRefused
from core.models import AuditEvent, Region
from core.roles import Role
from registry.actions.targets import EnteredTarget, set_targets
from registry.models import RegistrationTarget
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
LAAYOUNE = "11.321"


@pytest.fixture
def director():
    return UserFactory(roles=[Role.REGIONAL_DIRECTOR])


def enter(director, number, mark="", province=LAAYOUNE, year=2026):
    return set_targets(
        region=Region.objects.get(pk="11"),
        year=year,
        entered=[EnteredTarget(province, number, mark)],
        by=director,
    )


def test_a_target_is_set_changed_and_taken_away_and_each_step_stands_in_the_trail(director):
    assert enter(director, 1200) == 1
    target = RegistrationTarget.objects.get()
    assert (target.number, target.set_by) == (1200, director)
    assert enter(director, 1300, target.mark) == 1
    target.refresh_from_db()
    assert enter(director, None, target.mark) == 1
    assert not RegistrationTarget.objects.exists()
    steps = AuditEvent.objects.filter(action="registry.target.set").order_by("id")
    assert [(step.before["number"], step.after["number"]) for step in steps] == [
        (None, 1200),
        (1200, 1300),
        (1300, None),
    ]
    assert {(step.region_code, step.subject_id, step.after["year"]) for step in steps} == {
        ("11", LAAYOUNE, 2026)
    }


def test_the_same_number_again_is_no_change(director):
    enter(director, 1200)
    assert enter(director, 1200, "of another form") == 0
    assert AuditEvent.objects.filter(action="registry.target.set").count() == 1


def test_a_number_that_somebody_changed_meanwhile_is_not_overwritten(director, in_english):
    enter(director, 1200)
    with pytest.raises(ActionRefused, match="changed meanwhile to 1200"):
        enter(director, 900)
    assert RegistrationTarget.objects.get().number == 1200


def test_a_target_taken_away_and_set_again_is_another_one(director):
    enter(director, 1200)
    shown = RegistrationTarget.objects.get().mark
    enter(director, None, shown)
    enter(director, 1500)
    with pytest.raises(ActionRefused):
        enter(director, 900, shown)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 0}, "target_number_is_a_goal"),
        ({"year": 1999}, "target_year_sane"),
        ({}, "target_once_a_year"),
    ],
)
def test_the_database_holds_to_the_rules_of_targets(director, fields, constraint):
    enter(director, 10)
    values = {"province_id": LAAYOUNE, "year": 2026, "number": 5, "set_by": director} | fields
    with pytest.raises(IntegrityError, match=constraint):
        RegistrationTarget.objects.create(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_the_same_target_at_once_one_is_told():
    directors = [UserFactory(roles=[Role.REGIONAL_DIRECTOR]) for _ in range(2)]
    together = Barrier(2)

    def setting(pair):
        together.wait()
        try:
            return enter(*pair)
        except ActionRefused:
            return "told"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(setting, zip(directors, (100, 200), strict=True)))
    assert sorted(map(str, done)) == ["1", "told"]
    assert RegistrationTarget.objects.get().version == 1


GRID = reverse("registry:region_targets", args=["11", 2026])


def test_the_grid_takes_numbers_as_people_write_them(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    response = client.post(GRID, {"number-11-321": "١ 200", "mark-11-321": ""})
    assert response.status_code == 302
    assert RegistrationTarget.objects.get().number == 1200


def test_what_is_no_number_is_told_beside_its_field_and_nothing_is_lost(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    response = client.post(GRID, {"number-11-321": "many", "number-11-221": "70"})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"number-11-321"}
    assert 'value="many"' in response.content.decode()
    assert 'value="70"' in response.content.decode()
    assert not RegistrationTarget.objects.exists()


def test_who_is_told_of_a_change_sees_it_and_may_then_go_over_it(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    enter(client.user, 1200)
    response = client.post(GRID, {"number-11-321": "900", "mark-11-321": ""})
    assert response.status_code == 409
    mark = RegistrationTarget.objects.get().mark
    assert f'name="mark-11-321" value="{mark}"' in response.content.decode()
    assert client.post(GRID, {"number-11-321": "900", "mark-11-321": mark}).status_code == 302
    assert RegistrationTarget.objects.get().number == 900


def test_an_error_elsewhere_does_not_let_a_change_be_overwritten_unseen(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    enter(client.user, 1200)
    response = client.post(GRID, {"number-11-321": "900", "mark-11-321": "", "number-11-221": "many"})
    assert 'name="mark-11-321" value=""' in response.content.decode()


def test_the_national_administration_chooses_the_region(sign_in):
    client = sign_in(Role.NATIONAL_ADMIN)
    response = client.get(reverse("registry:targets"), {"region": "12", "year": "2026"})
    assert response.url == reverse("registry:region_targets", args=["12", 2026])


def test_years_out_of_reach_have_no_grid(sign_in):
    client = sign_in(Role.NATIONAL_ADMIN)
    assert client.get(reverse("registry:region_targets", args=["11", 1999])).status_code == 404


def test_the_grid_asks_as_much_of_the_database_for_one_region_as_for_a_larger_one(
    sign_in, django_assert_num_queries
):
    client = sign_in(Role.NATIONAL_ADMIN)
    for code in ("12", "06"):
        with django_assert_num_queries(7):
            client.get(reverse("registry:region_targets", args=[code, 2026]))
