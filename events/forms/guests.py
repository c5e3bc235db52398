"""Forms of the directory of guests and institutions."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, compact_number
from core.models import Region, User
from events.actions.guests import GUEST_FIELDS, INSTITUTION_FIELDS
from events.forms.fields import ARABIC, FRENCH, LTR, PhoneField
from events.models import Guest, Institution
from registry.models import Registrant


class GuestForm(forms.ModelForm):
    """Somebody of the directory; a registration number links them to their entry in the register."""

    phone = PhoneField(label=_("Mobile telephone"))
    nia = forms.CharField(
        label=_("Registration number (NIA)"),
        required=False,
        max_length=24,
        help_text=_("Where this guest is on the register: their card then finds their invitation."),
        widget=forms.TextInput(attrs=LTR),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Guest
        fields = tuple(name for name in GUEST_FIELDS if name != "registrant")
        widgets = {
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_fr": forms.TextInput(attrs=FRENCH),
            "title_ar": forms.TextInput(attrs=ARABIC),
            "title_fr": forms.TextInput(attrs=FRENCH),
            "email": forms.EmailInput(attrs=LTR),
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        region = self.fields["region"]
        region.empty_label = _("Invited everywhere")
        if not user.sees_all_regions:
            region.queryset = Region.objects.filter(pk=user.region_id)
            region.empty_label = None
            region.required = True
        self.fields["institution"].queryset = Institution.objects.order_by("name_ar")
        self.fields["version"].initial = self.instance.version
        if self.instance.registrant_id:
            self.fields["nia"].initial = self.instance.registrant.nia
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            Fieldset(
                _("Function"),
                "title_ar",
                "title_fr",
                "institution",
                Row(Column("category"), Column("region")),
            ),
            Fieldset(_("Who holds it"), Row(Column("name_ar"), Column("name_fr")), "nia"),
            Fieldset(_("How to reach them"), Row(Column("phone"), Column("email"))),
            "is_active",
        )

    def clean_nia(self) -> Registrant | None:
        text = self.cleaned_data["nia"]
        if not clean(text):
            return None
        known = Registrant.objects.visible_to(self.user).registered()
        person = known.filter(nia_compact=compact_number(text)).first()
        if person is None:
            raise forms.ValidationError(_("Nobody on the register has this number."), code="nia")
        return person

    def for_action(self) -> dict[str, Any]:
        values = {name: self.cleaned_data.get(name) for name in GUEST_FIELDS}
        return values | {"registrant": self.cleaned_data["nia"]}


class InstitutionForm(forms.ModelForm):
    phone = PhoneField(label=_("Telephone"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Institution
        fields = INSTITUTION_FIELDS
        widgets = {
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_fr": forms.TextInput(attrs=FRENCH),
            "email": forms.EmailInput(attrs=LTR),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
