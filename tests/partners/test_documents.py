"""Papers of agreements, votes and offers: who opens them, and what is sent in their place."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from core.images import reencode_document
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.models import PartnershipDocument
from tests.factories.core import UserFactory
from tests.factories.partners import AdhesionFactory, AgreementFactory, OfferFactory

pytestmark = pytest.mark.django_db


def pdf(*, script: bool = False) -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if script:
            made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        made.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return out.getvalue()


def status(client, address):
    """The answer's status; its file is read to its end, and so shut again."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def send(client, owner, content, name="paper.pdf", **more):
    address = reverse("partners:document_add", args=[owner._meta.model_name, owner.pk])
    named = {"name_ar": "محضر", "name_fr": "Procès-verbal"} | more
    return client.post(address, named | {"scan": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("factory", [AgreementFactory, AdhesionFactory, OfferFactory])
def test_a_paper_is_saved_anew_and_opened_by_those_who_may(sign_in, factory):
    owner, client = factory(), sign_in(Role.PARTNERSHIP_OFFICER)
    assert send(client, owner, pdf(script=True)).status_code == 302
    paper = PartnershipDocument.objects.get()
    assert paper.owner == owner
    stored = Path(paper.file.path).read_bytes()
    assert b"JavaScript" not in stored
    address = reverse("partners:document", args=[paper.pk])
    statuses = {
        role: status(sign_in(role), address)
        for role in (Role.AUDITOR, Role.REGIONAL_DIRECTOR, Role.REGISTRAR, Role.ARTISAN, Role.PARTNER_ADMIN)
    }
    assert statuses == {
        Role.AUDITOR: 200,
        Role.REGIONAL_DIRECTOR: 200,
        Role.REGISTRAR: 403,
        Role.ARTISAN: 403,
        Role.PARTNER_ADMIN: 403,
    }
    assert [event.action for event in AuditEvent.objects.about(owner)] == ["partners.document.added"]


def test_an_adhesions_paper_is_its_regions(sign_in):
    adhesion = AdhesionFactory(region="01")
    send(sign_in(Role.PARTNERSHIP_OFFICER), adhesion, picture(), "photo.png")
    paper = PartnershipDocument.objects.get()
    assert paper.content_type == "image/jpeg"
    statuses = {
        region: status(
            sign_in(Role.REGIONAL_DIRECTOR, region=region), reverse("partners:document", args=[paper.pk])
        )
        for region in ("01", "11")
    }
    assert statuses == {"01": 200, "11": 404}


def test_a_director_adds_papers_to_the_own_chambers_vote_alone(sign_in):
    director = sign_in(Role.REGIONAL_DIRECTOR, region="11")
    owners = [AdhesionFactory(), AdhesionFactory(region="01"), AgreementFactory(), OfferFactory()]
    assert [send(director, owner, pdf()).status_code for owner in owners] == [302, 404, 404, 404]
    assert PartnershipDocument.objects.get().adhesion == owners[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ" + b"\0" * 100, "agreement.pdf"),
        (b"<svg onload='alert(1)'/>", "picture.png"),
        (b"%PDF-1.7 broken", "broken.pdf"),
        (b"GIF89a" + b"\0" * 50, "moving.gif"),
        (picture()[:60], "cut.png"),
        (b"<html><script>alert(1)</script></html>", "page.html"),
    ],
)
def test_what_is_no_paper_is_refused_in_words_and_nothing_typed_is_lost(sign_in, content, name):
    owner = AgreementFactory()
    response = send(sign_in(Role.PARTNERSHIP_OFFICER), owner, content, name)
    assert list(response.context["form"].errors) == ["scan"]
    assert "Procès-verbal" in response.content.decode()
    assert PartnershipDocument.objects.count() == 0


def test_a_paper_that_is_too_large_is_refused(sign_in, monkeypatch):
    monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 200)
    response = send(sign_in(Role.PARTNERSHIP_OFFICER), AgreementFactory(), pdf())
    assert list(response.context["form"].errors) == ["scan"]


def test_the_name_of_a_paper_does_not_choose_where_it_is_kept(sign_in):
    send(sign_in(Role.PARTNERSHIP_OFFICER), AgreementFactory(), pdf(), "../../../etc/passwd.pdf")
    paper = PartnershipDocument.objects.get()
    assert Path(settings.MEDIA_ROOT) in Path(paper.file.path).resolve().parents
    assert "passwd" not in paper.file.name


def test_a_shown_offers_paper_is_open_to_all_and_shut_in_a_sandbox(client):
    offer, officer = OfferFactory(), UserFactory(roles=[Role.PARTNERSHIP_OFFICER])

    file, content_type = reencode_document(SimpleUploadedFile("a.png", picture()))
    paper = actions.add_document(
        owner=offer, name_ar="ملصق", name_fr="Affiche", file=file, content_type=content_type, by=officer
    )
    response = client.get(reverse("partners:offer_document", args=[paper.pk]))
    b"".join(response.streaming_content)
    assert response.status_code == 200
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    actions.withdraw_offer(offer=offer, reason="x", by=officer)
    assert client.get(reverse("partners:offer_document", args=[paper.pk])).status_code == 404


def test_a_paper_is_removed_with_a_reason_and_its_file(sign_in, django_capture_on_commit_callbacks):
    owner, client = AgreementFactory(), sign_in(Role.PARTNERSHIP_OFFICER)
    send(client, owner, pdf())
    paper = PartnershipDocument.objects.get()
    address, path = reverse("partners:document_remove", args=[paper.pk]), Path(paper.file.path)
    client.post(address, {"reason": " "})
    assert PartnershipDocument.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"reason": "نسخة خاطئة"})
    assert (PartnershipDocument.objects.count(), path.exists()) == (0, False)
    assert client.post(address, {"reason": "x"}).status_code == 404
    event = AuditEvent.objects.about(owner).order_by("-id")[0]
    assert (event.action, event.reason) == ("partners.document.removed", "نسخة خاطئة")


def test_a_paper_belongs_to_one_record():
    adhesion = AdhesionFactory()
    both = {"agreement": adhesion.agreement, "adhesion": adhesion}
    for owner in (both, {}):
        with (
            pytest.raises(IntegrityError, match="partnership_document_one_owner"),
            transaction.atomic(),
        ):
            PartnershipDocument.objects.create(
                name_ar="أ", name_fr="a", content_type="application/pdf", uploaded_by=UserFactory(), **owner
            )
    assert PartnershipDocument.objects.count() == 0
