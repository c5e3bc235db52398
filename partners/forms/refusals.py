"""What is typed about a refusal that is followed up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.refusals import MOST_NOTE


class VersionForm(forms.Form):
    """The refusal as it was when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SettleForm(VersionForm):
    note = forms.CharField(
        label=_("What was done"),
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": MOST_NOTE}),
        help_text=_("Whom you spoke to at the partner, and what it came to. No identity numbers."),
        error_messages={"required": _("Say what was done.")},
    )
