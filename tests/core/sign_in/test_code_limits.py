"""How often a code is asked for and guessed, and what is logged where it cannot be sent."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from core.roles import Role
from core.sign_in import delivery
from core.sms import MemorySms, SmsBackend, SmsNotSent
from tests.core.sign_in.steps import (
    CONFIRM,
    LOGIN,
    PHONE,
    REQUEST,
    another,
    ask,
    messages_of,
    sent_code,
    sign_in_staff,
    signed_in,
)
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


class RefusingGateway(SmsBackend):
    def send(self, phone, text):
        raise SmsNotSent("out of credit")


class CrashingGateway(SmsBackend):
    def send(self, phone, text):
        raise RuntimeError(f"cannot reach {phone} with {text}")


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
    settings.SMS_BACKEND = f"{__name__}.{gateway}"

    response = ask(client)

    assert (response.status_code, response.url) == (302, CONFIRM)
    assert said in caplog.text
    assert PHONE not in caplog.text
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert code not in caplog.text
