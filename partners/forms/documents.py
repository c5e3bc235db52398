"""A paper that is put with an agreement, an adhesion or an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.images import reencode_document


class DocumentForm(forms.Form):
    """Its name in both languages, and the file, which is saved anew."""

    name_ar = forms.CharField(
        label=_("Name in Arabic"), max_length=200, widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})
    )
    name_fr = forms.CharField(
        label=_("Name in French"), max_length=200, widget=forms.TextInput(attrs={"dir": "ltr", "lang": "fr"})
    )
    scan = forms.FileField(
        label=_("Scan"),
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def clean_scan(self):
        return reencode_document(self.cleaned_data["scan"])

    def arguments(self) -> dict[str, Any]:
        """What `partners.actions.add_document` takes."""
        file, content_type = self.cleaned_data["scan"]
        names = {name: self.cleaned_data[name] for name in ("name_ar", "name_fr")}
        return names | {"file": file, "content_type": content_type}
