from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.audit_labels import choices as action_choices
from core.images import reencode_image
from core.models import Chamber, Region

NUMBERS = {"dir": "ltr", "inputmode": "numeric"}


class AuditFilterForm(forms.Form):
    """The audit trail's filters; an invalid one filters nothing and says so beside the field."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=120)
    action = forms.ChoiceField(label=_("Action"), required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    subject = forms.CharField(label=_("Subject"), required=False, max_length=120)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("All")), *action_choices()]

    def apply(self, events: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if actor := wanted.get("actor"):
            events = events.filter(actor_name__icontains=actor)
        if action := wanted.get("action"):
            events = events.filter(action=action)
        if region := wanted.get("region"):
            events = events.filter(region_code=region.code)
        if subject := wanted.get("subject"):
            events = events.filter(subject_label__icontains=subject)
        if since := wanted.get("since"):
            events = events.filter(happened_at__date__gte=since)
        if until := wanted.get("until"):
            events = events.filter(happened_at__date__lte=until)
        return events


class ChamberForm(forms.ModelForm):
    # Plain file fields: `core.images` checks the content and says in words what is wrong with it.
    logo = forms.FileField(
        label=_("Logo or emblem"),
        required=False,
        help_text=_("PNG or JPEG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    signature = forms.FileField(
        label=_("Picture of the signature"),
        required=False,
        help_text=_("PNG or JPEG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    class Meta:
        model = Chamber
        fields = [
            "name_ar",
            "name_fr",
            "address_ar",
            "address_fr",
            "phone",
            "logo",
            "signatory_name_ar",
            "signatory_name_fr",
            "signatory_title_ar",
            "signatory_title_fr",
            "signature",
            "number_format",
            "card_validity_months",
            "separate_maker_and_checker",
            "photograph_on_verification",
        ]
        widgets = {
            "name_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "address_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "phone": forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
            "signatory_name_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "signatory_title_fr": forms.TextInput(attrs={"dir": "ltr"}),
            "number_format": forms.TextInput(attrs={"dir": "ltr"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Names and address"), "name_ar", "name_fr", "address_ar", "address_fr", "phone", "logo"
            ),
            Fieldset(
                _("Signatory of cards and letters"),
                "signatory_name_ar",
                "signatory_name_fr",
                "signatory_title_ar",
                "signatory_title_fr",
                "signature",
            ),
            Fieldset(
                _("Rules that the chamber sets"),
                "number_format",
                "card_validity_months",
                "separate_maker_and_checker",
                "photograph_on_verification",
            ),
        )

    def clean_logo(self):
        return self._picture("logo")

    def clean_signature(self):
        return self._picture("signature")

    def changes(self) -> dict[str, Any]:
        """Only what was sent and differs."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def _picture(self, name: str):
        upload = self.cleaned_data.get(name)
        return reencode_image(upload) if upload and name in self.files else upload
