"""What is typed of an offer by staff and by the partner's administrator, and the check by another person."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, is_arabic, is_latin
from core.validators import normalise_phone
from partners.enums import ReviewOutcome, UsePeriod, UseWay
from partners.models import Agreement, CheckPoint, Offer, Partner
from partners.offer_values import CONTACT, DAYS, LIMIT, LISTS, RELATED, SAID, TEXTS, Values
from registry.enums import Kind
from registry.models import Craft

MOST_WORDS = 4000
# More papers than this are no longer a list that somebody brings together.
MOST_REQUIREMENTS = 8
_ARABIC, _FRENCH = {"lang": "ar", "dir": "rtl"}, {"lang": "fr", "dir": "ltr"}
_HELP = {
    "what_ar": _("What the holder gets, as the partner said it. Left empty, nothing is said."),
    "how_ar": _("Where to go, what to show or bring, whom to ask for."),
    "terms_ar": _("As the partner gave them. Left empty, readers are told to ask at the chamber."),
    "access_ar": _("What disabled people are offered: a counter, a person, another way to ask."),
    "ends_on": _("Left empty: no end is known."),
    "agreement": _("What the offer follows from. Left empty: it stands alone."),
    "contact_phone": _("A Moroccan number; readers see it."),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _words(attributes: dict[str, str]) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4, "maxlength": MOST_WORDS, **attributes})


class OfferForm(forms.ModelForm):
    """Everything that an offer says. `values` is what `partners.actions` takes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of holders"),
        choices=Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every kind."),
    )
    ways = forms.MultipleChoiceField(
        label=_("How it is used"), choices=UseWay, widget=forms.CheckboxSelectMultiple
    )
    limit_per_person = forms.IntegerField(
        label=_("Uses a person"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Left empty: no limit."),
        widget=forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )
    limit_period = forms.ChoiceField(label=_("Counted over"), choices=UsePeriod)

    class Meta:
        model = Offer
        fields = [*TEXTS, "agreement", *RELATED, *LISTS, *LIMIT, *DAYS, *CONTACT]
        widgets = {
            "name_ar": forms.TextInput(attrs=_ARABIC),
            "name_fr": forms.TextInput(attrs=_FRENCH),
            **{f"{said}_ar": _words(_ARABIC) for said in SAID[1:]},
            **{f"{said}_fr": _words(_FRENCH) for said in SAID[1:]},
            **{name: _day() for name in DAYS},
            **dict.fromkeys(RELATED, forms.CheckboxSelectMultiple),
            "contact_phone": forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
            "contact_email": forms.EmailInput(attrs={"dir": "ltr"}),
        }
        help_texts = _HELP

    def __init__(self, *args, partner: Partner, instance: Offer | None = None, **kwargs):
        # A new one as well: without it the form would not know the model's defaults.
        super().__init__(*args, instance=instance or Offer(partner=partner), **kwargs)
        self.fields["version"].initial = self.instance.version
        of_the_group = Q(partner=partner) | Q(partner=partner.parent_id)
        self.fields["agreement"].queryset = Agreement.objects.filter(of_the_group)
        self.fields["crafts"].queryset = Craft.objects.current()
        self._add_requirements()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("version", *self._layout())

    def clean_contact_phone(self) -> str:
        typed = clean(self.cleaned_data["contact_phone"])
        return normalise_phone(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for said in SAID:
            self._check_pair(said, cleaned)
        for row in range(self.rows):
            self._check_pair(f"requirement_{row}", cleaned)
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This date is before the first day."))
        return cleaned

    def values(self) -> Values:
        """Everything of `partners.offer_values.NAMES`, plain."""
        sent = self.cleaned_data
        agreement = sent["agreement"]
        return {
            **{name: sent[name] for name in (*TEXTS, *CONTACT, *LISTS, *LIMIT)},
            **{name: sent[name].isoformat() if sent[name] else None for name in DAYS},
            **{name: sorted(item.pk for item in sent[name]) for name in RELATED},
            "agreement": agreement.pk if agreement else None,
            "requirements": [
                {
                    "name_ar": sent[f"requirement_{row}_ar"],
                    "name_fr": sent[f"requirement_{row}_fr"],
                    "is_required": sent[f"requirement_{row}_needed"],
                }
                for row in range(self.rows)
                if sent[f"requirement_{row}_ar"]
            ],
        }

    def _add_requirements(self) -> None:
        """A row for each document asked for and two more; as many as were sent where it was sent."""
        known = list(self.instance.requirements.all()) if self.instance.pk else []
        sent = [row for row in range(MOST_REQUIREMENTS) if f"requirement_{row}_ar" in self.data]
        self.rows = max(sent) + 1 if sent else min(MOST_REQUIREMENTS, len(known) + 2)
        for row in range(self.rows):
            one = known[row] if row < len(known) else None
            for language, label, attributes in (
                ("ar", _("Document asked for, in Arabic"), _ARABIC),
                ("fr", _("The same in French"), _FRENCH),
            ):
                self.fields[f"requirement_{row}_{language}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=200,
                    initial=getattr(one, f"name_{language}", ""),
                    widget=forms.TextInput(attrs=attributes),
                )
            self.fields[f"requirement_{row}_needed"] = forms.BooleanField(
                label=_("A request cannot be sent without it"),
                required=False,
                initial=one.is_required if one else True,
            )

    def _check_pair(self, said: str, cleaned: dict[str, Any]) -> None:
        """Half the country reads the one, half the other: in both languages or in neither."""
        in_arabic, in_french = f"{said}_ar", f"{said}_fr"
        arabic, french = cleaned.get(in_arabic), cleaned.get(in_french)
        if arabic and is_latin(arabic):
            self.add_error(in_arabic, _("Write this in Arabic."))
        if french and is_arabic(french):
            self.add_error(in_french, _("Write this in French."))
        if in_arabic in cleaned and in_french in cleaned and bool(arabic) != bool(french):
            self.add_error(
                in_french if arabic else in_arabic, _("Give this in both languages, or in neither.")
            )

    def _layout(self) -> list[Fieldset]:
        def beside(*names: str) -> Div:
            return Div(*(Div(name, css_class="col-md-6") for name in names), css_class="row")

        papers = [
            Div(
                beside(f"requirement_{row}_ar", f"requirement_{row}_fr"),
                f"requirement_{row}_needed",
                css_class="offer-paper",
            )
            for row in range(self.rows)
        ]
        return [
            Fieldset(_("The offer"), "name_ar", "name_fr", "what_ar", "what_fr", "domains", "agreement"),
            Fieldset(_("How to use it"), "how_ar", "how_fr", "ways", beside(*LIMIT)),
            Fieldset(_("Terms"), "terms_ar", "terms_fr", beside(*DAYS)),
            Fieldset(_("For whom"), "regions", "kinds", Div("crafts", css_class="craft-choice")),
            Fieldset(_("Documents asked for"), *papers),
            Fieldset(_("For disabled people"), "access_ar", "access_fr"),
            Fieldset(_("Contact"), *CONTACT),
        ]


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
