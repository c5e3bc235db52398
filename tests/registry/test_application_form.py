"""The application at the counter: what is asked, what is refused, and that nothing typed is lost."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from core.models import AuditEvent
from core.roles import Role
from registry.enums import ApplicationState
from registry.models import Application, ApplicationDraft, Craft, Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import (
    ApplicationFactory,
    DraftFactory,
    RegistrantFactory,
    drawn_portrait,
    portrait_bytes,
)

pytestmark = pytest.mark.django_db
NEW = "/register/new/"


def portrait() -> SimpleUploadedFile:
    return SimpleUploadedFile("portrait.jpg", drawn_portrait(), content_type="image/jpeg")


def answers(**changes) -> dict:
    craft = Craft.objects.current().first()
    return {
        "kind": "artisan",
        "national_id": "zt 424242",
        "given_name_ar": "فاطمة",
        "family_name_ar": "التجريبية",
        "given_name_latin": "Fatima",
        "family_name_latin": "Tajribia",
        "gender": "female",
        "birth_date": "1985-03-02",
        "phone": "06 61 23 45 67",
        "province": "11.321",
        "commune": "11.321.01.03",
        "principal_craft": craft.pk,
        "crafts-TOTAL_FORMS": "0",
        "crafts-INITIAL_FORMS": "0",
        "qualifications-TOTAL_FORMS": "1",
        "qualifications-INITIAL_FORMS": "0",
        "qualifications-0-kind": "attestation",
        "qualifications-0-title": "جمعية تجريبية",
        "qualifications-0-years_of_exercise": "5",
        "members-TOTAL_FORMS": "0",
        "members-INITIAL_FORMS": "0",
        "photograph": portrait(),
        "consent": "on",
        "step": "submit",
    } | changes


@pytest.fixture
def registrar(sign_in):
    return sign_in(Role.REGISTRAR)


def test_a_complete_form_is_entered_and_submitted(registrar):
    response = registrar.post(NEW, answers(), follow=True)
    application = Application.objects.get()
    assert application.state == ApplicationState.SUBMITTED
    assert application.tracking_number in response.content.decode()
    registrant = application.registrant
    assert (registrant.national_id, registrant.phone) == ("ZT424242", "+212661234567")
    with registrant.photograph.open() as stored, Image.open(stored) as picture:
        assert picture.size == (300, 400)
        assert not picture.getexif()


def test_a_draft_may_lack_everything_but_what_was_typed(registrar):
    response = registrar.post(NEW, {"national_id": "zt 4242", "step": "save"})
    draft = ApplicationDraft.objects.get()
    assert response.url == f"/register/drafts/{draft.key}/"
    assert draft.values["fields"] == {"national_id": "zt 4242"}
    assert registrar.get(response.url).context["form"]["national_id"].value() == "zt 4242"
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize("field", ["consent", "photograph"])
def test_what_a_draft_may_lack_an_application_may_not(registrar, field):
    sent = answers()
    del sent[field]
    response = registrar.post(NEW, sent)
    assert field in response.context["form"].errors
    assert ApplicationDraft.objects.get().values["fields"]["family_name_latin"] == "Tajribia"
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("national_id", "123456"),
        ("national_id", "ABC1234"),
        ("national_id", "AB12345678"),
        ("birth_date", (date.today() + timedelta(days=1)).isoformat()),
        ("birth_date", "1850-01-01"),
        ("birth_date", "31/02/1990"),
        ("phone", "0561"),
        ("phone", "+33612345678"),
        ("given_name_ar", "Fatima"),
        ("given_name_latin", "فاطمة"),
        ("family_name_latin", "<b>x</b>"),
        ("family_name_ar", "فاطمة 2"),
        ("gender", "other"),
        ("kind", "minister"),
        ("province", "12.066"),
        ("commune", "12.066.03.07"),
        ("commune", "x"),
        ("principal_craft", "999999"),
        ("email", "not an address"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_loses_nothing(registrar, field, typed):
    response = registrar.post(NEW, answers(**{field: typed}))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert Registrant.objects.count() == 0
    page = response.content.decode()
    assert 'value="Tajribia"' in page or field == "family_name_latin"
    assert f'id="id_{field}_error"' in page


@pytest.mark.parametrize(
    ("years", "kind", "refused"),
    [
        ("9", "master_artisan", True),
        ("10", "master_artisan", False),
        ("2", "artisan", True),
        ("3", "artisan", False),
    ],
)
def test_the_years_that_each_kind_needs(registrar, years, kind, refused):
    response = registrar.post(NEW, answers(kind=kind, **{"qualifications-0-years_of_exercise": years}))
    assert (response.status_code == 200) is refused


@pytest.mark.parametrize("years", ["2", "-1", ""])
def test_years_that_do_not_do_are_told_beside_their_field(registrar, years):
    response = registrar.post(NEW, answers(**{"qualifications-0-years_of_exercise": years}))
    assert 'id="id_qualifications-0-years_of_exercise_error"' in response.content.decode()
    assert Registrant.objects.count() == 0


def test_a_master_artisan_needs_an_attestation(registrar):
    response = registrar.post(NEW, answers(kind="master_artisan", **{"qualifications-0-kind": "diploma"}))
    assert response.context["form"].errors["__all__"]
    assert Registrant.objects.count() == 0


def test_of_several_proofs_one_that_meets_the_condition_is_enough(registrar):
    more = {
        "qualifications-TOTAL_FORMS": "3",
        "qualifications-1-kind": "diploma",
        "qualifications-1-title": "دبلوم تجريبي",
        "qualifications-0-years_of_exercise": "1",
    }
    registrar.post(NEW, answers(**more))
    assert Registrant.objects.get().qualifications.count() == 2


def test_an_organisation_needs_its_names_and_an_enterprise_its_supervisor(registrar):
    response = registrar.post(NEW, answers(kind="enterprise"))
    assert {"organisation_name_ar", "organisation_name_latin", "supervisor"} <= set(
        response.context["form"].errors
    )
    supervisor = RegistrantFactory()
    names = {"organisation_name_ar": "مقاولة 12", "organisation_name_latin": "Atelier 12"}
    registrar.post(NEW, answers(kind="enterprise", supervisor=supervisor.nia, **names))
    assert Registrant.objects.get(kind="enterprise").supervisor == supervisor


def test_an_unregistered_supervisor_is_refused(registrar):
    RegistrantFactory(candidate=True, national_id="ZT555555")
    names = {"organisation_name_ar": "مقاولة", "organisation_name_latin": "Atelier"}
    response = registrar.post(NEW, answers(kind="enterprise", supervisor="ZT555555", **names))
    assert "supervisor" in response.context["form"].errors


def test_a_photograph_that_passed_need_not_be_sent_again(registrar):
    registrar.post(NEW, answers(phone="bad"))
    sent = answers()
    del sent["photograph"]
    registrar.post(f"/register/drafts/{ApplicationDraft.objects.get().key}/", sent)
    assert Registrant.objects.get().photograph


def _bytes(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
        portrait_bytes()[:200],
        _bytes(Image.new("RGB", (100, 100)), "PNG"),
        _bytes(Image.new("1", (10_000, 6_100)), "PNG"),
    ],
    ids=["pdf", "svg", "empty", "cut short", "too small", "sixty megapixels"],
)
def test_a_file_that_is_not_a_fit_photograph_is_refused(registrar, content):
    upload = SimpleUploadedFile("portrait.jpg", content, content_type="image/jpeg")
    response = registrar.post(NEW, answers(photograph=upload))
    assert "photograph" in response.context["form"].errors
    assert Registrant.objects.count() == 0


def test_a_scan_is_stored_and_served_to_those_who_may_see_it(registrar, sign_in, settings):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    scan = SimpleUploadedFile("cin.jpg", portrait_bytes((800, 500)), content_type="image/jpeg")
    registrar.post(NEW, answers(scan_identity=scan))
    document = Registrant.objects.get().documents.get()
    address = f"/register/documents/{document.pk}/"
    served = registrar.get(address)
    assert served.headers["X-Accel-Redirect"] == f"/protected/{document.file.name}"
    assert sign_in(user=UserFactory(region="12")).get(address).status_code == 404
    assert sign_in(Role.DESK_AGENT).get(address).status_code == 403


def test_likely_duplicates_are_shown_before_anything_is_saved(registrar):
    known = RegistrantFactory(phone="+212661234567")
    response = registrar.post(NEW, answers())
    assert Registrant.objects.count() == 1
    assert known.name_ar in response.content.decode()
    registrar.post(NEW, answers(duplicates_reviewed="on"))
    assert Registrant.objects.count() == 2


def test_of_a_duplicate_in_another_region_only_the_region_is_told(registrar):
    known = RegistrantFactory(phone="+212661234567", commune="12.066.03.07", family_name_ar="المستور")
    page = registrar.post(NEW, answers()).content.decode()
    assert known.region.name_ar in page
    assert "المستور" not in page
    assert known.national_id not in page


def test_the_same_identity_number_is_refused_without_revealing_another_regions_file(registrar):
    known = RegistrantFactory(national_id="ZT424242", commune="12.066.03.07", family_name_ar="المستور")
    response = registrar.post(NEW, answers())
    assert "national_id" in response.context["form"].errors
    assert f"/register/{known.pk}/" not in response.content.decode()
    assert "المستور" not in response.content.decode()


def test_a_double_click_enters_the_person_once_and_leads_to_the_receipt(registrar):
    address = f"/register/drafts/{uuid4()}/"
    first = registrar.post(address, answers())
    second = registrar.post(address, answers())
    application = Application.objects.get()
    assert first.url == second.url == f"/register/applications/{application.pk}/submitted/"


@pytest.fixture
def sent_back(sign_in):
    """An application that was returned to be corrected."""
    registrant = RegistrantFactory(candidate=True, with_photograph=True, family_name_latin="Tajribia")
    return ApplicationFactory(registrant=registrant, state=ApplicationState.TO_CORRECT)


def correction(application, **changes) -> dict:
    person = application.registrant
    sent = answers(national_id=person.national_id, **changes)
    del sent["photograph"]
    return sent


def test_a_correction_begins_with_what_was_entered(registrar, sent_back):
    address = f"/register/applications/{sent_back.pk}/"
    form = registrar.get(address).context["form"]
    assert form["family_name_latin"].value() == "Tajribia"
    assert form["province"].value() == "11.321"
    registrar.post(address, correction(sent_back, address="حي تجريبي"))
    sent_back.refresh_from_db()
    assert sent_back.registrant.address == "حي تجريبي"
    assert sent_back.state == ApplicationState.SUBMITTED


def test_a_correction_half_done_is_kept_beside_the_file(registrar, sent_back):
    address = f"/register/applications/{sent_back.pk}/"
    registrar.post(address, correction(sent_back, address="أول", step="save"))
    sent_back.registrant.refresh_from_db()
    assert sent_back.registrant.address == ""
    assert registrar.get(address).context["form"]["address"].value() == "أول"
    assert sent_back.drafts.get().entered_by == registrar.user


def test_a_correction_of_a_file_that_changed_meanwhile_is_refused_and_keeps_what_was_typed(
    registrar, sent_back
):
    address = f"/register/applications/{sent_back.pk}/"
    registrar.post(address, correction(sent_back, address="أول", step="save"))
    Registrant.objects.filter(pk=sent_back.registrant_id).update(version=7, address="غيره")
    response = registrar.post(address, correction(sent_back, address="ثان"))
    sent_back.registrant.refresh_from_db()
    assert sent_back.registrant.address == "غيره"
    assert "ثان" in response.content.decode()


def test_deciding(sign_in):
    application = ApplicationFactory(registrant=RegistrantFactory(candidate=True))
    director = sign_in(Role.REGIONAL_DIRECTOR)
    address = f"/register/applications/{application.pk}/decision/"
    assert "reason" in director.post(address, {"decision": "reject"}).context["form"].errors
    assert director.post(address, {"decision": "approve"}).status_code == 302
    again = director.post(address, {"decision": "approve"}, follow=True)
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    assert again.status_code == 200
    assert AuditEvent.objects.filter(action="registry.registrant.registered").count() == 1


def test_reading_a_file_is_recorded(registrar):
    person = RegistrantFactory()
    registrar.get(f"/register/{person.pk}/")
    event = AuditEvent.objects.about(person).get(action="registry.registrant.read")
    assert event.actor_id == str(registrar.user.pk)


@pytest.mark.parametrize(
    "address", ["/register/", "/register/applications/", "/register/applications/?state=draft", "/"]
)
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(registrar, address):
    def rows(count):
        for _ in range(count):
            ApplicationFactory(registrant=RegistrantFactory(candidate=True))
            ApplicationFactory(registrant=RegistrantFactory(candidate=True), state=ApplicationState.DRAFT)
            DraftFactory()

    rows(1)
    registrar.get(address)
    with CaptureQueriesContext(connection) as one:
        registrar.get(address)
    rows(2)
    with CaptureQueriesContext(connection) as three:
        registrar.get(address)
    assert len(three) == len(one)


def test_an_application_in_another_region_does_not_exist(sign_in):
    application = ApplicationFactory(registrant=RegistrantFactory(candidate=True, commune="12.066.03.07"))
    registrar = sign_in(Role.REGISTRAR)
    for path in ("", "decision/"):
        assert registrar.get(f"/register/applications/{application.pk}/{path}").status_code == 404
