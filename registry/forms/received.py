"""What a person says in a proceeding, with the scans of what they bring."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import pending_uploads
from core.arabic import clean
from core.images import reencode_document
from core.models import User
from registry.actions import ScannedDocument
from registry.enums import DocumentKind

MOST_DOCUMENTS = 10


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Scans, as many as one brings, each saved anew by us; those that passed stand in `passed`."""

    widget = ManyFilesInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # A form's own copy of the field gets a list of its own in `clean`.
        self.passed: Sequence[ScannedDocument] = ()
        self.widget.attrs.update({"multiple": True, "accept": "image/jpeg,image/png,application/pdf"})

    def clean(self, data, initial=None):
        self.passed = passed = []
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_DOCUMENTS:
            raise _too_many()
        wrong = []
        for upload in uploads:
            try:
                scan = reencode_document(super().clean(upload, initial))
            except ValidationError as error:
                wrong += _of_file(upload.name, error) if len(uploads) > 1 else [error]
            else:
                passed.append(ScannedDocument(DocumentKind.OTHER, scan.content, scan.content_type))
        if wrong:
            raise ValidationError(wrong)
        return passed


class ReceivedForm(forms.Form):
    """What the person says to a notice or against a decision, on paper or at the counter.

    A scan that passed is kept while something else is mended: `kept` holds its keys.
    """

    received_on = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    text = forms.CharField(
        label=_("What the person says"),
        required=False,
        max_length=8000,
        help_text=_(
            "In their own words, or what their letter says; it may be left out when a document says it."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    documents = ScansField(
        label=_("Documents that they bring"),
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at the most; several may be chosen at once."),
    )
    kept = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.scans: list[ScannedDocument] = []
        self.fields["received_on"].initial = timezone.localdate

    def clean(self):
        cleaned = super().clean()
        keys = cleaned.pop("kept", "").split()
        kept = [pending_uploads.fetch(user_id=self.user.pk, key=key) for key in keys[:MOST_DOCUMENTS]]
        self.scans = [ScannedDocument(DocumentKind.OTHER, *found) for found in kept if found]
        self.scans += self.fields["documents"].passed
        if len(self.scans) > MOST_DOCUMENTS:
            self.add_error("documents", _too_many())
        cleaned["documents"] = self.scans
        said = clean(cleaned.get("text") or "") or self.scans
        if not said and not {"text", "documents"} & self.errors.keys():
            self.add_error("text", _("Write what the person says, or add what they brought."))
        return cleaned

    def keep_uploads(self) -> None:
        """Keep what passed its check, for the form that goes back to the reader."""
        self.data = self.data.copy()
        self.data["kept"] = " ".join(
            pending_uploads.keep(user_id=self.user.pk, content=scan.content, content_type=scan.content_type)
            for scan in self.scans[:MOST_DOCUMENTS]
        )


def _too_many() -> ValidationError:
    return ValidationError(
        _("At most %(most)s documents at a time."), code="too_many", params={"most": MOST_DOCUMENTS}
    )


def _of_file(name: str, error: ValidationError) -> list[ValidationError]:
    """What is wrong, with the name by which the sender knows the file."""
    shown = f"\u2068{name}\u2069"
    return [
        ValidationError("%(file)s — %(why)s", code="file", params={"file": shown, "why": message})
        for message in error.messages
    ]
