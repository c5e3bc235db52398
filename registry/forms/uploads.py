"""Files of the application form: checked and saved anew one by one, whatever the rest of the form says."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.images import reencode_document, reencode_portrait
from registry.actions import CheckedFile
from registry.enums import DocumentKind
from registry.models import DraftUpload
from registry.portrait_check import check_portrait

PHOTOGRAPH = DraftUpload.PHOTOGRAPH
CROP = ("crop_left", "crop_top", "crop_width", "crop_height")
_SCAN = "scan_"


def field_of(slot: str) -> str:
    """The form's field for a photograph or a kind of document."""
    return slot if slot == PHOTOGRAPH else f"{_SCAN}{slot}"


def scan_field(document: str) -> forms.FileField:
    """The form's field for a kind of document."""
    return forms.FileField(
        label=DocumentKind(document).label,
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )


def sent_at_once(name: str) -> dict[str, str]:
    """What has a file go to the draft as soon as it is chosen, and the page say what became of it."""
    more = f",{','.join(CROP)}" if name == PHOTOGRAPH else ""
    return {
        "hx-post": "",
        "hx-encoding": "multipart/form-data",
        "hx-trigger": "change delay:200ms, framed delay:800ms",
        "hx-vals": '{"step": "upload"}',
        "hx-params": f"{name},step,csrfmiddlewaretoken{more}",
        "hx-target": f"#state-{name}",
        "hx-select": ".file-state",
        "hx-sync": "this:replace",
    }


def take_files(request: HttpRequest) -> tuple[dict[str, CheckedFile], dict[str, ValidationError]]:
    """The files that passed, by what they are; and what is wrong with the others, by form field."""
    passed, refused = {}, {}
    for slot in (PHOTOGRAPH, *DocumentKind.values):
        field = field_of(slot)
        sent = request.FILES.get(field)
        if sent is None:
            continue
        try:
            passed[slot] = _portrait(sent, request.POST) if slot == PHOTOGRAPH else _scan(sent)
        except ValidationError as error:
            refused[field] = error
    return passed, refused


def _portrait(sent, posted) -> CheckedFile:
    try:
        crop = tuple(float(posted.get(name) or "") for name in CROP)
    except ValueError:
        # Without a script nothing was framed: the server takes the usual part.
        crop = None
    content = reencode_portrait(sent, crop=crop)
    return CheckedFile(content, "image/jpeg", [str(code) for code in check_portrait(content.read())])


def _scan(sent) -> CheckedFile:
    return CheckedFile(*reencode_document(sent))


def content_of(upload: DraftUpload) -> ContentFile:
    """A copy of what the draft keeps, for the file that comes of it."""
    with upload.file.open() as stored:
        return ContentFile(stored.read(), name=upload.file.name.rpartition("/")[2])
