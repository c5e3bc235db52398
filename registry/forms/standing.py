"""The steps of a suspension or a striking off, each on its own page."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, clean_lines
from core.images import reencode_document
from registry.actions import ScannedDocument
from registry.enums import DocumentKind, GroundProcedure
from registry.fields import GroundField

MOST_DOCUMENTS = 10


class ReasonField(forms.CharField):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Statement of reasons"))
        kwargs.setdefault("help_text", _("In full sentences: the person reads it in the letter."))
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)

    def to_python(self, value):
        return clean_lines(super().to_python(value))


class GroundedForm(forms.Form):
    """A ground of the chamber's list for one procedure, and the reason in words."""

    ground = GroundField(required=True)
    reason = ReasonField()

    def __init__(self, *args, region_id: str, procedure: GroundProcedure, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].load(region_id, procedure)


class ProceedingDecisionForm(GroundedForm):
    """Against the person, on a ground; or none, for a reason alone."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    field_order = ("outcome", "ground", "reason")

    def __init__(self, *args, against: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            ("against", against),
            ("drop", _("Close the proceeding without a decision against the person")),
        ]
        self.fields["ground"].required = False
        self.fields["ground"].help_text = _("Needed for a decision against the person.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == "against" and "ground" not in self.errors and not cleaned.get("ground"):
            self.add_error("ground", _("Choose a ground of the chamber's list."))
        return cleaned


class AppealDecisionForm(GroundedForm):
    outcome = forms.ChoiceField(
        label=_("Decision on the appeal"),
        choices=[
            ("uphold", _("Uphold the appeal: the person stands on the register again")),
            ("reject", _("Reject the appeal: the decision stands")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "ground", "reason")


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Scans, as many as one brings; each is saved anew by us. Gives what the actions take."""

    widget = ManyFilesInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.update({"multiple": True, "accept": "image/jpeg,image/png,application/pdf"})

    def clean(self, data, initial=None):
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_DOCUMENTS:
            raise forms.ValidationError(
                _("At most %(most)s documents at a time."),
                code="too_many",
                params={"most": MOST_DOCUMENTS},
            )
        scans = [reencode_document(super(ScansField, self).clean(upload, initial)) for upload in uploads]
        return [ScannedDocument(DocumentKind.OTHER, scan.content, scan.content_type) for scan in scans]


class ReceivedForm(forms.Form):
    """What the person says to a notice or against a decision, on paper or at the counter."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate

    def clean(self):
        cleaned = super().clean()
        said = clean(cleaned.get("text") or "") or cleaned.get("documents")
        if not said and not {"text", "documents"} & self.errors.keys():
            self.add_error("text", _("Write what the person says, or add what they brought."))
        return cleaned
