"""A body founded in Arabic with the keyboard, from the plan to the bureau; the mapping of crafts."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.roles import Role
from registry.models import Craft, CraftBody, CraftList, FoundingAssembly
from tests.browser.axe import violations
from tests.factories.bodies import add_statutes, branch
from tests.factories.core import UserFactory
from tests.factories.crafts import new_list, rows_like
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page, live_server, role: Role, language: str = "ar"):
    client = Client()
    client.force_login(UserFactory(roles=(role,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, settings.LANGUAGE_COOKIE_NAME: language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return page


def test_a_provincial_body_is_founded_from_convocation_to_bureau(page, live_server):
    people = [RegistrantFactory(family_name_ar=name) for name in ("الأول", "الثاني", "الثالث")]
    signed_in(page, live_server, Role.REGIONAL_DIRECTOR)
    page.goto(reverse("registry:body_new"))
    page.locator("input[name=level][value=provincial]").check()
    page.locator("select[name=branch]").select_option(str(branch().pk))
    page.locator("select[name=province]").select_option("11.321")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="استدعاء الجمع").click()
    page.locator("input[name=starts_at]").fill(timezone.localtime().strftime("%Y-%m-%dT%H:%M"))
    page.locator("input[name=venue_ar]").fill("دار الصانع")
    page.locator("input[name=venue_fr]").fill("Maison de l'artisan")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main tbody tr")).to_have_count(3)
    assert violations(page) == []
    page.get_by_role("link", name="تسجيل الحاضرين").click()
    # The hall: nothing but the keyboard.
    for person in people[:2]:
        expect(page.locator("#hall-text")).to_be_focused()
        page.keyboard.type(person.nia)
        page.keyboard.press("Enter")
        expect(page.locator(".hall-people").last).to_contain_text(person.family_name_ar)
    page.keyboard.type("الثالت")
    page.keyboard.press("Enter")
    expect(page.locator(".alert-danger")).to_be_visible()
    page.keyboard.type("ثالث")
    page.keyboard.press("Enter")
    expect(page.locator("#matches-title")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".hall-number strong")).to_have_text("3")
    page.get_by_role("button", name="إغلاق الحضور").click()
    page.locator("#close button[type=submit]").click()
    for person, post in zip(people, ("president", "treasurer", ""), strict=True):
        page.locator("input[name=number]").fill(person.nia)
        page.locator("input[name=votes]").fill("1")
        page.locator("select[name=post]").select_option(post)
        page.locator("button[value=candidate]").click()
        expect(page.locator("main tbody")).to_contain_text(person.family_name_ar)
    page.locator("input[name=ballots]").fill("3")
    page.locator("input[name=statutes_adopted]").check()
    page.locator("button[value=facts]").click()
    expect(page.locator("input[name=ballots]")).to_have_value("3")
    add_statutes(CraftBody.objects.get())
    page.reload()
    assert violations(page) == []
    page.get_by_role("button", name="تأسيس الهيئة").click()
    page.locator("#found button[type=submit]").click()
    expect(page.locator(".badge-success").first).to_have_text("مؤسسة")
    page.get_by_role("link", name="الولايات والمناصب").click()
    expect(page.locator("main table").first).to_contain_text("الأول")
    assert CraftBody.objects.get().mandates.count() == 2
    assert FoundingAssembly.objects.get().attending_count == 3


def test_old_crafts_are_mapped_and_the_list_comes_into_use(page, live_server):
    person = RegistrantFactory()
    old = person.craft_links.get().craft
    rows = rows_like(Craft.objects.current())
    rows[0] = rows[0]._replace(craft_code="N-1", craft_ar="الخياطه التقليديه")
    draft = new_list(rows)
    signed_in(page, live_server, Role.NATIONAL_ADMIN)
    page.goto(reverse("registry:craft_list", args=[draft.pk]))
    page.get_by_role("button", name="مطابقة الحرف القديمة").click()
    first = page.locator("main tbody tr").first
    expect(first).to_contain_text(old.name_ar)
    assert violations(page) == []
    # What the machine is not certain of is not ticked by itself.
    expect(first.locator("input[type=checkbox]")).not_to_be_checked()
    first.get_by_role("link").click()
    expect(page.locator("input[name=choice]:checked")).to_have_count(1)
    assert violations(page) == []
    with page.expect_navigation():
        page.locator("button[value=stay]").click()
    page.goto(page.url.replace("mapping/", ""))
    page.locator("#use button[type=submit]").click()
    expect(page.locator(".alert-success")).to_be_visible()
    assert CraftList.objects.get(is_current=True) == draft
    assert person.craft_links.get().craft.code == "N-1"
