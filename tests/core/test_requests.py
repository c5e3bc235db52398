"""Requests made by hand, what a browser may keep of the answers, and what the log may keep of either."""

import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from core.logs import PrivateFormatter
from core.roles import Role
from tests.factories.cards import CardFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db

MULTIPART = "multipart/form-data; boundary=x; charset="


@pytest.mark.parametrize(
    "address",
    [
        "/territory/communes/?province=%00",
        "/register/?region=%00",
        "/register/?%00=1",
        "/chambers/%00/",
        "/audit/?region=%00",
        "/cards/batches/new/?region=%00",
    ],
)
def test_a_nul_character_in_an_address_is_a_bad_request(sign_in, address):
    assert sign_in(Role.NATIONAL_ADMIN).get(address).status_code == 400


@pytest.mark.parametrize("field", ["province", "commune", "supervisor", "address"])
def test_a_nul_character_in_a_form_is_a_bad_request(sign_in, field):
    assert sign_in(Role.REGISTRAR).post("/register/new/", {field: "11\x00"}).status_code == 400


def test_a_nul_character_in_a_cookie_is_a_bad_request(client):
    cookie = f'{settings.SESSION_COOKIE_NAME}="\\000abcdefgh"'
    assert client.get("/", headers={"cookie": cookie}).status_code == 400


@pytest.mark.parametrize("charset", ["hex", "unicode_escape", "utf-16", "idna", "no-such-charset"])
def test_only_utf_8_is_read(client, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800\r\n--x--\r\n'
    assert client.generic("POST", "/accounts/login/", body, MULTIPART + charset).status_code == 400
    assert client.generic("POST", "/accounts/login/", body, MULTIPART + "UTF-8").status_code == 200


@pytest.mark.parametrize("address", ["/", "/register/", "/cards/", "/meetings/", "/no-such-page/"])
def test_no_page_stays_in_the_browser(sign_in, address):
    registrar = sign_in(Role.REGISTRAR)
    assert "no-store" in registrar.get(address)["Cache-Control"]


def logged(caplog) -> str:
    """What the server's log would hold of all that was logged."""
    formatter = PrivateFormatter(**{"fmt": settings.LOGGING["formatters"]["plain"]["format"], "style": "{"})
    for record in caplog.records:
        # What another formatter kept there of the traceback.
        record.exc_text = None
    return "\n".join(formatter.format(record) for record in caplog.records)


def test_every_line_of_the_log_is_formatted_without_people():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "core.logs.PrivateFormatter"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "plain"


def test_a_checked_cards_token_is_not_logged(caplog):
    card = CardFactory()
    forged = card.token[:-8] + "AAAAAAAA"
    with caplog.at_level(logging.INFO):
        assert Client().get(f"/v/{forged}").status_code == 404
    assert "Not Found: /v/" in logged(caplog)
    assert card.token[:40] not in logged(caplog)


def test_a_refused_request_is_one_line_of_the_log(caplog, sign_in):
    registrar = sign_in(Role.REGISTRAR)
    with caplog.at_level(logging.INFO):
        assert registrar.get("/register/retention/").status_code == 403
        assert Client().get("/track/?q=%00").status_code == 400
    assert "Forbidden (Permission denied): /register/retention/" in logged(caplog)
    assert "a NUL character: /track/" in logged(caplog)
    assert "Traceback" not in logged(caplog)


def test_the_row_that_the_database_refused_is_not_logged(caplog):
    person = RegistrantFactory()
    given = "Rkia"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        RegistrantFactory(national_id=person.national_id)
    assert person.national_id in str(refused.value)
    logging.getLogger("django.request").error("Internal Server Error", exc_info=refused.value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        RegistrantFactory(given_name_latin=given, nia=None)
    assert given in str(refused.value)
    logging.getLogger("django.request").error("Internal Server Error", exc_info=refused.value)
    assert "registrant_national_id_once" in logged(caplog)
    assert "registrant_number_goes_with_state" in logged(caplog)
    assert person.national_id not in logged(caplog)
    assert given not in logged(caplog)


def test_the_statement_that_the_database_quotes_is_not_logged(caplog):
    typed = "ZT424242"
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing, %s", [typed])
    assert typed in str(refused.value)
    logging.getLogger("django.request").error("Internal Server Error", exc_info=refused.value)
    assert 'column "nothing" does not exist' in logged(caplog)
    assert typed not in logged(caplog)
