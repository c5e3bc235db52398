"""A refusal on a telephone: a partner refuses, the chamber sees it counted, follows it up and closes it."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.roles import Role
from partners.enums import FollowUpState
from partners.models import Feedback
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.partners import PartnerAgentFactory, ReferralFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(open_as):
    """`phone(user)` gives a page of a telephone, signed in as this account."""

    def open_phone(user) -> Page:
        page = open_as(user)
        page.set_viewport_size({"width": 360, "height": 740})
        return page

    return open_phone


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def refuse(page: Page, referral, words: str) -> None:
    page.goto(reverse("partner_space:request", args=[referral.pk]))
    page.locator("input[name=step][value=refuse]").check()
    page.select_option("#id_ground", "documents")
    page.fill("#id_answer", words)
    page.locator("form:has(#id_answer) button[type=submit]").click()
    expect(page.locator(".badge-danger").first).to_be_visible()


def test_a_request_that_a_partner_refuses_is_counted_followed_up_and_closed(phone):
    agent = PartnerAgentFactory()
    here = ReferralFactory(offer__partner=agent.partner)
    elsewhere = ReferralFactory(offer=here.offer, registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    counter = phone(agent.user)
    refuse(counter, here, "الوثيقة غير واضحة")
    refuse(counter, elsewhere, "وثيقة أخرى ناقصة")

    # The nation sees it by partner and by region.
    officer = phone(UserFactory(roles=[Role.PARTNERSHIP_OFFICER]))
    officer.goto(reverse("partners:refusal_counts"))
    partners, regions = officer.locator("section:has(table)").all()[:2]
    expect(partners.locator("tbody tr", has_text=agent.partner.name_ar)).to_contain_text("2")
    assert regions.locator("tbody tr").count() == 12
    looks_right(officer)

    # A director sees the own region's alone, from the home page on.
    director = phone(UserFactory(roles=[Role.REGIONAL_DIRECTOR]))
    director.goto(reverse("core:home"))
    director.locator("a[href*='/benefits/refusals/?state=open']").click()
    expect(director.locator("tbody tr")).to_have_count(1)
    expect(director.locator("tbody tr")).to_contain_text(agent.partner.name_ar)
    looks_right(director)
    director.get_by_role("link", name=here.offer.name_ar).click()
    expect(director.locator("main")).to_contain_text("الوثيقة غير واضحة")
    looks_right(director)
    director.locator("form[action$='/take/'] button").click()
    director.locator("form[action$='/settle/'] button[type=submit]").click()
    # Closing says what was done.
    expect(director.locator(".field-wrong")).to_have_count(1)
    director.fill("#id_note", "اتصلنا بالشريك وقبل الوثيقة")
    looks_right(director)
    director.locator("form[action$='/settle/'] button[type=submit]").click()
    expect(director.locator(".badge-success").first).to_be_visible()
    expect(director.locator("form[action$='/settle/']")).to_have_count(0)
    looks_right(director)
    director.goto(reverse("partners:refusals"))
    expect(director.locator("tbody tr")).to_have_count(0)

    settled = Feedback.objects.get(referral=here)
    assert (settled.follow_up, settled.follow_up_note) == (
        FollowUpState.SETTLED,
        "اتصلنا بالشريك وقبل الوثيقة",
    )
    assert Feedback.objects.get(referral=elsewhere).follow_up == FollowUpState.OPEN
