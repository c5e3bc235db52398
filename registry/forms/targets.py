"""The grid of a region's targets: a number a province."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import digits
from core.models import Region
from registry.actions.targets import EnteredTarget
from registry.models.target import FIRST_YEAR, LAST_YEAR, MOST

_TYPED = {"class": "form-control", "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}


class NumberField(forms.IntegerField):
    """A number as people write it: with spaces between thousands, or in Arabic digits."""

    def to_python(self, value):
        return super().to_python("".join(digits(value or "").split()))


class TargetChoiceForm(forms.Form):
    """Which region and which year."""

    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none(), empty_label=None)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions
        self.fields["year"].initial = timezone.localdate().year


class TargetGridForm(forms.Form):
    """One field a province, with the mark of what was shown, so that nobody overwrites somebody else."""

    def __init__(self, *args, provinces, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = {}
        for province in provinces:
            name = province.pk.replace(".", "-")
            self.codes[name] = province.pk
            target = targets.get(province.pk)
            self.fields[f"number-{name}"] = NumberField(
                label=province.name,
                required=False,
                initial=target.number if target else None,
                validators=[MinValueValidator(1), MaxValueValidator(MOST)],
                widget=forms.TextInput(attrs=_TYPED),
            )
            self.fields[f"mark-{name}"] = forms.CharField(
                required=False, initial=target.mark if target else "", widget=forms.HiddenInput
            )

    def entered(self) -> list[EnteredTarget]:
        values = self.cleaned_data
        return [
            EnteredTarget(code, values[f"number-{name}"], values[f"mark-{name}"])
            for name, code in self.codes.items()
        ]

    def number_field(self, province_code: str) -> forms.BoundField:
        return self[f"number-{province_code.replace('.', '-')}"]

    def mark_field(self, province_code: str) -> forms.BoundField:
        return self[f"mark-{province_code.replace('.', '-')}"]
