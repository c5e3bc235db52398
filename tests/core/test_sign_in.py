"""Sign-in: who gets in by which way, and what is told to those who do not."""

import re
import time

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.arabic import compact_number
from core.models import AuditEvent
from core.roles import Role
from core.sign_in import delivery, identities
from core.sms import MemorySms, SmsBackend, SmsNotSent
from core.templatetags.sign_in import device_name
from tests.factories.core import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NUMBER = "11-2026-000042"
PHONE = "+212661234567"
HOME = "/"
LOGIN = "/accounts/login/"
REQUEST = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


class RefusingGateway(SmsBackend):
    def send(self, phone, text):
        raise SmsNotSent("out of credit")


class CrashingGateway(SmsBackend):
    def send(self, phone, text):
        raise RuntimeError(f"cannot reach {phone} with {text}")


@pytest.fixture
def known(monkeypatch):
    """Numbers that the register would know, each with its account."""
    numbers = {}
    monkeypatch.setattr(identities, "_resolvers", [lambda text: numbers.get(compact_number(text))])
    return numbers


@pytest.fixture
def artisan(known):
    user = UserFactory(username="artisan-7", roles=[Role.ARTISAN], phone=PHONE, email="artisan@example.org")
    known[compact_number(NUMBER)] = user
    return user


@pytest.fixture
def staff(db):
    return UserFactory(username="registrar.laayoune", roles=[Role.REGISTRAR])


def ask(client, number=NUMBER, **data):
    response = client.post(REQUEST, {"number": number, **data})
    delivery.finish()
    return response


def sent_code() -> str:
    return re.search(r"\b\d{6}\b", MemorySms.outbox[-1].text)[0]


def another(code: str) -> str:
    """A code of the same form that is not the right one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def messages_of(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def sign_in_staff(client, user, password=PASSWORD, **data):
    return client.post(LOGIN, {"login": user.username, "password": password, **data})


# --- Artisans ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [NUMBER, " 11-2026-000042 ", "11 2026 000042", "11–2026–000042", "١١-٢٠٢٦-٠٠٠٠٤٢", "112026000042"],
)
def test_an_artisan_signs_in_with_a_number_and_the_code_sent(client, artisan, typed):
    response = ask(client, typed)

    assert response.status_code == 302
    assert response.url == CONFIRM
    assert [message.phone for message in MemorySms.outbox] == [PHONE]
    response = client.post(CONFIRM, {"code": sent_code()})
    assert (response.status_code, response.url) == (302, HOME)
    assert client.session["_auth_user_id"] == str(artisan.pk)


def test_an_identity_number_may_be_typed_in_small_letters(client, artisan, known):
    known["AB123456"] = artisan

    ask(client, "ab 123456")

    assert client.post(CONFIRM, {"code": sent_code()}).status_code == 302
    assert signed_in(client)


def test_the_code_may_be_typed_in_arabic_digits_with_spaces(client, artisan):
    ask(client)
    code = sent_code().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    client.post(CONFIRM, {"code": f"{code[:3]} {code[3:]}"})

    assert signed_in(client)


def test_the_code_goes_by_email_where_no_phone_is_on_file(client, artisan):
    artisan.phone = ""
    artisan.save()

    ask(client)

    assert MemorySms.outbox == []
    assert [message.to for message in mail.outbox] == [["artisan@example.org"]]
    code = re.search(r"\b\d{6}\b", mail.outbox[0].body)[0]
    client.post(CONFIRM, {"code": code})
    assert signed_in(client)


@pytest.mark.parametrize("number", ["", "!!", "AB", "رقم", "A" * 60])
def test_what_cannot_be_a_number_is_said_beside_the_field(client, artisan, number):
    response = ask(client, number)

    assert response.status_code == 200
    assert response.context["form"].errors["number"]
    assert MemorySms.outbox == []


def _visible(response) -> str:
    """The page without what differs on every visit."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", response.content.decode())


