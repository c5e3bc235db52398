"""The decision on an application."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecisionForm(forms.Form):
    """Approve, send back or refuse; what is not approved has a reason."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("approve", _("Approve and register")),
            ("return", _("Send back to be corrected")),
            ("reject", _("Reject")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        help_text=_("Needed to send back or to reject; the person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        cleaned = super().clean()
        decision = cleaned.get("decision")
        if decision in {"return", "reject"} and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Give a reason."))
        return cleaned
