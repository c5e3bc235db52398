"""What is typed of a partner's places, and the file that brings many of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.arabic import clean
from core.models import Commune, Region
from core.models.territory import options_of
from core.tables.storing import on_disk
from core.templatetags.portal import spoken_phone
from core.validators import normalise_phone
from partners.actions.branches import FIELDS
from partners.branch_files import read_branch_file
from partners.enums import Access
from partners.filters.offers import FilterForm
from partners.models import Branch, Partner
from partners.querysets.branches import BranchQuerySet

_ARABIC, _FRENCH = {"dir": "rtl", "lang": "ar"}, {"dir": "ltr", "lang": "fr"}
_NUMBER = {"dir": "ltr", "inputmode": "decimal", "step": "any"}


class BranchForm(forms.ModelForm):
    class Meta:
        model = Branch
        fields = [name.removesuffix("_id") for name in FIELDS]
        widgets = {
            "code": forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            "name_ar": forms.TextInput(attrs=_ARABIC),
            "name_fr": forms.TextInput(attrs=_FRENCH),
            "address_ar": forms.TextInput(attrs=_ARABIC),
            "address_fr": forms.TextInput(attrs=_FRENCH),
            "phone": forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
            "latitude": forms.NumberInput(attrs=_NUMBER),
            "longitude": forms.NumberInput(attrs=_NUMBER),
        }
        labels = {"is_open": pgettext_lazy("partner", "Open")}
        help_texts = {
            "code": _("Under which the partner itself knows the place; a file is matched by it."),
            "latitude": _("In degrees, such as 27.150000; both or neither."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["phone"] = spoken_phone(self.instance.phone)
        self.fields["commune"].queryset = Commune.objects.select_related("province").order_by(
            "province__code", "code"
        )
        self.fields["commune"].label_from_instance = lambda one: f"{one.name} ({one.province.name})"

    def clean_code(self) -> str:
        return clean(self.cleaned_data["code"])

    def clean_phone(self) -> str:
        typed = clean(self.cleaned_data["phone"])
        return normalise_phone(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if "latitude" in cleaned and "longitude" in cleaned and (latitude is None) != (longitude is None):
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, _("Give both, or leave both empty."))
        for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
            if value is not None and abs(value) > most:
                self.add_error(name, _("There are no such degrees."))
        return cleaned

    def values(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {name: sent["commune"].pk if name == "commune_id" else sent[name] for name in FIELDS}


class BranchFilterForm(FilterForm):
    partner = forms.ModelChoiceField(
        label=_("Partner"), required=False, queryset=Partner.objects.all(), to_field_name="code"
    )
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    access = forms.ChoiceField(
        label=_("Access for disabled people"), required=False, choices=[("", _("All")), *Access.choices]
    )

    def __init__(self, *args, of: Partner | None = None, **kwargs):
        """`of`: the one partner whose places are looked at, so that no other is a choice."""
        super().__init__(*args, **kwargs)
        places = Branch.objects.of_partner(of) if of else Branch.objects.all()
        if of:
            del self.fields["partner"]
        # Only communes that a place is in: the whole country's would be a long list of nothing.
        communes = Commune.objects.filter(pk__in=places.values("commune")).order_by("code")
        self.fields["commune"].choices = [("", _("All")), *options_of(communes)]

    def apply(self, branches: BranchQuerySet) -> BranchQuerySet:
        """Those of `branches` that every filter lets through."""
        self.is_valid()
        wanted = self.cleaned_data
        branches = branches.search(wanted.get("q", ""))
        if partner := wanted.get("partner"):
            branches = branches.of_partner(partner)
        if region := wanted.get("region"):
            branches = branches.in_region(region.pk)
        if commune := wanted.get("commune"):
            branches = branches.filter(commune=commune)
        return branches.filter(access=access) if (access := wanted.get("access")) else branches


class BranchFileForm(forms.Form):
    """Whose places, and the file; what is wrong with it as a whole is said at once."""

    partner = forms.ModelChoiceField(label=_("Partner"), queryset=Partner.objects.all(), to_field_name="code")
    file = forms.FileField(
        label=_("Computer file"),
        help_text=_("XLSX, ODS or CSV, one row a branch, headings in the first row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,text/csv"}),
    )

    def clean_file(self) -> tuple[str, list[str], list]:
        """The name, the heading and the rows of what was sent."""
        sent = self.cleaned_data["file"]
        if sent.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(
                _("The file is too large: at most %(megabytes)s MB."),
                code="file_too_large",
                params={"megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024)},
            )
        with on_disk(sent) as path:
            header, rows = read_branch_file(path)
        return clean(sent.name), header, rows
