"""What is typed of agreements and of chambers' votes on them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Chamber, User
from partners.actions.agreements import FIELDS
from partners.actions.rules import FIELDS as RULES
from partners.enums import AgreementState
from partners.filters.offers import FilterForm
from partners.models import Adhesion, Agreement, Partner, PartnershipRules
from partners.querysets.agreements import AgreementQuerySet


def _day(**more) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **more)


def _refuse_future(form: forms.Form, name: str) -> None:
    day = form.cleaned_data.get(name)
    if day and day > timezone.localdate():
        form.add_error(name, _("This day lies in the future."))


class AgreementForm(forms.ModelForm):
    """An agreement's words and period."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = ["partner", *FIELDS]
        widgets = {
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "name_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "reference": forms.TextInput(attrs={"dir": "ltr"}),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"ends_on": _("Left empty: no end is known.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            del self.fields["partner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This date is before the first day."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class SignForm(forms.Form):
    signed_on = _day(label=_("Signed on"))

    def clean(self) -> dict[str, Any]:
        _refuse_future(self, "signed_on")
        return self.cleaned_data


class VoteForm(forms.Form):
    """What the assembly decided, and in which session."""

    outcome = forms.ChoiceField(
        label=_("What the assembly decided"),
        choices=[("voted", _("It joins")), ("refused", _("It does not join"))],
        widget=forms.RadioSelect,
    )
    voted_on = _day(label=_("Date of the vote"), help_text=_("The session of the chamber's assembly."))
    ends_on = _day(label=_("Until"), required=False, help_text=_("Left empty: as long as the agreement."))
    reason = forms.CharField(
        label=_("Why it does not join"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _refuse_future(self, "voted_on")
        voted_on, ends_on = cleaned.get("voted_on"), cleaned.get("ends_on")
        if voted_on and ends_on and ends_on < voted_on:
            self.add_error("ends_on", _("It would end before the vote."))
        if cleaned.get("outcome") == "refused" and not cleaned.get("reason"):
            self.add_error("reason", _("Give a reason."))
        return cleaned


class ChamberForm(forms.Form):
    """A chamber that has not been asked yet; a director's own alone."""

    chamber = forms.ModelChoiceField(label=_("Chamber"), queryset=Chamber.objects.none())

    def __init__(self, *args, agreement: Agreement, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        asked = Adhesion.objects.filter(agreement=agreement).values("chamber")
        self.fields["chamber"].queryset = Chamber.objects.visible_to(by).exclude(pk__in=asked)


class AgreementFilterForm(FilterForm):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *AgreementState.choices]
    )
    partner = forms.ModelChoiceField(
        label=_("Partner"), required=False, queryset=Partner.objects.all(), to_field_name="code"
    )
    ending = forms.ChoiceField(
        label=_("Its end"), required=False, choices=[("", _("All")), ("soon", _("Ends soon"))]
    )

    def apply(self, agreements: AgreementQuerySet) -> AgreementQuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        agreements = agreements.search(wanted.get("q", ""))
        if state := wanted.get("state"):
            agreements = agreements.filter(state=state)
        if partner := wanted.get("partner"):
            agreements = agreements.filter(partner=partner)
        return agreements.ending_soon() if wanted.get("ending") == "soon" else agreements


class RulesForm(forms.ModelForm):
    """Each rule labelled as what it is: the chambers' own."""

    class Meta:
        model = PartnershipRules
        fields = RULES

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = _("Working value of the chambers: no official one is published.")
            field.widget.attrs |= {"dir": "ltr", "inputmode": "numeric"}
