"""The counter, the queues, documents and the public tracking page."""

from io import BytesIO
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile

from registry.models import DraftUpload
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.registry import DraftFactory, drawn_portrait

ADDRESSES: dict[str, Address] = {
    "registry:draft": Address(lambda r: {"key": r["counter_draft"].key}, regional=True),
    "registry:draft_discard": Address(lambda r: {"key": r["counter_draft"].key}, regional=True),
    "registry:draft_photograph": Address(lambda r: {"key": r["counter_draft"].key}, regional=True),
    "registry:take_next": Address(),
    "registry:submitted": of("application"),
    "registry:receipt": of("application"),
    "registry:assign": of("application"),
    "registry:comment": of("application"),
    "registry:document_add": of("registrant"),
    "registry:document_view": of("pdf_document"),
    "registry:document_page": of("pdf_document", number=1),
    "registry:document_remove": of("pdf_document"),
    "tracking:follow": Address(lambda r: {"number": r["application"].tracking_number}),
    "tracking:form": Address(),
}


def empty_pdf(pages: int = 1) -> bytes:
    """A PDF of white A4 pages."""
    with pypdfium2.PdfDocument.new() as document:
        for _page in range(pages):
            document.new_page(595, 842)
        out = BytesIO()
        document.save(out)
        return out.getvalue()


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A draft with a photograph, and a PDF in the file of the registrant."""
    registrar = UserFactory(region=records["region"])
    draft = DraftFactory(entered_by=registrar)
    DraftUpload.objects.create(
        draft=draft,
        slot=DraftUpload.PHOTOGRAPH,
        file=ContentFile(drawn_portrait(), name="portrait.jpg"),
        content_type="image/jpeg",
        findings=["blurred"],
    )
    document = records["registrant"].documents.create(
        kind="qualification",
        content_type="application/pdf",
        uploaded_by=registrar,
        file=ContentFile(empty_pdf(), name="x.pdf"),
    )
    records["application"].comments.create(author=registrar, text="كلمة بين الزملاء")
    return {"counter_draft": draft, "pdf_document": document}
