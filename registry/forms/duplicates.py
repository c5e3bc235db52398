"""Forms of the review of duplicates, and what is typed at the counter so far."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Commune
from registry.actions import MergeOrder
from registry.enums import Kind, RegistrantState
from registry.fields import ArabicNameField, LatinNameField, NationalIdField, PhoneField
from registry.models import DuplicatePair, Registrant


class TypedPersonForm(forms.Form):
    """What stands in the application form at this moment: what is not right yet is left out."""

    kind = forms.ChoiceField(choices=Kind, required=False)
    national_id = NationalIdField(required=False)
    phone = PhoneField(required=False)
    given_name_ar = ArabicNameField(required=False, max_length=60)
    family_name_ar = ArabicNameField(required=False, max_length=60)
    given_name_latin = LatinNameField(required=False, max_length=60)
    family_name_latin = LatinNameField(required=False, max_length=60)
    organisation_name_ar = forms.CharField(required=False, max_length=120)
    organisation_name_latin = forms.CharField(required=False, max_length=120)
    gender = forms.CharField(required=False, max_length=6)
    birth_date = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    commune = forms.ModelChoiceField(Commune.objects.all(), required=False)
    application = forms.IntegerField(required=False)


class MergeForm(forms.Form):
    """Which of two entries stays, and which value is taken where they differ.

    Values are the entries' keys. `choices` are the names of what differs.
    """

    kept = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    version_first = forms.IntegerField(widget=forms.HiddenInput)
    version_second = forms.IntegerField(widget=forms.HiddenInput)
    identity_checked = forms.BooleanField(label=_("I saw both identity cards"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("How you know that it is one person: it stays in both histories."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, pair: DuplicatePair, choices: list[str], **kwargs):
        self.pair = pair
        self.choices = choices
        first_pick = suggested(pair)
        kwargs["initial"] = {
            "kept": first_pick.pk,
            "version_first": pair.first.version,
            "version_second": pair.second.version,
        }
        super().__init__(*args, **kwargs)
        either = [(pair.first_id, ""), (pair.second_id, "")]
        self.fields["kept"].choices = either
        for name in choices:
            self.fields[f"take_{name}"] = forms.TypedChoiceField(
                choices=either, coerce=int, required=False, empty_value=None, initial=first_pick.pk
            )

    def order(self) -> MergeOrder:
        values = self.cleaned_data
        taken = {name for name in self.choices if values[f"take_{name}"] not in (None, values["kept"])}
        return MergeOrder(
            kept_id=values["kept"],
            taken=frozenset(taken),
            versions={
                self.pair.first_id: values["version_first"],
                self.pair.second_id: values["version_second"],
            },
            reason=values["reason"],
            identity_checked=values["identity_checked"],
        )


def suggested(pair: DuplicatePair) -> Registrant:
    """The entry that most likely stays: the one on the register, else the older."""
    first, second = pair.first, pair.second
    is_candidate = [person.state == RegistrantState.CANDIDATE for person in (first, second)]
    if is_candidate == [True, False] or second.state == RegistrantState.SUSPENDED:
        return second
    return first
