"""What a registrar entered, as the actions take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from registry.enums import DocumentKind
from registry.models import Craft
from registry.models.registrant import NAME_FIELDS

PERSONAL_FIELDS = (
    "kind",
    *NAME_FIELDS,
    "gender",
    "birth_date",
    "national_id",
    "phone",
    "email",
    "commune",
    "address",
    "supervisor",
)


@dataclass(frozen=True)
class ScannedDocument:
    """A document saved anew by `core.images`: what it proves and its content."""

    kind: DocumentKind
    content: ContentFile
    content_type: str


@dataclass(frozen=True)
class ApplicationData:
    """What a registrar entered, checked by the form.

    `fields` are values of PERSONAL_FIELDS; the first craft is the principal. `photograph` and `documents`
    are None and empty when nothing new was sent.
    """

    fields: dict[str, Any]
    crafts: Sequence[Craft]
    qualification_kind: str
    qualification_title: str
    years_of_exercise: int | None
    consent: bool
    photograph: ContentFile | None = None
    documents: Sequence[ScannedDocument] = ()
