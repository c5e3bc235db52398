"""The queue of applications as two people work through it, in Arabic, in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.roles import Role
from registry.enums import ApplicationState, RegistrantState
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory, ground_for

pytestmark = pytest.mark.django_db(transaction=True)


def looks_right(page: Page) -> None:
    """Arabic, right to left, and nothing that axe would complain of."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(page) == []


def application(entered_by, name: str):
    candidate = RegistrantFactory(candidate=True, family_name_ar=name, with_photograph=True)
    return ApplicationFactory(registrant=candidate, entered_by=entered_by)


def take_next(page: Page) -> None:
    page.goto(reverse("registry:queue"))
    page.get_by_role("button", name="أخذ الطلب الموالي").click()


def test_the_oldest_is_taken_approved_and_the_next_rejected_by_who_did_not_enter_them(open_as):
    maker, checker = (UserFactory(roles=(Role.REGISTRAR,)) for _ in range(2))
    oldest = application(maker, "الأول")
    second = application(maker, "الثاني")
    own = application(checker, "الثالث")

    page = open_as(checker)
    page.goto(reverse("registry:queue"))
    looks_right(page)
    expect(page.locator("main tbody tr").first).to_contain_text("الأول")
    take_next(page)
    expect(page).to_have_url(re.compile(reverse("registry:decide", args=[oldest.pk])))
    looks_right(page)
    page.locator("input[name=decision][value=approve]").check()
    page.get_by_role("button", name="تأكيد القرار", exact=True).click()
    expect(page.locator(".alert-success")).to_be_visible()
    oldest.refresh_from_db()
    assert (oldest.state, oldest.decided_by) == (ApplicationState.APPROVED, checker)
    assert oldest.registrant.state == RegistrantState.REGISTERED

    take_next(page)
    expect(page).to_have_url(re.compile(reverse("registry:decide", args=[second.pk])))
    # A rejection without a ground is refused beside the field, and what was typed stays.
    page.locator("input[name=decision][value=reject]").check()
    page.locator("textarea[name=reason]").fill("لا يثبت الملف ممارسة فعلية")
    page.get_by_role("button", name="تأكيد القرار", exact=True).click()
    expect(page.locator("#id_ground.is-invalid")).to_be_visible()
    expect(page.locator("textarea[name=reason]")).to_have_value("لا يثبت الملف ممارسة فعلية")
    looks_right(page)
    page.locator("#id_ground").select_option(str(ground_for("rejection").pk))
    page.get_by_role("button", name="تأكيد القرار", exact=True).click()
    expect(page.locator(".alert-success")).to_be_visible()
    second.refresh_from_db()
    assert (second.state, second.registrant.state) == (ApplicationState.REJECTED, RegistrantState.CANDIDATE)

    # What this person entered is left for somebody else: neither handed out nor decided.
    take_next(page)
    expect(page).to_have_url(re.compile(reverse("registry:queue")))
    page.goto(reverse("registry:decide", args=[own.pk]))
    if page.locator("input[name=decision][value=approve]").count():
        page.locator("input[name=decision][value=approve]").check()
        with page.expect_navigation():
            page.get_by_role("button", name="تأكيد القرار", exact=True).click()
    own.refresh_from_db()
    assert own.state == ApplicationState.SUBMITTED
    looks_right(page)

    other = open_as(maker)
    take_next(other)
    expect(other).to_have_url(re.compile(reverse("registry:decide", args=[own.pk])))
