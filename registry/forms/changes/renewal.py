"""Renewing one or several files that were confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _

CHECKS = [
    ("photograph", _("The photograph still resembles the person")),
    ("phone", _("The telephone number reaches the person")),
    ("workplace", _("The workplace and its address are as the file says")),
]


class RenewalForm(forms.Form):
    registrants = forms.ModelMultipleChoiceField(
        queryset=None,
        error_messages={
            "required": _("Choose at least one file."),
            "invalid_choice": _(
                "One of the files chosen is not due for renewal any more: look at the list again."
            ),
        },
    )
    checks = forms.MultipleChoiceField(
        label=_("For each file chosen I have checked"),
        choices=CHECKS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Check all three before you renew.")},
    )

    def __init__(self, *args, due, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["registrants"].queryset = due

    def clean_checks(self):
        checks = self.cleaned_data["checks"]
        if len(checks) < len(CHECKS):
            raise forms.ValidationError(_("Check all three before you renew."))
        return checks
