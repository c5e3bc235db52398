"""Form fields of the register."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from localflavor.ma.forms import MACinNumberField

from core.arabic import clean, is_arabic, is_latin
from core.validators import normalise_phone
from registry.enums import GroundProcedure
from registry.models import Craft, Ground, Registrant
from registry.validators import normalise_national_id

# Beside letters, what a person's name and an organisation's name are written with.
PERSON_NAME_SIGNS = " -'’."
ORGANISATION_NAME_SIGNS = PERSON_NAME_SIGNS + '0123456789&()«»"/,،'


class NameField(forms.CharField):
    """A name in one script, stored clean. `signs` are the characters it may hold beside letters."""

    def __init__(self, *, signs: str = PERSON_NAME_SIGNS, **kwargs):
        self.signs = signs
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if any(not (char.isalpha() or unicodedata.combining(char) or char in self.signs) for char in value):
            raise ValidationError(_("A name has letters, spaces and hyphens only."), code="name_signs")


class ArabicNameField(NameField):
    """A name in Arabic letters."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"dir": "rtl", "lang": "ar", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not is_arabic(value):
            raise ValidationError(_("Write this name in Arabic letters."), code="not_arabic")


class LatinNameField(NameField):
    """A name in Latin letters."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"dir": "ltr", "lang": "fr", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not is_latin(value):
            raise ValidationError(_("Write this name in Latin letters."), code="not_latin")


class NationalIdField(MACinNumberField):
    """The national identity number, however it is spaced or cased."""

    default_error_messages = {
        "invalid": _("Give one or two letters, then digits, as on the card: AB123456."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}))
        super().__init__(**kwargs)
        # Spaces and hyphens may be typed; the stored number has at most eight characters.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value):
        return normalise_national_id(super().to_python(value) or "")


class PhoneField(forms.CharField):
    """A Moroccan telephone number, stored E.164."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return normalise_phone(value) if value else value

    def prepare_value(self, value):
        if isinstance(value, str) and value.startswith("+212"):
            return f"0{value[4:]}"
        return value


class KeptFileField(forms.FileField):
    """A file that is needed, but looked for in the draft: it was taken out of the request before."""

    def clean(self, data, initial=None):
        return None


class CraftChoiceField(forms.ModelChoiceField):
    """One craft of the list in use, grouped by branch."""

    def __init__(self, **kwargs):
        super().__init__(Craft.objects.none(), **kwargs)

    def load(self, choices: list) -> None:
        """Take the grouped choices made once for all the fields of the form."""
        self.queryset = Craft.objects.current()
        self.widget.choices = [("", self.empty_label or ""), *choices]


def grouped_crafts() -> list[tuple[str, list[tuple[int, str]]]]:
    """The crafts in use as options grouped by branch, in one query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    arabic = (get_language() or "ar").startswith("ar")
    names = Craft.objects.current().values_list(
        "pk", "name_ar", "name_fr", "branch__name_ar", "branch__name_fr"
    )
    for key, craft_ar, craft_fr, branch_ar, branch_fr in names:
        branch = branch_ar if arabic else (branch_fr or branch_ar)
        groups.setdefault(branch, []).append((key, craft_ar if arabic else (craft_fr or craft_ar)))
    return list(groups.items())


class GroundField(forms.ModelChoiceField):
    """A ground that the chamber's list offers now; grouped where several procedures are asked for."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Ground of the decision"))
        kwargs.setdefault("required", False)
        super().__init__(Ground.objects.none(), **kwargs)

    def load(self, region_id: str, *procedures: str) -> None:
        self.queryset = Ground.objects.offered(region_id, *procedures)
        groups: dict[str, list[tuple[int, str]]] = {}
        for ground in self.queryset:
            groups.setdefault(ground.procedure, []).append((ground.pk, ground.name))
        grouped = [(GroundProcedure(name).label, groups.get(name, [])) for name in procedures]
        options = grouped[0][1] if len(grouped) == 1 else grouped
        self.widget.choices = [("", _("Choose a ground")), *options]


class SupervisorField(forms.CharField):
    """The registration number of the artisan who supervises an enterprise; gives the registrant."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return Registrant.objects.filter(pk=value).values_list("nia", flat=True).first() or ""
        return value

    def clean(self, value):
        text = clean(super().clean(value))
        if not text:
            return None
        person = Registrant.objects.by_sign_in_name(text)
        if person is None or person.is_organisation:
            raise ValidationError(
                _("No registered artisan has this number. Only a registered artisan may supervise."),
                code="supervisor",
            )
        return person
