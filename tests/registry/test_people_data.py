"""Consents, requests about personal data, what is held, and who has read it."""

import io
import json
import re
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from core.templatetags.portal import spoken_phone
from registry.actions import record_reading
from registry.actions.consents import give_consent, withdraw_consent
from registry.actions.data_requests import answer_data_request, ask_about_data
from registry.enums import ConsentPurpose, DataRequestKind, DataRequestState
from registry.held_data import as_json, held_about
from registry.models import Consent, RegisterRules
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RegistrantFactory()


@pytest.fixture
def officer():
    return UserFactory(
        roles=[Role.REGIONAL_DIRECTOR], name_ar="مديرة الاختبار", name_latin="Directrice Essai"
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_consent_is_given_once_and_taken_back_once(person, officer):
    purpose = ConsentPurpose.MESSAGES
    assert give_consent(registrant=person, purpose=purpose, by=officer) == give_consent(
        registrant=person, purpose=purpose, by=officer
    )
    assert person.agrees_to(purpose)
    withdraw_consent(registrant=person, purpose=purpose, by=officer)
    withdraw_consent(registrant=person, purpose=purpose, by=officer)
    assert not person.agrees_to(purpose)
    actions = AuditEvent.objects.about(person).values_list("action", flat=True)
    assert sorted(actions) == ["registry.consent.given", "registry.consent.withdrawn"]


def test_a_consent_given_again_keeps_the_history(person, officer):
    for _time in range(2):
        give_consent(registrant=person, purpose=ConsentPurpose.MESSAGES, by=officer)
        withdraw_consent(registrant=person, purpose=ConsentPurpose.MESSAGES, by=officer)
    assert Consent.objects.filter(registrant=person).count() == 2


def test_the_database_holds_one_consent_in_force(person):
    person.consents.create(purpose=ConsentPurpose.MESSAGES)
    with pytest.raises(IntegrityError, match="consent_one_in_force"), transaction.atomic():
        person.consents.create(purpose=ConsentPurpose.MESSAGES)


def test_a_request_waits_no_longer_than_the_chamber_says(person, officer):
    RegisterRules.objects.create(region_id=person.region_id, days_to_answer_access=7)
    asked = ask_about_data(registrant=person, kind=DataRequestKind.ACCESS, words="", by=officer)
    assert asked.due_on == timezone.localdate() + timedelta(days=7)
    assert asked == ask_about_data(registrant=person, kind=DataRequestKind.ACCESS, words="", by=officer)


@pytest.mark.parametrize("kind", [DataRequestKind.RECTIFICATION, DataRequestKind.OPPOSITION])
def test_a_request_says_what_it_is_about(person, officer, kind, in_english):
    with pytest.raises(ActionRefused, match="Say what is wrong"):
        ask_about_data(registrant=person, kind=kind, words="  ", by=officer)


def test_an_answer_is_given_once(person, officer, in_english):
    asked = ask_about_data(registrant=person, kind=DataRequestKind.ACCESS, words="", by=officer)
    with pytest.raises(ActionRefused, match="in words"):
        answer_data_request(request=asked, refuse=False, answer=" ", by=officer)
    answer_data_request(request=asked, refuse=False, answer="Handed over.", by=officer)
    with pytest.raises(ActionRefused, match="answered already"):
        answer_data_request(request=asked, refuse=True, answer="No.", by=officer)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (DataRequestState.ANSWERED, officer)
    assert AuditEvent.objects.filter(action="registry.data_request.answered").count() == 1


def test_an_answer_without_a_name_is_refused_by_the_database(person):
    asked = person.data_requests.create(kind=DataRequestKind.ACCESS, due_on=timezone.localdate())
    asked.state = DataRequestState.ANSWERED
    with pytest.raises(IntegrityError, match="data_request_answer_is_signed"), transaction.atomic():
        asked.save()


def test_all_that_is_held_is_told(person, officer):
    card = CardFactory(registrant=person)
    give_consent(registrant=person, purpose=ConsentPurpose.MESSAGES, by=officer)
    record_reading(registrant=person, by=officer)
    with override("fr"):
        held = as_json(held_about(person))
    told = json.dumps(held, ensure_ascii=False)
    for value in (person.nia, person.national_id, person.family_name_ar, card.serial):
        assert value in told
    assert spoken_phone(person.phone) in told
    assert {"file", "crafts", "qualifications", "consents", "cards", "readings"} <= set(held)
    # The person learns which office read the file; the name is the auditor's business.
    assert officer.get_full_name() not in json.dumps(held["readings"], ensure_ascii=False)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_file_is_handed_over_as_pdf(person, sign_in, language):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    client.cookies["django_language"] = language
    response = client.post(reverse("registry:data_file", kwargs={"pk": person.pk, "form": "pdf"}))
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert len(pdf.pages) >= 1
    # Words of one line may come out in another order where two directions meet; their characters stay.
    text = text_of(response.content)
    assert {*person.nia.split("-"), person.national_id[2:]} <= set(re.findall(r"\d+", text))
    assert person.national_id[:2] in text
    assert AuditEvent.objects.about(person).filter(action="registry.data.given").count() == 1


def test_the_artisan_takes_away_the_own_data_alone(person, sign_in):
    RegistrantFactory()
    user = UserFactory(roles=[Role.ARTISAN], region=None)
    person.user = user
    person.save()
    client = sign_in(user=user)
    held = client.post(reverse("registry:own_data_file", kwargs={"form": "json"})).json()
    assert person.national_id in json.dumps(held)
    assert client.get(reverse("registry:own_data")).status_code == 200
    assert client.get(reverse("registry:people_data", args=[person.pk])).status_code == 403


def test_the_artisan_sees_who_read_the_file_without_names(person, officer, sign_in):
    record_reading(registrant=person, by=officer)
    user = UserFactory(roles=[Role.ARTISAN], region=None)
    person.user = user
    person.save()
    client = sign_in(user=user)
    client.cookies["django_language"] = "fr"
    page = client.get(reverse("registry:own_data")).content.decode()
    assert "Directeur" in page
    assert officer.get_full_name() not in page


def test_the_auditor_sees_names(person, officer, sign_in):
    record_reading(registrant=person, by=officer)
    page = sign_in(Role.AUDITOR).get(reverse("registry:readings", args=[person.pk])).content.decode()
    assert officer.name_ar in page or officer.name_latin in page


def test_opening_a_document_is_recorded(person, sign_in, settings):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    document = person.documents.create(
        kind="identity",
        content_type="image/jpeg",
        uploaded_by=UserFactory(),
        file=ContentFile(b"x", name="x.jpg"),
    )
    sign_in(Role.REGISTRAR).get(reverse("registry:document", args=[document.pk]))
    assert AuditEvent.objects.about(person).filter(action="registry.document.read").count() == 1


@pytest.mark.parametrize(("role", "whole"), [(Role.REGISTRAR, True), (Role.CARD_OFFICER, False)])
def test_identity_numbers_are_whole_for_those_who_need_them(person, sign_in, role, whole):
    page = sign_in(role).get(reverse("registry:detail", args=[person.pk])).content.decode()
    assert (person.national_id in page) == whole
    assert person.national_id[-2:] in page


def test_consents_are_set_together(person, sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    address = reverse("registry:consents", args=[person.pk])
    client.post(address, {"purposes": ["messages", "publication"]})
    client.post(address, {"purposes": ["publication"]})
    assert not person.agrees_to(ConsentPurpose.MESSAGES)
    assert person.agrees_to(ConsentPurpose.PUBLICATION)


def test_a_form_with_an_error_keeps_what_was_typed(person, sign_in):
    response = sign_in(Role.REGIONAL_DIRECTOR).post(
        reverse("registry:people_data", args=[person.pk]), {"kind": "rectification", "words": ""}
    )
    assert response.context["form"].errors["words"]
    assert response.context["form"]["kind"].value() == "rectification"


def test_the_queue_asks_the_same_number_of_questions(sign_in, django_assert_max_num_queries):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    address = reverse("registry:data_requests")

    def ask(n):
        for _time in range(n):
            RegistrantFactory().data_requests.create(kind="access", due_on=timezone.localdate())

    ask(1)
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    ask(3)
    with django_assert_max_num_queries(20) as four:
        client.get(address)
    assert len(one) == len(four)
