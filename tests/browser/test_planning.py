"""A meeting planned in Chromium: the agenda dragged and moved by key, a guest invited, an answer given."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.roles import Role
from events.models import Invitation, Meeting
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, GuestFactory, MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def director(context, live_server):
    client = Client()
    client.force_login(UserFactory(roles=(Role.REGIONAL_DIRECTOR,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "ar"}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )


def titles(meeting) -> list[str]:
    return list(meeting.agenda.order_by("position").values_list("title_ar", flat=True))


def test_a_meeting_is_planned_a_guest_invited_and_the_answer_given(
    page: Page, browser, live_server, director
):
    meeting = MeetingFactory(
        starts_at=timezone.now() + timedelta(days=20), ends_at=timezone.now() + timedelta(days=20, minutes=30)
    )
    for place in (1, 2, 3):
        AgendaItemFactory(meeting=meeting, position=place, title_ar=f"نقطة {place}", duration_minutes=20)
    guest = GuestFactory(name_ar="ضيف تجريبي")

    # The agenda is too long, which is told; the last item is dragged up, then moved down by keyboard alone.
    page.goto(reverse("events:agenda", args=[meeting.pk]))
    expect(page.locator(".alert-warning")).to_have_count(1)
    assert violations(page) == []
    handle = page.locator("[data-handle]").nth(2).bounding_box()
    first = page.locator(".agenda > li").first.bounding_box()
    page.mouse.move(handle["x"] + 10, handle["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 40, first["y"] + 2, steps=8)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator(".agenda > li h2").first).to_have_text("نقطة 3")
    assert titles(meeting) == ["نقطة 3", "نقطة 1", "نقطة 2"]
    with page.expect_navigation():
        page.locator(".agenda > li").first.locator("button").press("Enter")
    assert titles(meeting) == ["نقطة 1", "نقطة 3", "نقطة 2"]

    page.goto(reverse("events:invitations", args=[meeting.pk]))
    assert violations(page) == []
    page.locator(f"a[href='{reverse('events:invite', args=[meeting.pk])}']").click()
    page.get_by_label("ضيف تجريبي").check()
    page.locator("main form .form-buttons button").click()
    expect(page.locator("tbody tr")).to_have_count(1)

    # The guest's own telephone, without an account.
    invitation = Invitation.objects.get(guest=guest)
    phone = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    theirs = phone.new_page()
    theirs.goto(reverse("invitation:answer", args=[invitation.token]))
    assert violations(theirs) == []
    expect(theirs.locator("#id_delegate_name")).to_be_hidden()
    theirs.locator("input[name=answer][value=delegate]").check()
    expect(theirs.locator("#id_delegate_name")).to_be_visible()
    theirs.locator("#id_delegate_name").fill("نائب تجريبي")
    theirs.locator("main form .form-buttons button").click()
    expect(theirs.locator(".alert-success")).to_have_count(1)
    phone.close()

    page.reload()
    expect(page.locator("tbody tr")).to_contain_text("نائب تجريبي")


def test_a_collision_is_told_while_the_form_is_typed(page: Page, director):
    there = MeetingFactory(starts_at=timezone.now() + timedelta(days=20))
    page.goto(reverse("events:meeting_new"))
    page.locator("#id_venue_ar").fill(there.venue_ar)
    page.locator("#id_province").select_option("11.321")
    others = page.locator("#id_commune option:not([value^='11.321']):not([value=''])")
    expect(others).to_have_count(0)
    page.locator("#id_commune").select_option(there.commune_id)
    expect(page.locator("#conflicts .alert")).to_have_count(0)
    page.locator("#id_starts_at").fill(f"{timezone.localtime(there.starts_at):%Y-%m-%dT%H:%M}")
    page.locator("#id_starts_at").blur()
    expect(page.locator("#conflicts .alert")).to_contain_text(there.title_ar)
    assert violations(page) == []
    assert Meeting.objects.count() == 1
