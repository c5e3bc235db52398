"""A kind's design: colours that can be read, words that fit, pictures made anew."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from cards.card_design.boxes import FIXED_WORDS
from cards.card_design.colours import pale_pairs
from cards.card_design.fitting import lines_needed
from cards.designs import INHERITED, Look
from cards.models import KindDesign
from core.arabic import clean
from core.forms import NUMBERS
from core.images import reencode_image

COLOURS = ("band", "accent", "paper")
PICTURES = ("logo", "signature")
WORDS = tuple(
    f"{part}_{language}"
    for part in ("authority", "chamber", "found", "signatory_title", "signatory_name")
    for language in ("ar", "fr")
)
_PICTURE_HELP = _("PNG or JPEG, 10 MB at the most. Empty: the chamber's.")


class DesignForm(forms.ModelForm):
    """What is left empty is the chamber's own or the standard wording, shown as the field's placeholder."""

    # Of the design that the page showed.
    edition = forms.CharField(widget=forms.HiddenInput)
    # Plain file fields: `core.images` checks the content and says in words what is wrong with it.
    logo = forms.FileField(label=_("Logo or emblem"), required=False, help_text=_PICTURE_HELP)
    signature = forms.FileField(label=_("Picture of the signature"), required=False, help_text=_PICTURE_HELP)
    no_logo = forms.BooleanField(label=_("Take this kind's own logo away"), required=False)
    no_signature = forms.BooleanField(label=_("Take this kind's own signature away"), required=False)

    class Meta:
        model = KindDesign
        fields = [*COLOURS, *WORDS, *PICTURES, "validity_months"]
        widgets = {name: forms.TextInput(attrs={"type": "color"}) for name in COLOURS}

    def __init__(self, *args, look: Look, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].initial = look.design.edition
        standard = look.card_design()
        placeholders = {
            f"{part}_{language}": getattr(words, language)
            for part, words in (("found", standard.found), *((p, look.words(p)) for p in INHERITED))
            for language in ("ar", "fr")
        }
        for name in WORDS:
            language = name[-2:]
            self.fields[name].widget.attrs |= {
                "placeholder": placeholders[name],
                "lang": language,
                "dir": "rtl" if language == "ar" else "ltr",
            }
        self.fields["validity_months"].widget.attrs |= NUMBERS | {
            "placeholder": look.chamber["validity_months"]
        }
        self.fields["validity_months"].help_text = _(
            "Setting of the chamber: the official length is not published. Empty: the chamber's."
        )
        for name in PICTURES:
            self.fields[name].widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})
            if not getattr(self.instance, name):
                del self.fields[f"no_{name}"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def clean_logo(self):
        return self._picture("logo")

    def clean_signature(self):
        return self._picture("signature")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if all(name in found for name in COLOURS):
            for pair, measured in pale_pairs(**{name: found[name] for name in COLOURS}):
                self.add_error(
                    pair.field,
                    _("%(what)s: the contrast is %(found).1f, at least %(least).1f is needed.")
                    % {"what": pair.message, "found": measured, "least": pair.least},
                )
        for name in WORDS:
            box, most = FIXED_WORDS[name]
            if found.get(name) and lines_needed(clean(found[name]), box) > most:
                self.add_error(name, _("This is too long for its place on the card. Shorten it."))
        return found

    def changes(self) -> dict[str, Any]:
        """Only what was sent and differs; a picture taken away is an empty one."""
        kept = {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}
        gone = {name: "" for name in PICTURES if self.cleaned_data.get(f"no_{name}") and name not in kept}
        return kept | gone

    def as_far_as_valid(self) -> KindDesign:
        """The design with every value that can be used, for a look at it; nothing is saved."""
        design = self.instance
        for name in self.Meta.fields:
            if name in self.cleaned_data and name not in PICTURES:
                setattr(design, name, self.cleaned_data[name])
        return design

    def _picture(self, name: str):
        upload = self.cleaned_data.get(name)
        return reencode_image(upload) if upload and name in self.files else upload

    def _layout(self) -> Layout:
        def present(*names: str) -> list[str]:
            return [name for name in names if name in self.fields]

        return Layout(
            Fieldset(_("Colours"), *COLOURS),
            Fieldset(
                _("Lines at the top"),
                "authority_ar",
                "authority_fr",
                "chamber_ar",
                "chamber_fr",
                *present("logo", "no_logo"),
            ),
            Fieldset(
                _("Signatory"),
                "signatory_title_ar",
                "signatory_title_fr",
                "signatory_name_ar",
                "signatory_name_fr",
                *present("signature", "no_signature"),
            ),
            Fieldset(_("Back of the card"), "found_ar", "found_fr"),
            Fieldset(_("Validity"), "validity_months"),
            "edition",
        )