def test_an_unknown_number_gets_the_very_same_pages(artisan):
    pages = {}
    for number in (NUMBER, "11-2026-999999"):
        client = Client()
        asked = ask(client, number)
        shown = client.get(CONFIRM)
        wrong = client.post(CONFIRM, {"code": "000000"}) if number != NUMBER else None
        wrong = wrong or client.post(CONFIRM, {"code": another(sent_code())})
        resent = client.post(CONFIRM, {"action": "resend"}, follow=True)
        delivery.finish()
        pages[number] = [
            (asked.status_code, asked.url),
            _visible(shown),
            re.sub(r'value="\d{6}"', "", _visible(wrong)),
            _visible(resent),
        ]

    known_pages, unknown_pages = pages.values()
    assert known_pages == unknown_pages
    assert len(MemorySms.outbox) == 2
    assert PHONE[-4:] not in known_pages[1]


@pytest.mark.parametrize("number", [NUMBER, "11-2026-999999"])
def test_the_time_of_an_answer_does_not_tell_either(client, artisan, settings, number):
    settings.SIGN_IN_BEAT_SECONDS = 0.4

    for request in (lambda: ask(client, number), lambda: client.get(CONFIRM)):
        started = time.monotonic()
        request()
        assert 0.4 <= time.monotonic() - started < 0.7


@pytest.mark.parametrize("code", ["", "000000", "None", "-"])
def test_no_code_matches_for_an_unknown_number(client, artisan, code):
    ask(client, "11-2026-999999")

    response = client.post(CONFIRM, {"code": code})

    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert not signed_in(client)
    assert client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"] == ""


def test_staff_never_sign_in_by_code(client, known, staff):
    staff.phone = PHONE
    staff.save()
    known[compact_number(NUMBER)] = staff

    response = ask(client)

    assert (response.status_code, response.url) == (302, CONFIRM)
    assert MemorySms.outbox == []
    assert client.post(CONFIRM, {"code": "000000"}).status_code == 200


def test_a_closed_account_gets_no_code(client, artisan):
    artisan.is_active = False
    artisan.save()

    ask(client)

    assert MemorySms.outbox == []


def test_an_account_that_became_staff_meanwhile_is_refused(client, artisan):
    ask(client)
    artisan.roles = [Role.AUDITOR]
    artisan.save()

    response = client.post(CONFIRM, {"code": sent_code()})

    assert response.status_code == 403
    assert not signed_in(client)


