"""The second factor of staff: setting it up, showing it, and what stays shut without it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from core.roles import Role
from tests.factories.core import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

# What follows the set-up (messages, audit, the end of other sessions) waits for the commit.
on_real_transactions = pytest.mark.django_db(transaction=True)

HOME = "/"
LOGIN = "/accounts/login/"
SECURITY = "/accounts/security/"
SET_UP = "/accounts/security/app/"
CODES = "/accounts/security/recovery-codes/"
SHOW = "/accounts/login/second-factor/"
SHOW_AGAIN = "/accounts/confirm/code/"
CONFIRM_PASSWORD = "/accounts/confirm/"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def compulsory(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def staff(db):
    return UserFactory(username="registrar.laayoune", roles=[Role.REGISTRAR])


def sign_in(user, client=None):
    client = client or Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    return client


def code_of(secret: str, steps: int = 0) -> str:
    """What an application shows now, or `steps` of thirty seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up_app(client) -> str:
    """Set an application up as a person would, and return its key."""
    secret = client.get(SET_UP).context["form"].secret
    response = client.post(SET_UP, {"code": code_of(secret)})
    assert (response.status_code, response.url) == (302, CODES)
    return secret


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def age(client, seconds: int) -> None:
    """Let the session's proofs of identity grow old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


# --- Compulsory -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [HOME, "/accounts/sessions/", "/accounts/password/", CODES])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(compulsory, staff, page):
    client = sign_in(staff)

    response = client.get(page)

    assert (response.status_code, response.url) == (302, SECURITY)


@pytest.mark.parametrize("page", [SECURITY, SET_UP, "/accounts/security/passkeys/add/", "/accounts/logout/"])
def test_what_setting_up_needs_stays_open(compulsory, staff, page):
    assert sign_in(staff).get(page).status_code == 200


def test_posting_is_shut_as_well(compulsory, staff):
    client = sign_in(staff)

    response = client.post(HOME, {"anything": "1"})

    assert (response.status_code, response.url) == (302, SECURITY)


@on_real_transactions
def test_after_setting_up_everything_opens_and_recovery_codes_are_shown_once(compulsory, staff):
    client = sign_in(staff)

    set_up_app(client)

    shown = client.get(CODES)
    assert len(shown.context["unused_codes"]) == 10
    assert all(code in shown.content.decode() for code in shown.context["unused_codes"])
    assert set(client.get(CODES).context["unused_codes"]) == {"****"}
    assert client.get(HOME).status_code == 200


def test_artisans_are_not_asked_for_a_second_factor(compulsory):
    client = Client()
    client.force_login(UserFactory(roles=[Role.ARTISAN]))

    assert client.get("/accounts/sessions/").status_code == 200


def test_public_pages_stay_open(compulsory, staff):
    client = sign_in(staff)

    assert client.get("/healthz").status_code == 200
    assert client.post("/accounts/language/", {"language": "fr", "next": "/"}).url == "/"


def test_where_it_is_not_compulsory_nobody_is_sent_away(settings, staff):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False

    assert sign_in(staff).get(HOME).status_code == 200


def test_a_session_opened_with_the_password_alone_must_show_the_new_factor(compulsory, staff):
    """As a thief of the password would have opened it, before the factor was there."""
    thief = Client()
    thief.force_login(staff)
    secret = set_up_app(sign_in(staff))

    for page in (HOME, SECURITY, SET_UP, CODES, CONFIRM_PASSWORD, "/accounts/security/passkeys/add/"):
        response = thief.get(page)
        assert response.status_code == 302
        assert response.url.startswith(SHOW_AGAIN), page

    thief.post(SHOW_AGAIN, {"code": code_of(secret, 1), "next": HOME})
    assert thief.get(HOME).status_code == 200


def test_who_has_a_passkey_only_is_asked_for_it(compulsory, staff):
    Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data={})
    client = Client()
    client.force_login(staff)

    assert client.get(HOME).url == f"{reverse('mfa_reauthenticate_webauthn')}?next=%2F"


@on_real_transactions
def test_setting_up_ends_the_other_sessions(staff):
    elsewhere = sign_in(staff)
    client = sign_in(staff)

    set_up_app(client)

    assert client.get("/accounts/sessions/").status_code == 200
    assert elsewhere.get("/accounts/sessions/").url.startswith(LOGIN)


@on_real_transactions
def test_the_last_factor_stays_where_it_is_compulsory(compulsory, staff):
    client = sign_in(staff)
    set_up_app(client)

    response = client.post("/accounts/security/app/remove/")

    assert response.status_code == 200
    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()


def test_removing_the_factor_shuts_the_door_again(compulsory, staff):
    client = sign_in(staff)
    set_up_app(client)
    Authenticator.objects.filter(user=staff).delete()

    assert client.get(HOME).url == SECURITY


# --- Signing in with it -----------------------------------------------------------------------------------


@pytest.fixture
def secret(staff):
    return set_up_app(sign_in(staff))


def test_the_password_alone_no_longer_signs_in(staff, secret):
    client = Client()

    response = client.post(
        LOGIN, {"login": staff.username, "password": PASSWORD, "next": "/accounts/sessions/"}
    )

    assert (response.status_code, response.url) == (302, SHOW)
    assert not signed_in(client)
    response = client.post(SHOW, {"code": code_of(secret, 1).translate(ARABIC_DIGITS)})
    assert (response.status_code, response.url) == (302, "/accounts/sessions/")
    assert signed_in(client)


def test_a_code_works_once_even_within_its_tolerance(staff, secret):
    code = code_of(secret, 1)
    assert sign_in(staff).post(SHOW, {"code": code}).status_code == 302
    again = sign_in(staff)
    # allauth's own memory of used codes ends after one step; ours must not.
    from django.core.cache import cache

    cache.delete(f"allauth.mfa.totp.used?user={staff.pk}&code={code}")

    response = again.post(SHOW, {"code": code})

    assert response.status_code == 200
    assert not signed_in(again)


def test_a_recovery_code_works_once(staff):
    first = sign_in(staff)
    set_up_app(first)
    code = first.get(CODES).context["unused_codes"][0]

    client = sign_in(staff)
    client.post(SHOW, {"code": f"{code[:4]} {code[4:]}"})
    assert signed_in(client)

    again = sign_in(staff)
    assert again.post(SHOW, {"code": code}).status_code == 200
    assert not signed_in(again)


def test_guessing_the_code_is_limited(staff, secret):
    client = sign_in(staff)
    for _ in range(5):
        client.post(SHOW, {"code": "000000"})

    response = client.post(SHOW, {"code": code_of(secret, 1)})

    assert response.context["form"].has_error("code", "too_many_login_attempts")
    assert not signed_in(client)


def test_changing_the_factor_asks_again_once_the_sign_in_is_old(staff):
    client = sign_in(staff)
    assert client.get(SET_UP).status_code == 200
    age(client, 301)

    response = client.get(SET_UP)
    assert (response.status_code, response.url) == (
        302,
        f"{CONFIRM_PASSWORD}?next=%2Faccounts%2Fsecurity%2Fapp%2F",
    )

    wrong = client.post(CONFIRM_PASSWORD, {"password": "wrong", "next": SET_UP})
    assert wrong.context["form"].has_error("password", "incorrect_password")
    client.post(CONFIRM_PASSWORD, {"password": PASSWORD, "next": SET_UP})
    assert client.get(SET_UP).status_code == 200


def test_keys_are_encrypted_in_the_database(staff, secret):
    stored = str(list(Authenticator.objects.filter(user=staff).values_list("data", flat=True)))

    assert secret not in stored
    assert (
        Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)
        .wrap()
        .validate_code(code_of(secret, 1))
    )


def test_keys_outlive_a_change_of_the_secret_key(staff, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"

    client = sign_in(staff)
    client.post(SHOW, {"code": code_of(secret, 1)})

    assert signed_in(client)


def test_a_passkey_that_is_none_is_refused_politely(client, staff):
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["userVerification"] == "required"

    response = client.post(reverse("mfa_login_webauthn"), {"credential": '{"nothing": true}'})

    assert (response.status_code, response.url) == (302, LOGIN)
    assert len(list(get_messages(response.wsgi_request))) == 1


# --- The audit trail --------------------------------------------------------------------------------------


@on_real_transactions
def test_the_audit_trail_tells_of_factors_and_of_failures(staff, secret):
    client = sign_in(staff)
    client.post(SHOW, {"code": "000000"})
    client.post(SHOW, {"code": code_of(secret, 1)})
    client.post("/accounts/security/app/remove/")

    rows = AuditEvent.objects.order_by("id").values_list("action", "actor_id", "subject_id", "after")
    me = str(staff.pk)
    assert list(rows) == [
        ("core.user.signed_in", me, me, {"method": "password"}),
        ("core.user.second_factor_added", me, me, {"type": "totp"}),
        ("core.user.sign_in_failed", "", me, {"method": "totp"}),
        ("core.user.signed_in", me, me, {"method": "password, totp"}),
        ("core.user.second_factor_removed", me, me, {"type": "totp"}),
    ]


HOSTILE_CREDENTIALS = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "9" * 6000,
    "[" * 100_000,
    '{"id": "\\ud800", "rawId": "x", "response": {}}',
    '{"id": 1, "type": "public-key", "rawId": "AA", "response": {"clientDataJSON": "AA"}}',
    '{"id": "AA", "type": "public-key", "rawId": "AA", "response": {"clientDataJSON": "AA",'
    ' "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": 5}}',
    '{"id": "AA", "type": "public-key", "rawId": "AA", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "oA", "authenticatorData": "' + "A" * 60 + '", "signature": "AA",'
    ' "userHandle": "AAAA"}}',
]


@pytest.mark.parametrize("credential", HOSTILE_CREDENTIALS, ids=range(len(HOSTILE_CREDENTIALS)))
def test_a_hand_made_passkey_is_refused_and_breaks_nothing(client, staff, credential):
    client.get("/accounts/login/passkey/", headers={"accept": "application/json"})
    answer = client.post("/accounts/login/passkey/", {"credential": credential})
    assert answer.status_code in {200, 302}
    assert "_auth_user_id" not in client.session
    client.force_login(staff)
    client.get("/accounts/security/passkeys/add/")
    answer = client.post("/accounts/security/passkeys/add/", {"credential": credential, "name": "x"})
    assert answer.status_code in {200, 302}
    assert not staff.authenticator_set.exists()
