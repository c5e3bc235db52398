"""Sign-in as people do it: nothing refused by the content policy, readable by all, passkeys real."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from core.arabic import compact_number
from core.roles import Role
from core.sign_in import delivery, identities
from core.sms import MemorySms
from tests.browser.axe import violations
from tests.factories.core import PASSWORD, UserFactory

NUMBER = "11-2026-000042"


@pytest.fixture
def staff(transactional_db):
    return UserFactory(username="registrar.laayoune", roles=[Role.REGISTRAR])


@pytest.fixture
def artisan(transactional_db, monkeypatch):
    user = UserFactory(username="artisan-7", roles=[Role.ARTISAN], phone="+212661234567")
    monkeypatch.setattr(
        identities, "_resolvers", [lambda text: user if compact_number(text) == "112026000042" else None]
    )
    return user


@pytest.fixture(params=["ar", "fr"])
def language(request, context, live_server):
    context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": request.param, "url": live_server.url}]
    )
    return request.param


@pytest.fixture(params=[360, 1280])
def width(request, page):
    page.set_viewport_size({"width": request.param, "height": 800})
    return request.param


def assert_readable(page, name: str) -> None:
    """No fault for axe, and nothing that must be scrolled sideways."""
    assert violations(page) == [], name
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0, name


def sign_in(page, user) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_login) button[type=submit]").click()


def press(page, selector: str) -> None:
    page.locator(selector).click()
    page.wait_for_load_state()


def test_an_artisan_signs_in(page, artisan, language, width):
    page.goto("/accounts/login/")
    assert_readable(page, "sign-in")

    page.goto("/accounts/login/code/")
    page.fill("#id_number", "??")
    press(page, "form:has(#id_number) button[type=submit]")
    assert_readable(page, "not a number")

    page.goto("/accounts/login/?next=/accounts/sessions/")
    page.fill("#id_number", NUMBER)
    press(page, "form:has(#id_number) button[type=submit]")
    assert_readable(page, "code asked for")

    page.fill("#id_code", "000000")
    press(page, "form:has(#id_code) button[type=submit]")
    assert_readable(page, "wrong code")

    delivery.finish()
    page.fill("#id_code", re.search(r"\b\d{6}\b", MemorySms.outbox[-1].text)[0])
    press(page, "form:has(#id_code) button[type=submit]")
    assert page.url.endswith("/accounts/sessions/")
    assert_readable(page, "sessions")


def test_staff_protect_their_account(page, staff, language, width):
    page.goto("/accounts/login/")
    page.fill("#id_login", staff.username)
    page.fill("#id_password", "not the password")
    press(page, "form:has(#id_login) button[type=submit]")
    assert_readable(page, "wrong password")

    sign_in(page, staff)
    page.goto("/accounts/security/")
    assert_readable(page, "security")
    page.goto("/accounts/password/")
    assert_readable(page, "password")

    page.goto("/accounts/security/app/")
    assert_readable(page, "application")
    secret = page.locator("main bdi").first.inner_text()
    step = int(time.time()) // 30
    page.fill("#id_code", format_hotp_value(hotp_value(secret, step)))
    press(page, "form:has(#id_code) button[type=submit]")
    assert page.locator(".recovery-codes li").count() == 10
    assert_readable(page, "recovery codes")

    for address in (
        "security/recovery-codes/renew",
        "security/app/remove",
        "security",
        "confirm/code",
        "logout",
    ):
        page.goto(f"/accounts/{address}/")
        assert_readable(page, address)

    press(page, "main form button[type=submit]")
    sign_in(page, staff)
    assert page.url.endswith("/accounts/login/second-factor/")
    assert_readable(page, "second factor")
    page.fill("#id_code", format_hotp_value(hotp_value(secret, step + 1)))
    press(page, "form:has(#id_code) button[type=submit]")
    assert not page.url.endswith("/second-factor/")


def test_a_passkey_signs_in_alone_or_beside_the_password(page, context, staff, language):
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, staff)

    page.goto("/accounts/security/passkeys/add/")
    assert_readable(page, "add a passkey")
    page.check("#id_passwordless")
    with page.expect_navigation():
        page.click("#add-passkey")
    assert page.locator(".recovery-codes li").count() == 10

    page.goto("/accounts/security/passkeys/")
    assert_readable(page, "passkeys")
    assert page.locator(".card-line").count() == 1
    for link in ("Rename", "Remove"):
        page.goto("/accounts/security/passkeys/")
        page.locator(".card-line a").nth(["Rename", "Remove"].index(link)).click()
        assert_readable(page, link)
    page.goto("/accounts/logout/")
    press(page, "main form button[type=submit]")

    page.goto("/accounts/login/?next=/accounts/security/")
    with page.expect_navigation():
        page.click("#passkey-login")
    page.wait_for_url("**/accounts/security/")

    page.goto("/accounts/logout/")
    press(page, "main form button[type=submit]")
    sign_in(page, staff)
    page.wait_for_url("**/accounts/login/second-factor/")
    with page.expect_navigation():
        page.click("#use-passkey")
    assert not page.url.endswith("/second-factor/")


def test_a_passkey_that_is_not_used_is_said_on_the_page(page, context, staff):
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": False}})

    page.goto("/accounts/login/")
    notice = page.locator("[data-webauthn-failure]")
    assert notice.is_hidden()
    page.click("#passkey-login")

    notice.wait_for(state="visible")
