"""Artisans sign in with a number and the code that is sent to them."""

import re
import time

import pytest
from django.core import mail
from django.test import Client

from core.arabic import compact_number
from core.roles import Role
from core.sign_in import delivery
from core.sms import MemorySms
from tests.core.sign_in.steps import CONFIRM, HOME, NUMBER, PHONE, another, ask, sent_code, signed_in

pytestmark = pytest.mark.django_db


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
