"""What a person asks about their data, and what the chamber answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Region
from registry.enums import ConsentPurpose, DataRequestKind


class DataRequestForm(forms.Form):
    kind = forms.ChoiceField(label=_("Request"), choices=DataRequestKind, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What is wrong, or what you object to"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Not needed for access."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") not in {None, DataRequestKind.ACCESS} and not cleaned.get("words", "").strip():
            self.add_error("words", _("Say what is wrong, or what you object to."))
        return cleaned


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Reply"),
        choices=[("answered", _("Done as asked")), ("refused", _("Refused"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Words for the person"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ConsentsForm(forms.Form):
    """All consents at once: what is ticked is in force from now on, what is not is taken back."""

    purposes = forms.MultipleChoiceField(
        label=_("I agree to"),
        required=False,
        choices=ConsentPurpose,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Registration itself rests on law 50.17, not on these. Untick one to take it back."),
    )


class RegionForm(forms.Form):
    """Whose retention is looked at."""

    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), empty_label=_("Choose a region")
    )
