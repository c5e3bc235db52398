"""An application followed from any telephone: what is said, to whom, how often, and what the log keeps."""

import logging

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from core.roles import Role
from registry.enums import ApplicationState
from registry.numbers import new_tracking_number, normalise_tracking_number
from registry.views.tracking import EVERYBODY, LOOKS, MISSES
from tests.core.test_requests import logged
from tests.factories.registry import ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    person = RegistrantFactory(
        candidate=True,
        given_name_ar="المستورة",
        given_name_latin="Mastoura",
        national_id="ZT424242",
        phone="+212661234567",
        address="زنقة مستورة",
    )
    return ApplicationFactory(registrant=person)


def follow(number: str, **headers):
    return Client().get(f"/T/{number}", **headers)


@pytest.mark.parametrize("state", [ApplicationState.SUBMITTED, ApplicationState.TO_CORRECT])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_it_says_how_far_and_nothing_of_the_person(application, state, language):
    application = ApplicationFactory(registrant__candidate=True, state=state)
    page = Client().get(f"/T/{application.tracking_number}?lang={language}")
    body = page.content.decode()
    person = application.registrant
    assert page.status_code == 200
    assert f'lang="{language}"' in body
    for secret in (person.family_name_ar, person.family_name_latin, person.national_id, person.phone[-8:]):
        assert secret not in body
    if state == ApplicationState.TO_CORRECT:
        assert application.decision_reason not in body
        assert application.ground.name in body or language != "ar"


def test_what_is_missing_is_named(application):
    body = Client().get(f"/T/{application.tracking_number}?lang=fr").content.decode()
    assert "Carte d" in body
    assert "Mastoura" not in body


@pytest.mark.parametrize("change", [str.lower, lambda n: n.replace("-", ""), lambda n: n.replace("-", " ")])
def test_a_number_is_read_however_it_is_typed(application, change):
    typed = change(application.tracking_number)
    answer = Client().get("/track/", {"q": typed}, follow=True)
    assert application.tracking_number in answer.content.decode()
    number = new_tracking_number()
    assert normalise_tracking_number(change(number)) == number


def test_an_unknown_number_is_told_and_trying_many_is_stopped(application):
    for _ in range(MISSES.most):
        assert follow("AAAA-AAAA-AA").status_code == 404
    stopped = follow(application.tracking_number)
    assert (stopped.status_code, stopped.templates) == (429, stopped.templates)
    assert follow(application.tracking_number, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_one_address_and_everybody_together_have_a_limit(application, monkeypatch):
    monkeypatch.setattr("registry.views.tracking.LOOKS", LOOKS.__class__("looks-test", 2))
    statuses = [follow(application.tracking_number).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    monkeypatch.setattr("registry.views.tracking.LOOKS", LOOKS)
    monkeypatch.setattr(
        "registry.views.tracking.EVERYBODY", EVERYBODY.__class__("all-test", 2, everybody=True)
    )
    statuses = [follow(application.tracking_number, REMOTE_ADDR=f"10.0.1.{n}").status_code for n in range(3)]
    assert statuses == [200, 200, 429]


def test_the_number_is_not_logged(caplog):
    with caplog.at_level(logging.INFO):
        follow("K7Q2-9XWD-3M")
    assert "Not Found: /T/" in logged(caplog)
    assert "9XWD" not in logged(caplog)


def test_no_copy_is_kept_and_no_engine_reads_it(application):
    answer = follow(application.tracking_number)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert not answer.cookies


@pytest.mark.parametrize(("language", "word"), [("ar", "وصل"), ("fr", "Récépissé")])
def test_the_receipt_carries_a_code_that_opens_the_tracking_page(application, sign_in, language, word):
    registrar = sign_in(Role.REGISTRAR)
    registrar.cookies["django_language"] = language
    answer = registrar.get(f"/register/applications/{application.pk}/receipt/")
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as pdf:
        assert len(pdf) == 1
        picture = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    codes = [code.text for code in zxingcpp.read_barcodes(picture)]
    assert codes == [f"http://testserver/T/{application.tracking_number}"]
    assert Client().get(codes[0].removeprefix("http://testserver")).status_code == 200


def test_a_draft_has_no_receipt(sign_in):
    draft = ApplicationFactory(
        registrant=RegistrantFactory(candidate=True), state=ApplicationState.DRAFT, submitted_at=None
    )
    assert sign_in(Role.REGISTRAR).get(f"/register/applications/{draft.pk}/receipt/").status_code == 404
