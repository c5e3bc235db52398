"""Scans in a file: added at any time, looked at in the page, removed with a reason."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import actions
from registry.enums import Flag
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory
from tests.registry.records.applications import empty_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(sign_in):
    return sign_in(Role.REGISTRAR)


@pytest.fixture
def person():
    return RegistrantFactory()


def add(client, person, content: bytes, kind: str = "other"):
    scan = SimpleUploadedFile("scan", content)
    return client.post(f"/register/{person.pk}/documents/add/", {"kind": kind, "scan": scan})


def test_a_pdf_is_shown_page_by_page_as_pictures(registrar, person):
    add(registrar, person, empty_pdf(pages=3))
    document = person.documents.get()
    page = registrar.get(f"/register/documents/{document.pk}/view/").content.decode()
    assert page.count('class="scan-page"') == 3
    answer = registrar.get(f"/register/documents/{document.pk}/pages/3/")
    assert Image.open(BytesIO(answer.content)).width == 1200
    assert answer["Cache-Control"] == "private, no-store"
    assert registrar.get(f"/register/documents/{document.pk}/pages/4/").status_code == 404
    assert AuditEvent.objects.filter(action="registry.document.read").count() == 1


def test_another_region_sees_neither_page_nor_picture(registrar, sign_in, person):
    add(registrar, person, empty_pdf())
    document = person.documents.get()
    stranger = sign_in(user=UserFactory(region="12"))
    for path in ("", "view/", "pages/1/"):
        assert stranger.get(f"/register/documents/{document.pk}/{path}").status_code == 404
    assert stranger.post(f"/register/documents/{document.pk}/remove/", {"reason": "x"}).status_code == 404


def test_what_is_no_scan_is_told_beside_the_field(registrar, person):
    response = add(registrar, person, b"<svg/>")
    assert "scan" in response.context["form"].errors
    assert not person.documents.exists()


def test_removing_needs_a_reason_and_stays_in_the_history(
    registrar, person, django_capture_on_commit_callbacks
):
    add(registrar, person, empty_pdf(), kind="identity")
    document = person.documents.get()
    stored = document.file
    with pytest.raises(ActionRefused):
        actions.remove_document(document=document, reason=" ", by=registrar.user)
    with django_capture_on_commit_callbacks(execute=True):
        registrar.post(f"/register/documents/{document.pk}/remove/", {"reason": "وثيقة شخص آخر"})
    person.refresh_from_db()
    assert not person.documents.exists()
    assert not stored.storage.exists(stored.name)
    assert Flag.DOCUMENT_MISSING in person.flags
    event = AuditEvent.objects.about(person).get(action="registry.document.removed")
    assert (event.reason, event.before) == ("وثيقة شخص آخر", {"kind": "identity"})
    with pytest.raises(ActionRefused):
        actions.remove_document(document=document, reason="x", by=registrar.user)


def test_scans_open_for_those_alone_who_see_identity_numbers(registrar, person, sign_in):
    add(registrar, person, empty_pdf(1))
    document = person.documents.get()
    for role in (Role.CARD_OFFICER, Role.AUDITOR):
        reader = sign_in(role)
        for path in ("", "view/", "pages/1/"):
            assert reader.get(f"/register/documents/{document.pk}/{path}").status_code == 403
        content = reader.get(f"/register/{person.pk}/").content.decode()
        assert f"/register/documents/{document.pk}/" not in content
        assert document.get_kind_display() in content
