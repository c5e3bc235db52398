"""The period of a dashboard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.figures.period import periods


class PeriodForm(forms.Form):
    period = forms.ChoiceField(label=_("Period"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(period.value, period.words) for period in periods()]
