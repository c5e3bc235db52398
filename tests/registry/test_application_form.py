"""The application at the counter: what is asked, what is refused, and that nothing typed is lost."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from core.models import AuditEvent
from core.roles import Role
from registry.enums import ApplicationState
from registry.models import Application, Craft, Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory, portrait_bytes

pytestmark = pytest.mark.django_db
NEW = "/register/new/"


def portrait(size=(600, 800)) -> SimpleUploadedFile:
    return SimpleUploadedFile("portrait.jpg", portrait_bytes(size), content_type="image/jpeg")


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
        "qualification_kind": "attestation",
        "qualification_title": "جمعية تجريبية",
        "years_of_exercise": "5",
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
        assert picture.size == (600, 800)
        assert not picture.getexif()


def test_a_draft_may_lack_photograph_and_consent(registrar):
    sent = answers(step="save")
    del sent["photograph"], sent["consent"]
    registrar.post(NEW, sent)
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_submitting_without_consent_keeps_the_draft_and_says_what_is_missing(registrar):
    sent = answers()
    del sent["consent"]
    response = registrar.post(NEW, sent, follow=True)
    assert Application.objects.get().state == ApplicationState.DRAFT
    assert len(response.context["missing"]) == 1


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
        ("years_of_exercise", "2"),
        ("years_of_exercise", "-1"),
        ("years_of_exercise", ""),
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
    response = registrar.post(NEW, answers(kind=kind, years_of_exercise=years))
    assert (response.status_code == 200) is refused


def test_a_master_artisan_needs_an_attestation(registrar):
    response = registrar.post(NEW, answers(kind="master_artisan", qualification_kind="diploma"))
    assert "qualification_kind" in response.context["form"].errors


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
    response = registrar.post(NEW, answers(phone="bad"))
    key = response.context["form"].data["photograph_key"]
    sent = answers(photograph_key=key)
    del sent["photograph"]
    registrar.post(NEW, sent)
    assert Registrant.objects.get().photograph


def test_somebody_elses_kept_photograph_cannot_be_taken(registrar, sign_in):
    key = registrar.post(NEW, answers(phone="bad")).context["form"].data["photograph_key"]
    other = sign_in(Role.REGISTRAR)
    sent = answers(photograph_key=key, step="save")
    del sent["photograph"]
    other.post(NEW, sent)
    assert not Registrant.objects.get().photograph


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
    registrar.post(NEW, answers(identity_scan=scan))
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


def test_a_double_click_enters_the_person_once_and_leads_to_the_file(registrar):
    registrar.post(NEW, answers())
    second = registrar.post(NEW, answers())
    registrant = Registrant.objects.get()
    assert second.status_code == 302
    assert second.url == f"/register/{registrant.pk}/"


def test_going_on_with_a_draft_keeps_what_was_entered(registrar):
    registrar.post(NEW, answers(step="save"))
    application = Application.objects.get()
    address = f"/register/applications/{application.pk}/"
    form = registrar.get(address).context["form"]
    assert form["family_name_latin"].value() == "Tajribia"
    assert form["province"].value() == "11.321"
    registrar.post(address, answers(address="حي تجريبي", version=form["version"].value()))
    application.refresh_from_db()
    assert application.registrant.address == "حي تجريبي"
    assert application.state == ApplicationState.SUBMITTED


def test_a_stale_form_is_refused_and_keeps_what_was_typed(registrar):
    registrar.post(NEW, answers(step="save"))
    application = Application.objects.get()
    address = f"/register/applications/{application.pk}/"
    registrar.post(address, answers(step="save", address="أول", version=1))
    response = registrar.post(address, answers(step="save", address="ثان", version=1))
    application.registrant.refresh_from_db()
    assert application.registrant.address == "أول"
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


def test_the_address_holds_the_lists_state(registrar):
    RegistrantFactory(family_name_latin="Zeroual", given_name_latin="Omar")
    RegistrantFactory()
    page = registrar.get("/register/?q=zeroual&state=registered&kind=artisan")
    assert [person.family_name_latin for person in page.context["page"]] == ["Zeroual"]
    assert len(page.context["chips"]) == 3
    assert all("zeroual" in chip["url"] for chip in page.context["chips"][1:])


def test_a_filter_that_means_nothing_filters_nothing(registrar):
    RegistrantFactory()
    page = registrar.get("/register/?state=nonsense&province=99&craft=abc&page=999")
    assert page.status_code == 200
    assert len(page.context["page"].object_list) == 1


@pytest.mark.parametrize(
    "address", ["/register/", "/register/applications/", "/register/applications/?state=draft", "/"]
)
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(registrar, address):
    def rows(count):
        for _ in range(count):
            ApplicationFactory(registrant=RegistrantFactory(candidate=True))
            ApplicationFactory(registrant=RegistrantFactory(candidate=True), state=ApplicationState.DRAFT)

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
