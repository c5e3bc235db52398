"""The chamber's rules of the register, in groups, and a ground of its own."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from registry.enums import DocumentKind, GroundProcedure
from registry.models import RegisterRules

DOCUMENTS = ("documents_artisan", "documents_master_artisan", "documents_cooperative", "documents_enterprise")
GROUPS = (
    (_("Documents of an application"), DOCUMENTS),
    (
        _("Applications and changes"),
        ("days_to_decide", "days_to_correct", "days_to_accept_transfer"),
    ),
    (_("Suspension and striking off"), ("days_to_reply", "days_to_appeal")),
    (_("Length of a registration"), ("registration_months", "renewal_notice_days")),
    (
        _("Personal data"),
        (
            "days_to_answer_access",
            "retention_draft_months",
            "retention_rejected_months",
            "retention_struck_off_months",
        ),
    ),
    (_("Merges and imports"), ("merge_undo_days", "import_undo_hours")),
    (
        _("Craft bodies"),
        ("quorum_percent", "bureau_size", "mandate_months", "provincial_bodies_needed"),
    ),
)
_SETTING = _("Setting of the chamber: the official value is not published.")
_NO_RULE = _("Setting of the chamber: the official value is not published. Empty: no rule is applied.")


class RulesForm(forms.ModelForm):
    """Every rule, each labelled as what it is: the chamber's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RegisterRules
        fields = [name for _title, names in GROUPS for name in names]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in DOCUMENTS:
            self.fields[name] = forms.MultipleChoiceField(
                label=self.fields[name].label,
                choices=DocumentKind.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for name, field in self.fields.items():
            if name != "version":
                field.help_text = _SETTING if field.required or name in DOCUMENTS else _NO_RULE
            if isinstance(field, forms.IntegerField):
                field.widget.attrs |= {"dir": "ltr", "inputmode": "numeric"}
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(Fieldset(title, *names) for title, names in GROUPS), "version")

    def changes(self) -> dict[str, Any]:
        """Only what was sent and differs."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}


class GroundForm(forms.Form):
    procedure = forms.ChoiceField(label=_("Ground for"), choices=GroundProcedure)
    name_ar = forms.CharField(
        label=_("In Arabic"), max_length=200, widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})
    )
    name_fr = forms.CharField(
        label=_("In French"), max_length=200, widget=forms.TextInput(attrs={"dir": "ltr", "lang": "fr"})
    )
