"""Drafts of the counter: kept at every step, resumed by anybody of the region, handed in once."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import actions
from registry.enums import ApplicationState, Flag
from registry.models import Application, ApplicationDraft, Craft, DraftUpload, Member, Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import (
    DraftFactory,
    RegistrantFactory,
    drawn_portrait,
    ground_for,
    portrait_bytes,
)
from tests.registry.test_actions import application_data, in_threads
from tests.registry.test_application_form import answers

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def registrar(sign_in):
    return sign_in(Role.REGISTRAR)


@pytest.fixture
def address():
    return f"/register/drafts/{uuid4()}/"


def picture(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("p.jpg", content or drawn_portrait(), content_type="image/jpeg")


def test_the_form_has_an_address_of_its_own_from_the_start(registrar):
    response = registrar.get("/register/new/")
    assert response.status_code == 302
    assert registrar.get(response.url).status_code == 200
    assert ApplicationDraft.objects.count() == 0


def test_each_step_is_kept_without_leaving_the_page(registrar, address):
    for typed in ({"national_id": "ZT1"}, {"national_id": "ZT12", "given_name_ar": "فاطمة"}):
        response = registrar.post(address, typed | {"step": "autosave"}, headers=HTMX)
        assert 'id="draft-saved"' in response.content.decode()
    draft = ApplicationDraft.objects.get()
    assert draft.values["fields"] == {"national_id": "ZT12", "given_name_ar": "فاطمة"}
    assert draft.version == 2
    assert AuditEvent.objects.about(draft).get().action == "registry.draft.opened"


def test_a_photograph_is_checked_and_kept_as_soon_as_it_is_chosen(registrar, address):
    response = registrar.post(address, {"step": "upload", "photograph": picture()}, headers=HTMX)
    kept = DraftUpload.objects.get()
    assert kept.findings == []
    assert "/photograph/" in response.content.decode()
    blank = picture(portrait_bytes((300, 400)))
    registrar.post(address, {"step": "upload", "photograph": blank}, headers=HTMX)
    assert DraftUpload.objects.get().findings == ["plain"]


def test_a_file_that_is_no_picture_is_told_and_the_kept_one_stays(registrar, address):
    registrar.post(address, {"step": "upload", "photograph": picture()}, headers=HTMX)
    response = registrar.post(address, {"step": "upload", "photograph": picture(b"%PDF-1.4")}, headers=HTMX)
    assert "field-error" in response.content.decode()
    assert DraftUpload.objects.count() == 1


def test_files_alone_do_not_empty_what_was_typed(registrar, address):
    registrar.post(address, {"national_id": "ZT1", "step": "autosave"}, headers=HTMX)
    registrar.post(address, {"step": "upload", "photograph": picture()}, headers=HTMX)
    assert ApplicationDraft.objects.get().values["fields"]["national_id"] == "ZT1"


def noisy() -> SimpleUploadedFile:
    from io import BytesIO

    out = BytesIO()
    Image.effect_noise((300, 400), 90).convert("RGB").save(out, "JPEG")
    return picture(out.getvalue())


def test_a_photograph_without_a_face_is_accepted_by_eye_and_that_is_recorded(registrar, address):
    response = registrar.post(address, answers(photograph=noisy()))
    assert "photograph_accepted" in response.context["form"].errors
    sent = answers(photograph_accepted="on")
    del sent["photograph"]
    registrar.post(address, sent)
    application = Application.objects.get()
    assert "no_face" in application.photograph_findings
    event = AuditEvent.objects.get(action="registry.photograph.accepted_by_eye")
    assert event.after["findings"] == application.photograph_findings


def test_a_plain_picture_cannot_be_accepted(registrar, address):
    blank = picture(portrait_bytes((300, 400)))
    response = registrar.post(address, answers(photograph=blank, photograph_accepted="on"))
    assert "photograph" in response.context["form"].errors
    assert Registrant.objects.count() == 0


def test_a_colleague_goes_on_with_a_draft_and_another_region_does_not_know_it(registrar, sign_in, address):
    registrar.post(address, {"national_id": "ZT1", "step": "save"})
    colleague = sign_in(Role.REGISTRAR)
    assert colleague.get(address).context["form"]["national_id"].value() == "ZT1"
    stranger = sign_in(user=UserFactory(region="12"))
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"national_id": "X", "step": "save"}).status_code == 404


def test_two_people_on_one_draft_do_not_overwrite_each_other(registrar, sign_in, address):
    registrar.post(address, {"national_id": "ZT1", "step": "save"})
    colleague = sign_in(Role.REGISTRAR)
    colleague.post(address, {"national_id": "ZT2", "version": "1", "step": "save"})
    response = registrar.post(address, {"national_id": "ZT3", "version": "1", "step": "save"})
    assert ApplicationDraft.objects.get().values["fields"]["national_id"] == "ZT2"
    assert 'value="ZT3"' in response.content.decode()


def test_rows_are_added_and_taken_away_without_a_script(registrar, address):
    response = registrar.post(address, answers(step="add:qualifications"))
    assert response.url == f"{address}#qualifications"
    form = registrar.get(address).context["form"]
    assert form.qualifications.total_form_count() == 2
    rows = {"qualifications-TOTAL_FORMS": "2", "qualifications-1-title": "دبلوم"}
    registrar.post(address, answers(step="remove:qualifications-0", **rows))
    form = registrar.get(address).context["form"]
    assert [row["title"].value() for row in form.qualifications] == ["دبلوم"]


@pytest.mark.parametrize("step", ["add:nothing", "remove:members-99", "remove:members-x", "add:", "x" * 500])
def test_a_button_that_does_not_exist_only_saves(registrar, address, step):
    assert registrar.post(address, answers(step=step)).status_code == 302
    assert Registrant.objects.count() == 0


ORGANISATION = {"organisation_name_ar": "تعاونية النور", "organisation_name_latin": "Coopérative Annour"}


def test_a_cooperative_has_members_one_of_them_on_the_register(registrar, address):
    artisan = RegistrantFactory()
    members = {
        "members-TOTAL_FORMS": "3",
        "members-0-nia": artisan.nia,
        "members-0-role": "president",
        "members-1-name_ar": "خديجة التجريبية",
        "members-1-national_id": "zt 55",
        "members-1-role": "member",
        "members-2-role": "member",
    }
    response = registrar.post(address, answers(kind="cooperative", **ORGANISATION))
    assert response.context["form"].errors["__all__"]
    registrar.post(address, answers(kind="cooperative", **ORGANISATION, **members))
    first, second = Member.objects.order_by("pk")
    assert (first.registrant, first.name_ar, first.role) == (artisan, artisan.person_name_ar, "president")
    assert (second.registrant, second.national_id) == (None, "ZT55")
    assert Application.objects.get().state == ApplicationState.SUBMITTED


@pytest.mark.parametrize(
    "rows",
    [
        {"members-0-nia": "11-999999-9"},
        {"members-0-name_ar": "اسم"},
        {"members-0-name_ar": "اسم", "members-0-national_id": "ZT1", "members-0-role": "minister"},
    ],
)
def test_a_member_that_is_not_whole_is_told_beside_the_row(registrar, address, rows):
    response = registrar.post(
        address, answers(kind="cooperative", **ORGANISATION, **({"members-TOTAL_FORMS": "1"} | rows))
    )
    assert response.context["form"].members.errors[0]
    assert Registrant.objects.count() == 0


def test_one_member_is_not_entered_twice(registrar, address):
    rows = {"members-TOTAL_FORMS": "2"}
    for index in (0, 1):
        rows |= {f"members-{index}-name_ar": "اسم", f"members-{index}-national_id": "ZT7"}
        rows |= {f"members-{index}-role": "member"}
    response = registrar.post(address, answers(kind="cooperative", **ORGANISATION, **rows))
    assert "national_id" in response.context["form"].members.errors[1]


def further(*crafts) -> dict:
    """The rows of further crafts, as the page sends them."""
    return {"crafts-TOTAL_FORMS": str(len(crafts))} | {
        f"crafts-{index}-craft": craft.pk if craft else "" for index, craft in enumerate(crafts)
    }


def test_as_many_crafts_as_somebody_has_are_entered_and_one_is_principal(registrar, address):
    principal, *others = Craft.objects.current()[:6]
    rows = further(*others[:2], None, *others[2:])
    registrar.post(address, answers(principal_craft=principal.pk, **rows))
    links = Registrant.objects.get().craft_links.order_by("-is_principal", "pk")
    assert [(link.craft, link.is_principal) for link in links] == [
        (principal, True),
        *((craft, False) for craft in others),
    ]


def test_a_row_for_a_craft_is_added_and_taken_away_without_a_script(registrar, address):
    first, second = Craft.objects.current()[1:3]
    response = registrar.post(address, answers(step="add:crafts", **further(first, second)))
    assert response.url == f"{address}#crafts"
    form = registrar.get(address).context["form"]
    assert [row["craft"].value() for row in form.crafts] == [str(first.pk), str(second.pk), None]
    registrar.post(address, answers(step="remove:crafts-0", **further(first, second)))
    assert [row["craft"].value() for row in registrar.get(address).context["form"].crafts] == [str(second.pk)]


@pytest.mark.parametrize("twice", [0, 1])
def test_a_craft_entered_twice_is_told_beside_its_row(registrar, address, twice):
    """The principal one again, or a further one."""
    crafts = Craft.objects.current()[:2]
    rows = further(crafts[1], crafts[twice])
    response = registrar.post(address, answers(principal_craft=crafts[0].pk, **rows))
    form = response.context["form"]
    assert [bool(errors) for errors in form.crafts.errors] == [False, True]
    assert form.crafts.forms[1].errors["craft"].as_data()[0].code == "twice"
    assert not Registrant.objects.exists()


def test_what_is_sent_back_comes_with_all_its_crafts(registrar, address):
    principal, *others = Craft.objects.current()[:5]
    registrar.post(address, answers(principal_craft=principal.pk, **further(*others)))
    application = Application.objects.get()
    Application.objects.update(
        state="to_correct", ground=ground_for("return"), decision_reason="سبب", returned_at=timezone.now()
    )
    form = registrar.get(f"/register/applications/{application.pk}/").context["form"]
    assert [row["craft"].value() for row in form.crafts] == [craft.pk for craft in others]


def test_an_enterprise_keeps_one_craft(registrar, address):
    second = RegistrantFactory().crafts.first()
    supervisor = RegistrantFactory()
    registrar.post(
        address,
        answers(kind="enterprise", supervisor=supervisor.nia, **further(second), **ORGANISATION),
    )
    assert Registrant.objects.get(kind="enterprise").crafts.count() == 1


def test_an_application_without_a_required_document_is_flagged_until_it_comes(registrar, address):
    registrar.post(address, answers())
    person = Registrant.objects.get()
    assert Flag.DOCUMENT_MISSING in person.flags
    for kind in ("identity", "qualification"):
        scan = SimpleUploadedFile("s.jpg", portrait_bytes((800, 500)), content_type="image/jpeg")
        registrar.post(f"/register/{person.pk}/documents/add/", {"kind": kind, "scan": scan})
    person.refresh_from_db()
    assert person.flags == []


def test_a_draft_is_emptied_when_it_is_handed_in_and_a_late_save_does_not_bring_it_back(registrar, address):
    registrar.post(address, answers(scan_identity=picture()))
    draft = ApplicationDraft.objects.get()
    assert (draft.values, draft.uploads.count()) == ({}, 0)
    assert draft.application == Application.objects.get()
    registrar.post(address, {"national_id": "ZT9", "step": "autosave"}, headers=HTMX)
    draft.refresh_from_db()
    assert draft.values == {}


def test_a_discarded_draft_is_gone(registrar):
    draft = DraftFactory(entered_by=registrar.user)
    registrar.post(f"/register/drafts/{draft.key}/discard/")
    draft.refresh_from_db()
    assert draft.closed_at
    assert AuditEvent.objects.about(draft).get().action == "registry.draft.discarded"
    assert registrar.get(f"/register/drafts/{draft.key}/").status_code == 302
    with pytest.raises(ActionRefused):
        actions.discard_draft(draft=draft, by=registrar.user)


def test_drafts_wait_in_the_queue_under_what_was_typed(registrar):
    DraftFactory(entered_by=registrar.user, values={"fields": {"given_name_ar": "سعيدة"}})
    DraftFactory(entered_by=registrar.user, values={})
    page = registrar.get("/register/applications/?state=draft")
    assert "سعيدة" in page.content.decode()
    assert len(page.context["lines"]) == 2


@pytest.mark.django_db(transaction=True)
def test_one_draft_handed_in_by_many_hands_at_once_gives_one_application():
    registrar = UserFactory()
    draft = DraftFactory(entered_by=registrar)
    draft.uploads.create(slot="photograph", file="x.jpg", content_type="image/jpeg")
    from django.core.files.base import ContentFile

    def data():
        from dataclasses import replace

        return replace(application_data(), photograph=ContentFile(drawn_portrait(), name="p.jpg"))

    done = in_threads(4, lambda index: actions.submit_draft(draft=draft, data=data(), by=registrar))
    assert {application.pk for application in done} == {Application.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_the_first_save_sent_many_times_at_once_makes_one_draft():
    registrar, key = UserFactory(), uuid4()
    in_threads(
        4,
        lambda index: actions.save_draft(
            key=key, values={"fields": {}}, files={}, version=None, by=registrar
        ),
    )
    assert ApplicationDraft.objects.get().version == 4
