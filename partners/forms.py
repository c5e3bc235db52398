"""What is typed by those who manage offers, and at a partner's counter."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import is_arabic, is_latin
from partners.actions import TERMS
from partners.enums import ReviewOutcome
from partners.models import CheckPoint, Offer

MOST_TERMS = 4000


class OfferForm(forms.ModelForm):
    """An offer's terms, dates and area."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Offer
        fields = [*TERMS, "regions"]
        widgets = {
            "terms_ar": forms.Textarea(
                attrs={"rows": 5, "lang": "ar", "dir": "rtl", "maxlength": MOST_TERMS}
            ),
            "terms_fr": forms.Textarea(
                attrs={"rows": 5, "lang": "fr", "dir": "ltr", "maxlength": MOST_TERMS}
            ),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "regions": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "terms_ar": _("As the partner gave them. Left empty, readers are told to ask at the chamber."),
            "terms_fr": _("The same terms; both languages or neither."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            Fieldset(_("Terms"), "terms_ar", "terms_fr"),
            Fieldset(
                _("Period"),
                Div(
                    Div("starts_on", css_class="col-md-6"),
                    Div("ends_on", css_class="col-md-6"),
                    css_class="row",
                ),
            ),
            Fieldset(_("Area"), "regions"),
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        arabic, french = cleaned.get("terms_ar"), cleaned.get("terms_fr")
        if arabic and is_latin(arabic):
            self.add_error("terms_ar", _("Write these terms in Arabic."))
        if french and is_arabic(french):
            self.add_error("terms_fr", _("Write these terms in French."))
        if "terms_ar" in cleaned and "terms_fr" in cleaned and bool(arabic) != bool(french):
            self.add_error("terms_fr" if arabic else "terms_ar", _("Give the terms in both languages."))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This date is before the first day."))
        return cleaned

    def terms(self) -> dict:
        return {name: self.cleaned_data[name] for name in TERMS}


class ReviewForm(forms.Form):
    """The points of the published list, each ticked where it holds, and what comes of the check."""

    outcome = forms.ChoiceField(
        label=_("What comes of it"),
        choices=[(ReviewOutcome.PUBLISHED, _("Publish")), (ReviewOutcome.RETURNED, _("Return"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What has to be changed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed to return it; whoever proposed it reads this."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.points = list(CheckPoint.objects.filter(is_active=True))
        for point in self.points:
            self.fields[f"point-{point.code}"] = forms.BooleanField(label=point.text, required=False)
        self.order_fields([f"point-{point.code}" for point in self.points])
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("outcome") == ReviewOutcome.RETURNED and not cleaned.get("reason"):
            self.add_error("reason", _("Say what has to be changed."))
        if cleaned.get("outcome") == ReviewOutcome.PUBLISHED:
            for point in self.points:
                if not cleaned.get(f"point-{point.code}"):
                    self.add_error(f"point-{point.code}", _("An offer is published when every point holds."))
        return cleaned

    def answers(self) -> dict[str, bool]:
        return {point.code: self.cleaned_data[f"point-{point.code}"] for point in self.points}


class CheckForm(forms.Form):
    """A card at a partner's counter: scanned by hand scanner or camera, or its number typed."""

    card = forms.CharField(
        label=_("Card"),
        max_length=600,
        help_text=_("Scan the code on the card, or type its serial number"),
        widget=forms.TextInput(
            attrs={
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
