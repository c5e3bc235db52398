"""Files that come with a request of the register."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from core import uploads
from core.images import reencode_document
from core.uploads import ProofField
from registry.actions import ScannedDocument
from registry.enums import DocumentKind


class UploadsForm(uploads.UploadsForm):
    """A request with scans, each given to the action as the kind of document that it is."""

    def scan(self, name: str, kind: DocumentKind) -> list[ScannedDocument]:
        return [ScannedDocument(kind, *self.uploads[name])] if name in self.uploads else []


class ProvenForm(UploadsForm):
    """A request with one scan that proves it."""

    saved_anew: ClassVar = {"proof": reencode_document}

    proof = ProofField(label=_("Document that proves it"))
