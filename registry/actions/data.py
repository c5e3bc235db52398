"""What a registrar entered, as the actions take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from registry.enums import DocumentKind
from registry.models import Craft, Registrant
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
class QualificationData:
    """A diploma, or an attestation of so many years of exercise."""

    kind: str
    title: str
    years_of_exercise: int | None = None


@dataclass(frozen=True)
class MemberData:
    """A member of a cooperative; `registrant` where they are on the register themselves."""

    name_ar: str
    name_latin: str
    national_id: str
    role: str
    registrant: Registrant | None = None


@dataclass(frozen=True)
class ApplicationData:
    """What a registrar entered, checked by the form.

    `fields` are values of PERSONAL_FIELDS; the first craft is the principal. `photograph` and `documents`
    are None and empty when nothing new was sent; `photograph_findings` is what the machine said against the
    new photograph, which the registrar accepted by eye.
    """

    fields: dict[str, Any]
    crafts: Sequence[Craft]
    qualifications: Sequence[QualificationData]
    consent: bool
    photograph: ContentFile | None = None
    photograph_findings: Sequence[str] = ()
    documents: Sequence[ScannedDocument] = ()
    members: Sequence[MemberData] = ()
