"""What is typed of a partner itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from core.validators import normalise_phone
from partners.actions.partners import FIELDS
from partners.models import Partner


class PartnerForm(forms.ModelForm):
    """Nothing of it need be known but the names."""

    class Meta:
        model = Partner
        fields = ["name_ar", "name_fr", "parent", "domains", "website", "phone", "email"]
        labels = {"parent": _("Group"), "domains": _("Domains")}
        help_texts = {
            "parent": _("Left empty: the partner belongs to no group."),
            "phone": _("A Moroccan number; readers see it."),
        }
        widgets = {
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "name_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "domains": forms.CheckboxSelectMultiple,
            "website": forms.URLInput(attrs={"dir": "ltr"}),
            "phone": forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
            "email": forms.EmailInput(attrs={"dir": "ltr"}),
        }

    version = forms.IntegerField(widget=forms.HiddenInput)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = Partner.objects.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = groups
        self.fields["version"].initial = self.instance.version
        if not self.instance.pk:
            del self.fields["version"]

    def clean_phone(self) -> str:
        typed = clean(self.cleaned_data["phone"])
        return normalise_phone(typed) if typed else ""

    def arguments(self) -> dict[str, Any]:
        """What `partners.actions.save_partner` takes beside the partner."""
        sent = self.cleaned_data
        parent = sent["parent"]
        values = {name: sent[name] for name in FIELDS if name != "parent_id"}
        return {
            "values": values | {"parent_id": parent.pk if parent else None},
            "domains": sorted(domain.pk for domain in sent["domains"]),
            "version": sent.get("version"),
        }
