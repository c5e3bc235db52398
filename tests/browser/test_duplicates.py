"""Duplicates as a reviewer and a registrar meet them: in Arabic, from the queue to a merge and back."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.roles import Role
from registry.models import Merge, Registrant
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.pictures import picture
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registrar(page: Page, live_server) -> Page:
    client = Client()
    client.force_login(UserFactory(roles=(Role.REGISTRAR,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "ar"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return page


def test_a_pair_is_compared_merged_and_undone(registrar):
    pair = make_pair()
    pair.second.photograph.save("p.jpg", picture(seed=1), save=True)
    registrar.goto(reverse("registry:duplicates"))
    assert violations(registrar) == []
    registrar.locator("td.actions a").click()
    expect(registrar.get_by_role("heading", level=1)).to_have_text("هل هما شخص واحد؟")
    assert violations(registrar) == []
    registrar.locator(f"input[name=take_phone][value='{pair.second_id}']").check()
    registrar.locator(f"input[name=take_photograph][value='{pair.second_id}']").check()
    registrar.get_by_label("اطلعت على البطاقتين الوطنيتين معا").check()
    registrar.locator("#id_reason").fill("شخص واحد، حضر ببطاقته")
    registrar.get_by_role("button", name="دمج الملفين").click()
    registrar.wait_for_url(f"**{reverse('registry:detail', args=[pair.first_id])}")
    expect(registrar.locator("main")).to_contain_text(pair.second.nia)
    assert violations(registrar) == []
    kept = Registrant.objects.get(pk=pair.first_id)
    assert kept.phone == pair.second.phone
    assert kept.photograph_hash == pair.second.photograph_hash

    registrar.get_by_role("button", name="التراجع عن الدمج").click()
    dialog = registrar.get_by_role("dialog")
    dialog.locator("textarea").fill("خطأ في المقارنة")
    dialog.get_by_role("button", name="التراجع عن الدمج").click()
    expect(registrar.locator(".alert-success")).to_be_visible()
    assert Merge.objects.get().undone_at is not None
    assert Registrant.objects.get(pk=pair.first_id).phone == pair.first.phone


def test_two_people_are_told_apart(registrar):
    pair = make_pair()
    registrar.goto(reverse("registry:duplicate_review", args=[pair.pk]))
    registrar.locator("#not-same-reason").fill("أخوان")
    registrar.get_by_role("button", name="شخصان مختلفان").click()
    expect(registrar.locator(".alert-success")).to_be_visible()
    expect(registrar.locator("td.actions a")).to_have_count(0)


def test_who_is_on_file_already_shows_while_typing(registrar):
    known = RegistrantFactory(family_name_ar="الأنصاري", family_name_latin="Ansari")
    registrar.goto(reverse("registry:apply"))
    shown = registrar.locator(".typed-duplicates")
    registrar.locator("#id_national_id").press_sequentially(known.national_id)
    expect(shown).to_contain_text("الأنصاري")
    assert "?" not in registrar.url
    registrar.locator("#id_national_id").fill("")
    registrar.locator("#id_national_id").blur()
    expect(shown).to_be_empty()
    registrar.locator("#id_given_name_latin").fill("Mohammed")
    registrar.locator("#id_family_name_latin").fill("El Anssari")
    registrar.locator("#id_birth_date").fill(known.birth_date.isoformat())
    registrar.locator("#id_birth_date").blur()
    expect(shown).to_contain_text("الأنصاري")
    assert violations(registrar) == []
