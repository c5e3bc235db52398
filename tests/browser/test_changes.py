"""Requests about entries as two people work on them, in Arabic, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.roles import Role
from registry.enums import ChangeState
from registry.models import ChangeRequest
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


def looks_right(page: Page) -> None:
    """Arabic, right to left, and nothing that axe would complain of."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(page) == []


def decide(page: Page) -> None:
    page.locator("[name=decision][value=approve]").check()
    page.locator("form[action$='/decision/'] button[type=submit]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    looks_right(page)


@pytest.fixture
def person():
    return RegistrantFactory(
        family_name_ar="التجريبي",
        family_name_latin="Tajribi",
        address="زنقة القدس رقم 4",
        with_photograph=True,
    )


def test_an_amendment_proposed_by_one_is_decided_side_by_side_by_another(open_as, person):
    page = open_as(UserFactory())
    page.goto(f"/register/{person.pk}/")
    page.locator(f"a[href='/register/{person.pk}/amend/']").click()
    looks_right(page)
    page.locator("[name=family_name_ar]").fill("التجريبي العلوي")
    page.locator("[name=address]").fill("زنقة القدس رقم 14")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/register/requests/\d+/$"))
    looks_right(page)
    change = ChangeRequest.objects.get()
    assert set(change.changes) == {"family_name_ar", "address"}

    other = open_as(UserFactory())
    other.goto("/register/requests/")
    looks_right(other)
    other.locator(f"a[href='/register/requests/{change.pk}/']").click()
    looks_right(other)
    table = other.locator(".side-by-side")
    expect(table.locator("del")).to_have_text(["4"])
    expect(table.locator("ins")).to_have_text(["العلوي", "14"])
    decide(other)
    person.refresh_from_db()
    assert (person.family_name_ar, person.address) == ("التجريبي العلوي", "زنقة القدس رقم 14")


def test_a_transfer_is_offered_by_one_region_and_accepted_by_the_other(open_as, person):
    page = open_as(UserFactory(region="11"))
    page.goto(f"/register/{person.pk}/transfer/")
    looks_right(page)
    page.locator("[name=province]").select_option("12.066")
    expect(page.locator(f'[name=commune] option[value="{DAKHLA_COMMUNE}"]')).to_be_attached()
    page.locator("[name=commune]").select_option(DAKHLA_COMMUNE)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/register/requests/\d+/$"))
    expect(page.locator("[name=decision]")).to_have_count(0)
    change = ChangeRequest.objects.get()

    other = open_as(UserFactory(roles=[Role.REGIONAL_DIRECTOR], region="12"))
    other.goto(f"/register/requests/{change.pk}/")
    looks_right(other)
    expect(other.locator("main")).not_to_contain_text(person.national_id)
    decide(other)
    change.refresh_from_db()
    assert change.state == ChangeState.APPROVED
    other.goto(f"/register/{person.pk}/")
    expect(other.locator("main")).to_contain_text(person.nia)
    person.refresh_from_db()
    assert person.region_id == "12"
