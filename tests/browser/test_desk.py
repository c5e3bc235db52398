"""The desk as its agent uses it: a hand scanner that types, a hand-over that waits, a lost connection."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cards.enums import CardState
from cards.models import CardRules, HandOver
from cards.qr import card_url
from core.roles import Role
from events.models import CheckIn, Meeting, Scan
from tests.browser.axe import violations
from tests.factories.cards import CardFactory, expired_card
from tests.factories.core import UserFactory
from tests.factories.events import MeetingFactory, door_of
from tests.factories.registry import RegistrantFactory, portrait_bytes

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [(1280, 800), (1280, 900), (360, 740)]


@pytest.fixture
def meeting(db) -> Meeting:
    return MeetingFactory(starts_at=timezone.now() + timedelta(hours=1))


@pytest.fixture(params=["ar", "fr"])
def desk(page: Page, live_server, meeting, request) -> Page:
    return open_desk(page, live_server, meeting, request.param)


def open_desk(page: Page, live_server, meeting: Meeting, language: str) -> Page:
    client = Client()
    client.force_login(UserFactory(roles=(Role.DESK_AGENT,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(reverse("events:desk", args=[door_of(meeting, hands_over=True).pk]))
    return page


def scan(page: Page, text: str) -> None:
    """What a hand scanner does: it types wherever the focus is, then Enter."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def answer(page: Page):
    return page.locator(".desk-answer")


def test_a_scan_is_answered_and_the_screen_is_ready_again_by_itself(desk, meeting):
    person = RegistrantFactory()
    expect(desk.locator("#desk-text")).to_be_focused()
    scan(desk, person.nia)
    expect(answer(desk)).to_contain_text(person.family_name_ar)
    assert violations(desk) == []
    expect(answer(desk).locator(".desk-person")).to_have_count(0, timeout=4000)
    expect(desk.locator("#desk-text")).to_be_focused()
    expect(desk.locator(".desk-recent > li")).to_have_count(1)
    assert CheckIn.objects.get().registrant == person


def test_a_waiting_card_holds_the_screen_until_it_is_confirmed(desk, meeting):
    card, other = CardFactory(box=3, slot=117), RegistrantFactory()
    scan(desk, card_url(card.token))
    expect(answer(desk)).to_contain_text("117")
    assert violations(desk) == []
    # The next card is not taken while this one waits, not even with the focus on a button.
    desk.locator(".desk-hand-over button").focus()
    scan(desk, other.nia)
    expect(desk.locator(".desk-answer.asks")).to_have_count(1)
    desk.wait_for_timeout(2500)
    expect(answer(desk)).to_contain_text("117")
    assert Scan.objects.count() == 1
    card.refresh_from_db()
    assert card.state == CardState.IN_BOX
    desk.locator(".desk-hand-over button").dblclick()
    expect(desk.locator(".desk-hand-over")).to_have_count(0)
    expect(answer(desk).locator(".verdict-success")).to_have_count(1)
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER
    expect(answer(desk).locator(".desk-person")).to_have_count(0, timeout=4000)
    scan(desk, other.nia)
    expect(desk.locator(".desk-recent > li")).to_have_count(2)


def test_both_steps_are_undone_with_a_reason(desk, meeting):
    card = CardFactory()
    scan(desk, card.serial)
    desk.locator(".desk-hand-over button").click()
    expect(desk.locator(".desk-hand-over")).to_have_count(0)
    for _step in ("hand-over", "presence"):
        expect(desk.locator(".desk-recent .confirm")).to_have_count(1)
        desk.locator(".desk-recent [popovertarget]").first.click()
        assert violations(desk) == []
        # The screen does not get ready under somebody who is writing.
        desk.wait_for_timeout(2500)
        desk.keyboard.type("wrong person")
        expect(desk.locator(".desk-recent textarea")).to_have_value("wrong person")
        with desk.expect_response(re.compile("/undo")):
            desk.locator(".desk-recent .confirm button[type=submit]").click()
        expect(desk.locator(".desk-recent :popover-open")).to_have_count(0)
        card.refresh_from_db()
        assert card.state == CardState.IN_BOX
    expect(desk.locator(".desk-recent .confirm")).to_have_count(0)
    assert CheckIn.objects.get().undo_reason == "wrong person"
    assert not CheckIn.objects.standing().exists()


def test_a_proxy_receives_a_card_and_signs(page, live_server, meeting, tmp_path):
    CardRules.objects.create(region_id="11", signature_needed=True)
    card, power = CardFactory(), tmp_path / "power.jpg"
    power.write_bytes(portrait_bytes())
    desk = open_desk(page, live_server, meeting, "ar")
    scan(desk, card.serial)
    desk.locator(".desk-proxy summary").click()
    form = desk.locator(".desk-proxy-form")
    form.locator("[name=proxy-name]").fill("فاطمة")
    form.locator("[name=proxy-national_id]").fill("ZT777")
    form.locator("button[type=submit]").click()
    # What is missing is told, what was typed is still there, and the screen still waits.
    expect(form.locator("[name=proxy-name]")).to_have_value("فاطمة")
    expect(desk.locator(".desk-answer[data-holds]")).to_have_count(1)
    assert violations(desk) == []
    form.locator("[name=proxy-relation]").select_option("spouse")
    form.locator("[name=proxy-power]").set_input_files(power)
    form.locator(".signature-pad").scroll_into_view_if_needed()
    box = form.locator(".signature-pad").bounding_box()
    desk.mouse.move(box["x"] + 30, box["y"] + 40)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 150, box["y"] + 80, steps=6)
    desk.mouse.up()
    form.locator("button[type=submit]").dblclick()
    expect(desk.locator(".desk-proxy")).to_have_count(0)
    given = HandOver.objects.get()
    assert (given.proxy.name, bool(given.signature)) == ("فاطمة", True)


