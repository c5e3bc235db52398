"""A scan put into a file, and a comment on an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.images import reencode_document
from registry.actions import ScannedDocument
from registry.enums import DocumentKind


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind)
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def clean_scan(self):
        return reencode_document(self.cleaned_data["scan"])

    def data_for_action(self) -> ScannedDocument:
        return ScannedDocument(DocumentKind(self.cleaned_data["kind"]), *self.cleaned_data["scan"])


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment for colleagues"),
        max_length=2000,
        help_text=_("The person concerned does not see it. It cannot be changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