def test_five_wrong_codes_void_the_code(client, artisan):
    ask(client)
    code = sent_code()

    answers = [client.post(CONFIRM, {"code": another(code)}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert answers[-1].url == REQUEST
    assert len(messages_of(answers[-1])) == 1
    assert client.post(CONFIRM, {"code": code}).url == REQUEST
    assert not signed_in(client)


def test_guesses_sent_all_at_once_are_counted_too(client, artisan):
    """Each request brings the session back to its first attempt, as requests in parallel would find it."""
    ask(client)
    code, start = sent_code(), dict(client.session.items())

    def guess():
        session = client.session
        session.update(start)
        session.save()
        return client.post(CONFIRM, {"code": another(code)})

    answers = [guess().status_code for _ in range(16)]

    assert answers == [200] * 15 + [302]


def test_a_code_is_void_after_ten_minutes(client, artisan):
    ask(client)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()

    response = client.post(CONFIRM, {"code": sent_code()})

    assert (response.status_code, response.url) == (302, REQUEST)
    assert len(messages_of(response)) == 1
    assert not signed_in(client)


def test_a_new_code_replaces_the_one_before(client, artisan):
    ask(client)
    first = sent_code()

    client.post(CONFIRM, {"action": "resend"})
    delivery.finish()
    second = sent_code()

    assert first != second
    assert client.post(CONFIRM, {"code": first}).status_code == 200
    client.post(CONFIRM, {"code": second})
    assert signed_in(client)


def test_a_code_is_sent_again_twice_at_most(client, artisan):
    ask(client)

    for _ in range(4):
        client.post(CONFIRM, {"action": "resend"})
    delivery.finish()

    assert len(MemorySms.outbox) == 3
    assert client.get(CONFIRM).context["can_resend"] is False


def test_codes_sent_again_count_for_the_number_too(client, artisan):
    ask(Client())
    ask(client)

    assert client.post(CONFIRM, {"action": "resend"}).status_code == 302
    refused = client.post(CONFIRM, {"action": "resend"})
    delivery.finish()

    assert [message.level_tag for message in get_messages(refused.wsgi_request)][-1] == "error"
    assert len(MemorySms.outbox) == 3


def test_codes_are_limited_by_number_however_it_is_typed(artisan, known):
    known["AB123456"] = UserFactory(roles=[Role.ARTISAN], phone="+212662000000")
    for typed in ("11-2026-000042", "11 2026 000042", "112026000042"):
        assert ask(Client(), typed).status_code == 302

    refused = ask(Client(), "11.2026.000042")

    assert refused.status_code == 200
    assert refused.context["form"].has_error("number", "rate_limited")
    assert len(MemorySms.outbox) == 3
    # Others in the same tent, behind the same address, are not held up.
    assert ask(Client(), "AB123456").status_code == 302


def test_an_unknown_number_is_limited_in_the_same_way(known):
    answers = [ask(Client(), "11-2026-999999").status_code for _ in range(4)]

    assert answers == [302, 302, 302, 200]


def test_a_sign_in_left_half_way_does_not_hold_up_the_next_person(client, artisan, staff, known):
    ask(client, "11-2026-999999")

    assert client.get(LOGIN).status_code == 200
    assert ask(client).url == CONFIRM
    client.post(CONFIRM, {"code": sent_code()})

    assert signed_in(client)
    client.post("/accounts/logout/")
    ask(client)
    sign_in_staff(client, staff)
    assert client.session["_auth_user_id"] == str(staff.pk)


@pytest.mark.parametrize(
    ("gateway", "said"), [("RefusingGateway", "out of credit"), ("CrashingGateway", "RuntimeError")]
)
def test_a_failing_gateway_is_logged_without_phone_or_code(client, artisan, settings, caplog, gateway, said):
    settings.SMS_BACKEND = f"tests.core.test_sign_in.{gateway}"

    response = ask(client)

    assert (response.status_code, response.url) == (302, CONFIRM)
    assert said in caplog.text
    assert PHONE not in caplog.text
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert code not in caplog.text


# --- Staff ------------------------------------------------------------------------------------------------


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


# --- Sessions ---------------------------------------------------------------------------------------------


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


# --- Closed by default ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
def test_ways_in_are_open_to_all(client, name):
    assert client.get(reverse(name)).status_code == 200


SIGNED_IN_PAGES = [
    "usersessions_list",
    "account_change_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_the_others_ask_to_sign_in_first(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url == f"{LOGIN}?next={reverse(name)}"


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_artisans_have_neither_password_nor_second_factor(sign_in, name):
    response = sign_in(Role.ARTISAN).get(reverse(name))

    assert response.status_code == (200 if name == "usersessions_list" else 403)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password"]
)
def test_what_nobody_needs_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("page", ["signup", "email", "password/reset", "confirm-email", "social"])
def test_allauths_other_addresses_answer_404(client, page):
    assert client.get(f"/accounts/{page}/").status_code == 404


# --- The audit trail --------------------------------------------------------------------------------------


def test_signing_in_and_out_is_recorded(client, artisan):
    ask(client)
    client.post(CONFIRM, {"code": sent_code()})
    client.post("/accounts/logout/")

    rows = AuditEvent.objects.order_by("id").values_list("action", "actor_id", "after", "address")
    assert list(rows) == [
        ("core.user.signed_in", str(artisan.pk), {"method": "code"}, "127.0.0.1"),
        ("core.user.signed_out", str(artisan.pk), {}, "127.0.0.1"),
    ]


def test_a_wrong_password_is_recorded_against_the_account(client, staff):
    sign_in_staff(client, staff, "not the password")

    row = AuditEvent.objects.get()
    assert (row.action, row.actor_id, row.subject_id) == ("core.user.sign_in_failed", "", str(staff.pk))
    assert row.region_code == staff.region_id
    assert row.after == {"method": "password"}


@pytest.mark.parametrize("where", ["password", "code"])
def test_what_was_typed_is_masked_where_no_account_has_it(client, known, where):
    if where == "password":
        client.post(LOGIN, {"login": "AB123456", "password": "a secret typed"})
    else:
        ask(client, "AB123456")
        client.post(CONFIRM, {"code": "000000"})

    row = AuditEvent.objects.get()
    assert row.subject_label == "••••56"
    assert row.after == {"method": where}
    everything = " ".join(str(value) for value in vars(row).values())
    assert "AB1234" not in everything
    assert "secret" not in everything


def test_the_session_holds_neither_number_nor_phone(client, artisan):
    ask(client)

    kept = str(dict(client.session.items()))
    assert "000042" not in kept
    assert PHONE[4:] not in kept