def test_put_off_the_card_waits_and_the_desk_goes_on(desk, meeting):
    card, other = CardFactory(), RegistrantFactory()
    scan(desk, card.serial)
    desk.locator("[data-release]").click()
    scan(desk, other.nia)
    expect(answer(desk)).to_contain_text(other.family_name_ar)
    card.refresh_from_db()
    assert card.state == CardState.IN_BOX


def test_a_refused_card_is_told_in_colour_and_word(desk, meeting):
    scan(desk, expired_card().serial)
    expect(answer(desk).locator(".verdict-stopped")).to_have_count(1)
    assert violations(desk) == []
    expect(answer(desk).locator(".verdict-stopped")).to_have_count(0, timeout=4000)


def test_scans_without_connection_are_kept_and_sent_once(context, live_server, meeting):
    # A page of its own: here the console must speak of a failed request.
    desk = open_desk(context.new_page(), live_server, meeting, "ar")
    first, second = RegistrantFactory(), RegistrantFactory()
    attempts = []

    def answer_is_lost(route):
        # The server gets the scan, the desk does not get the answer: the worst case.
        attempts.append(route.fetch().status)
        route.abort()

    desk.route("**" + reverse("events:scan", args=[door_of(meeting).pk]), answer_is_lost, times=2)
    scan(desk, first.nia)
    expect(desk.locator("[data-offline]")).to_be_visible()
    scan(desk, second.nia)
    expect(desk.locator(".desk-recent > li")).to_have_count(2, timeout=15_000)
    expect(desk.locator("[data-offline]")).to_be_hidden()
    assert attempts == [200, 200]
    assert (Scan.objects.count(), CheckIn.objects.count()) == (2, 2)


def test_scans_wait_until_somebody_is_signed_in_again(context, live_server, meeting):
    desk = open_desk(context.new_page(), live_server, meeting, "ar")
    first, second = RegistrantFactory(), RegistrantFactory()
    context.clear_cookies(name="sessionid")
    scan(desk, first.nia)
    expect(desk.locator("[data-trouble]")).to_be_visible()
    scan(desk, second.nia)
    desk.wait_for_timeout(500)
    assert Scan.objects.count() == 0
    # In another tab; or in this one, whose page finds again what was scanned.
    client = Client()
    client.force_login(UserFactory(roles=(Role.DESK_AGENT,)))
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    context.clear_cookies(name="csrftoken")
    expect(desk.locator(".desk-recent > li")).to_have_count(2, timeout=20_000)
    expect(desk.locator("[data-trouble]")).to_be_hidden()
    assert (Scan.objects.count(), CheckIn.objects.count()) == (2, 2)


def test_scans_outlive_a_server_and_a_page_that_start_anew(context, live_server, meeting):
    desk = open_desk(context.new_page(), live_server, meeting, "ar")
    person = RegistrantFactory()
    address = "**" + reverse("events:scan", args=[door_of(meeting).pk])
    desk.route(address, lambda route: route.fulfill(status=503))
    scan(desk, person.nia)
    expect(desk.locator("[data-offline]")).to_be_visible()
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.unroute(address)
    desk.reload()
    expect(desk.locator(".desk-recent > li")).to_have_count(1)
    assert CheckIn.objects.get().registrant == person
    desk.reload()
    desk.wait_for_timeout(500)
    assert Scan.objects.count() == 1


def test_the_cameras_frames_are_read_by_the_server(desk, meeting):
    card = CardFactory()
    frames = "**" + reverse("events:frame", args=[door_of(meeting, hands_over=True).pk])
    sent = []

    def shows_the_card(route):
        # The drawn camera holds no card: the frame is sent for real, the card is put into the answer.
        sent.append(route.fetch().status)
        route.fulfill(json={"text": card_url(card.token)})

    desk.route(frames, shows_the_card)
    desk.locator("[data-camera]").click()
    expect(answer(desk)).to_contain_text(card.registrant.family_name_ar)
    desk.wait_for_timeout(1800)
    desk.locator("[data-camera]").click()
    # One more frame may be on its way.
    desk.unroute_all(behavior="wait")
    assert set(sent) == {200}
    # Seen again and again, the same card is one scan.
    assert Scan.objects.get().method == "camera"


@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_runs_over_the_edge(desk, meeting, size):
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    scan(desk, CardFactory(box=3, slot=117).serial)
    confirm = desk.locator(".desk-hand-over button")
    expect(confirm).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size[0] > 400:
        box = confirm.bounding_box()
        assert box["y"] + box["height"] <= size[1], "the button lies below the screen"


def test_without_script_the_same_desk_works(browser, live_server, meeting):
    card = CardFactory()
    client = Client()
    client.force_login(UserFactory(roles=(Role.DESK_AGENT,)))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(reverse("events:desk", args=[door_of(meeting, hands_over=True).pk]))
    page.locator("#desk-text").fill(card.serial)
    page.locator(".desk-scan button[type=submit]").click()
    page.locator(".desk-hand-over button").click()
    expect(page.locator(".desk-hand-over")).to_have_count(0)
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER
    context.close()
