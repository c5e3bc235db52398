"""A partner's space on a telephone: an agent at the counter, an administrator at what waits."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from cards.enums import CardState
from core.models import Chamber, User
from core.roles import Role
from partners.enums import ReferralState, UseWay
from partners.models import ApiKey, OfferUse, ReferralDocument
from registry.exports import work
from registry.models import ExportJob
from tests.browser.axe import violations
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import (
    BranchFactory,
    OfferFactory,
    PartnerAgentFactory,
    ReferralFactory,
    VoucherFactory,
)
from tests.factories.registry import RegistrantFactory, portrait_bytes

pytestmark = pytest.mark.django_db(transaction=True)


def looks_right(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def phone(open_as):
    """`phone(agent)` gives a page of a telephone, signed in as this agent."""

    def open_phone(agent) -> Page:
        page = open_as(agent.user)
        page.set_viewport_size({"width": 360, "height": 740})
        return page

    return open_phone


def test_an_agent_checks_records_takes_back_and_takes_a_voucher(phone):
    agent = PartnerAgentFactory()
    holder = RegistrantFactory(with_photograph=True)
    card = CardFactory(registrant=holder, state=CardState.HANDED_OVER)
    holder.consents.create(purpose="photograph_on_check")
    Chamber.objects.filter(region=holder.region_id).update(photograph_on_verification=True)
    offer = OfferFactory(partner=agent.partner)
    by_voucher = OfferFactory(partner=agent.partner, ways=[UseWay.VOUCHER])
    voucher = VoucherFactory(offer=by_voucher, registrant=holder)

    page = phone(agent)
    page.goto(reverse("partners:agent"))
    looks_right(page)
    page.keyboard.type(card.serial)
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-success .verdict-text")).to_have_text(holder.name_ar)
    expect(page.locator(".answer img")).to_be_visible()
    looks_right(page)
    page.locator(".rights form button").dblclick()
    expect(page.locator(".verdict-success")).to_be_visible()
    assert OfferUse.objects.get().offer == offer
    looks_right(page)
    page.locator("[popovertarget=undo]").first.click()
    page.locator("#undo textarea").fill("خطأ في البطاقة")
    page.locator("#undo .btn-danger").click()
    expect(page.locator(".verdict-neutral")).to_be_visible()

    page.goto(reverse("partners:agent"))
    page.keyboard.type(f"{voucher.code[:4].lower()}-{voucher.code[4:]}")
    page.keyboard.press("Enter")
    page.locator(".rights form button").click()
    expect(page.locator(".verdict-success")).to_be_visible()
    assert OfferUse.objects.standing().get().voucher == voucher
    page.goto(reverse("partner_space:uses"))
    expect(page.locator("tbody tr")).to_have_count(2)
    looks_right(page)


def test_an_administrator_opens_an_agent_makes_a_key_and_answers_a_request(phone):
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    branch = BranchFactory(partner=admin.partner)
    referral = ReferralFactory(offer__partner=admin.partner)
    paper = ReferralDocument(referral=referral, title="شهادة", content_type="image/jpeg")
    paper.file.save("paper.jpg", ContentFile(portrait_bytes()))

    page = phone(admin)
    page.goto(reverse("partner_space:home"))
    looks_right(page)
    page.goto(reverse("partner_space:agent_new"))
    page.fill("#id_username", "s.alaoui")
    page.fill("#id_name_ar", "سعاد العلوي")
    page.fill("#id_name_latin", "Souad Alaoui")
    page.select_option("#id_branch", str(branch.pk))
    looks_right(page)
    page.locator("form:has(#id_username) button[type=submit]").click()
    password = page.locator(".data-list strong").inner_text()
    looks_right(page)
    agent = User.objects.get(username="s.alaoui")
    assert agent.check_password(password)
    assert agent.partner_agent.branch == branch

    page.goto(reverse("partner_space:key_new"))
    page.fill("#id_name", "Caisse 1")
    page.locator("input[name=scopes]").first.check()
    page.locator("form:has(#id_name) button[type=submit]").click()
    text = page.locator(".key-text").inner_text()
    looks_right(page)
    assert text.startswith(f"{ApiKey.objects.get().prefix}.")
    page.goto(reverse("partner_space:keys"))
    looks_right(page)

    page.goto(reverse("partner_space:requests"))
    looks_right(page)
    page.get_by_role("link", name=referral.number).click()
    expect(page.locator(".request-documents img")).to_be_visible()
    page.locator(f"form[action$='/{referral.pk}/take/'] button").click()
    page.locator("input[name=step][value=refuse]").check()
    page.fill("#id_answer", "الوثيقة غير واضحة")
    send = page.locator("form:has(#id_answer) button[type=submit]")
    send.click()
    # A refusal without its ground is not sent, and what was typed stays.
    expect(page.locator(".field-wrong")).to_have_count(1)
    expect(page.locator("#id_answer")).to_have_value("الوثيقة غير واضحة")
    looks_right(page)
    page.select_option("#id_ground", "documents")
    send.click()
    expect(page.locator(".badge-danger").first).to_be_visible()
    referral.refresh_from_db()
    assert (referral.state, referral.decided_by) == (ReferralState.REFUSED, admin.user)


def test_an_administrator_enters_changes_and_closes_a_place(phone):
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    page = phone(admin)
    page.goto(reverse("partner_space:branches"))
    looks_right(page)
    page.locator(".page-actions a[href$='/branches/new/']").click()
    page.fill("#id_code", "L1")
    page.fill("#id_name_ar", "وكالة المرسى")
    page.fill("#id_name_fr", "Agence du port")
    send = page.locator("form:has(#id_code) button[type=submit]")
    send.click()
    # The commune is missing; nothing typed is lost.
    expect(page.locator("#id_name_ar")).to_have_value("وكالة المرسى")
    looks_right(page)
    page.select_option("#id_commune", "11.321.01.03")
    send.click()
    page.get_by_role("link", name="وكالة المرسى").click()
    page.locator(".btn-danger-quiet[popovertarget=close]").click()
    page.locator("#close .btn-danger").click()
    expect(page.locator(".btn-primary[popovertarget=reopen]")).to_be_visible()
    looks_right(page)
    assert not admin.partner.branches.get().is_open


def test_an_administrator_takes_the_inbox_out_as_a_file(phone):
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    ReferralFactory(offer__partner=admin.partner)
    page = phone(admin)
    page.goto(reverse("partner_space:requests"))
    page.locator("a[href*='/requests/take-out/']").click()
    looks_right(page)
    page.locator("input[name=format][value=csv]").check()
    with page.expect_navigation():
        page.locator(".export-form button[type=submit]").click()
    work.work_on(ExportJob.objects.get().pk)
    page.goto(reverse("registry:exports"))
    looks_right(page)
    with page.expect_download() as fetched:
        page.locator("form[action$='/exports/file/'] button").click()
    assert fetched.value.suggested_filename.startswith("referrals-")


def test_staff_look_at_a_partners_administrators_on_a_telephone(open_as):
    admin = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    page = open_as(UserFactory(roles=[Role.PARTNERSHIP_OFFICER]))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(reverse("partner_space:administrators", args=[admin.partner_id]))
    expect(page.locator("tbody tr")).to_have_count(1)
    looks_right(page)
    page.goto(reverse("tills:api-root"))
    looks_right(page)
