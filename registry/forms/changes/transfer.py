"""A transfer: where the person works from now on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Commune, Province, User
from registry.fields import NationalIdField
from registry.forms.changes.proof import ProvenForm


class TransferForm(ProvenForm):
    """Offered by the chamber that holds the file: the new commune says which chamber takes it over."""

    province = forms.ModelChoiceField(label=_("New province or prefecture"), queryset=Province.objects.none())
    commune = forms.ModelChoiceField(label=_("New commune"), queryset=Commune.objects.none())
    address = forms.CharField(label=_("Address of the new workplace"), max_length=200, required=False)
    explanation = forms.CharField(
        label=_("Why the person moves"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        provinces = self.provinces(user).select_related("region").order_by("region_id", "code")
        self.fields["province"].queryset = provinces
        self.fields["province"].widget.choices = [("", "---------"), *_by_region(provinces)]
        self.fields["commune"].queryset = Commune.objects.filter(province__in=provinces).select_related(
            "province"
        )
        of_province = Commune.objects.filter(province_id=self["province"].value() or "")
        self.fields["commune"].widget.choices = [
            ("", "---------"),
            *((commune.pk, commune.name) for commune in of_province),
        ]

    def clean(self):
        cleaned = super().clean()
        commune, province = cleaned.get("commune"), cleaned.get("province")
        if commune and province and commune.province_id != province.code:
            self.add_error("commune", _("This commune lies in another province."))
        return cleaned

    @staticmethod
    def provinces(user: User):
        return Province.objects.with_communes().exclude(region_id=user.region_id)


class TransferAskForm(TransferForm):
    """Asked for by the chamber of the new commune, which knows only what the person brings."""

    nia = forms.CharField(
        label=_("Registration number (NIA)"),
        max_length=24,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("As on the person's card"),
    )
    national_id = NationalIdField(
        label=_("National identity number"), help_text=_("As on the card: AB123456")
    )

    field_order = ("nia", "national_id", "province", "commune", "address", "explanation", "proof")

    @staticmethod
    def provinces(user: User):
        return Province.objects.with_communes().filter(region_id=user.region_id)


def _by_region(provinces) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for province in provinces:
        groups.setdefault(province.region.name, []).append((province.pk, province.name))
    return list(groups.items())
