"""The day of a meeting in Chromium: names, walk-ins, the board; then the minutes and the release."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.roles import Role
from events.enums import MeetingState
from events.models import CheckIn, Meeting, Minutes, PressRelease, WalkIn
from registry.models import ApplicationDraft
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.events import CheckInFactory, InvitationFactory, MeetingFactory, door_of
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(db) -> Meeting:
    return MeetingFactory(starts_at=timezone.now() - timedelta(hours=1), state=MeetingState.UNDER_WAY)


def open_as(page: Page, live_server, role: Role, address: str, language: str) -> Page:
    client = Client()
    client.force_login(UserFactory(roles=(role,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(address)
    return page


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_name_is_typed_and_somebody_chosen(page, live_server, meeting, language):
    guest = InvitationFactory(meeting=meeting, name_ar="سعاد بنسعيد", name_fr="Souad Bensaid")
    RegistrantFactory(family_name_ar="بنسعيد", family_name_latin="Bensaid")
    address = reverse("events:desk", args=[door_of(meeting).pk])
    desk = open_as(page, live_server, Role.DESK_AGENT, address, language)
    desk.keyboard.type("bensaid")
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-match")).to_have_count(2)
    assert violations(desk) == []
    # The list waits for the agent, however long they look.
    desk.wait_for_timeout(2500)
    desk.locator(".desk-match").first.click()
    expect(desk.locator(".desk-answer .verdict-success")).to_have_count(1)
    expect(desk.locator(".desk-name")).to_have_text("سعاد بنسعيد" if language == "ar" else "Souad Bensaid")
    assert CheckIn.objects.get().invitation == guest


def test_a_walk_in_in_three_fields_becomes_a_draft_in_one_step(page, live_server, meeting):
    address = reverse("events:desk", args=[door_of(meeting).pk])
    desk = open_as(page, live_server, Role.DESK_AGENT, address, "ar")
    desk.locator(".desk-walk-in summary").click()
    form = desk.locator(".desk-walk-in form")
    form.locator("[name=phone]").fill("12")
    form.locator("[type=submit]").click()
    # What is missing is told beside its field, in the answer, and what was typed is there.
    expect(desk.locator(".desk-answer .field-error").first).to_be_visible()
    assert violations(desk) == []
    again = desk.locator(".desk-answer .desk-walk-in-form")
    again.locator("[name=name]").fill("خديجة الحاضرة")
    again.locator("[name=phone]").fill("06 61 23 45 67")
    again.locator("[name=commune]").select_option(meeting.commune_id)
    again.locator("[type=submit]").click()
    expect(desk.locator(".desk-name")).to_have_text("خديجة الحاضرة")
    desk.locator(".desk-hand-over button").click()
    expect(desk.locator(".desk-hand-over")).to_have_count(0)
    assert ApplicationDraft.objects.get().key == WalkIn.objects.get().draft_key


def test_the_board_moves_by_itself(page, live_server, meeting):
    CheckInFactory(meeting=meeting)
    address = reverse("events:board", args=[meeting.pk])
    board = open_as(page, live_server, Role.REGIONAL_DIRECTOR, address, "fr")
    present = board.locator(".stat").nth(1)
    expect(present).to_contain_text("1")
    assert violations(board) == []
    CheckInFactory(meeting=meeting)
    expect(present).to_contain_text("2", timeout=12_000)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_minutes_are_written_and_approved_and_the_release_published(page, live_server, meeting, language):
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    InvitationFactory(meeting=meeting, name_ar="أحمد الضيف")
    address = reverse("events:minutes", args=[meeting.pk])
    director = open_as(page, live_server, Role.REGIONAL_DIRECTOR, address, language)
    expect(director.locator(".minutes-lists")).to_contain_text("أحمد الضيف")
    assert violations(director) == []
    director.locator("#closing").fill("اختتم الرئيس أشغال اللقاء.")
    director.locator(".minutes-form [type=submit]").click()
    expect(director.locator(".minutes-version")).to_have_count(1)
    assert violations(director) == []
    director.locator(f'form[action="{reverse("events:minutes_approve", args=[meeting.pk])}"] button').click()
    expect(director.locator(".minutes-form")).to_have_count(0)
    assert Minutes.objects.get().is_approved

    director.goto(reverse("events:press", args=[meeting.pk, language]))
    assert violations(director) == []
    body = director.locator("#id_body")
    body.fill(body.input_value() + "\n\n— Fin —")
    director.locator("main form [type=submit]").first.click()
    director.locator(f'form[action$="/press/{language}/publish/"] button').click()
    expect(director.locator(f'form[action$="/press/{language}/withdraw/"]')).to_have_count(1)
    assert PressRelease.objects.get().state == "published"
    director.goto(reverse("events:public_meeting", args=[meeting.pk]))
    expect(director.locator("main")).to_contain_text("— Fin —")
    assert violations(director) == []
