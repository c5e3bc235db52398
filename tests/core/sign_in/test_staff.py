"""Staff sign in with a password; sessions, and where one lands."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from core.models import AuditEvent
from core.roles import Role
from core.templatetags.sign_in import device_name
from tests.core.sign_in.steps import CONFIRM, HOME, LOGIN, ask, sent_code, sign_in_staff, signed_in
from tests.factories.core import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_staff_sign_in_with_a_password(client, staff):
    response = sign_in_staff(client, staff)

    assert (response.status_code, response.url) == (302, HOME)
    assert client.session["_auth_user_id"] == str(staff.pk)


def test_an_artisan_never_signs_in_with_a_password(client, artisan):
    artisan.set_password(PASSWORD)
    artisan.save()

    response = sign_in_staff(client, artisan)

    assert response.status_code == 200
    assert not signed_in(client)


@pytest.mark.parametrize("case", ["wrong password", "unknown", "closed", "artisan", "no role"])
def test_every_refusal_of_a_password_says_the_same(client, artisan, staff, case):
    artisan.set_password(PASSWORD)
    artisan.save()
    username, password = staff.username, PASSWORD
    if case == "wrong password":
        password = "not the password"
    elif case == "unknown":
        username = "nobody"
    elif case == "closed":
        staff.is_active = False
    elif case == "artisan":
        username = artisan.username
    elif case == "no role":
        staff.roles = []
    staff.save()

    response = client.post(LOGIN, {"login": username, "password": password})

    assert response.status_code == 200
    assert response.context["form"].errors.as_data()["__all__"][0].code == "username_password_mismatch"


def test_guessing_a_password_is_limited_by_account(client, staff):
    for _ in range(5):
        sign_in_staff(client, staff, "not the password")

    response = sign_in_staff(client, staff)

    assert response.context["form"].errors.as_data()["__all__"][0].code == "too_many_login_attempts"
    assert not signed_in(client)
    other = UserFactory(roles=[Role.AUDITOR])
    assert sign_in_staff(Client(), other).status_code == 302


def test_an_address_is_limited_and_a_forged_header_does_not_help(client, staff, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}

    def try_from(forwarded):
        data = {"login": "nobody", "password": "x"}
        return client.post(LOGIN, data, headers={"X-Forwarded-For": forwarded}).status_code

    answers = [try_from(f"203.0.113.{n}, 198.51.100.7") for n in range(3)]

    assert answers == [200, 200, 429]
    assert try_from("203.0.113.1, 198.51.100.8") == 200


def test_staff_sessions_end_with_the_browser(client, staff, settings):
    sign_in_staff(client, staff)

    assert client.session.get_expire_at_browser_close()
    assert settings.SESSION_COOKIE_AGE <= 10 * 3600
    assert client.session.get_expiry_age() <= settings.SESSION_COOKIE_AGE


def test_a_closed_account_is_out_at_once(client, staff):
    sign_in_staff(client, staff)
    staff.is_active = False
    staff.save()

    response = client.get("/accounts/security/")

    assert response.status_code == 302
    assert response.url.startswith(LOGIN)


def test_changing_the_password_ends_other_sessions(client, staff):
    elsewhere = Client()
    sign_in_staff(elsewhere, staff)
    sign_in_staff(client, staff)
    new = "another long password"

    response = client.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert (response.status_code, response.url) == (302, "/accounts/security/")
    assert client.get("/accounts/security/").status_code == 200
    assert elsewhere.get("/accounts/security/").status_code == 302
    assert AuditEvent.objects.filter(action="core.user.password_changed", actor_id=staff.pk).count() == 1


def test_the_session_gets_a_new_key_at_sign_in(client, artisan):
    ask(client)
    before = client.session.session_key

    client.post(CONFIRM, {"code": sent_code()})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_everywhere_else(client, staff):
    elsewhere = Client(headers={"User-Agent": "another browser"})
    sign_in_staff(elsewhere, staff)
    sign_in_staff(client, staff)

    page = client.get("/accounts/sessions/")
    assert page.context["session_count"] == 2
    client.post("/accounts/sessions/")

    assert client.get("/accounts/sessions/").context["session_count"] == 1
    assert elsewhere.get("/accounts/sessions/").status_code == 302


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/meetings/?page=2", "/meetings/?page=2"),
        ("https://elsewhere.example/", HOME),
        ("//elsewhere.example/", HOME),
        ("/\\elsewhere.example/", HOME),
        ("javascript:alert(1)", HOME),
    ],
)
def test_after_sign_in_one_lands_where_one_wanted_inside_the_portal(client, artisan, staff, target, lands):
    assert sign_in_staff(client, staff, next=target).url == lands

    other = Client()
    asked = ask(other, next=target)
    assert asked.url.startswith(CONFIRM)
    assert other.post(CONFIRM, {"code": sent_code(), "next": target}).url == lands


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 "
            "Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 "
            "Safari/537.36 Edg/139.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
    ],
)
def test_a_session_is_named_by_its_device(user_agent, name):
    assert device_name(user_agent) == name
