"""What a holder says of the own card."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cards.actions.reporting import HOLDERS_GROUNDS
from registry.enums import GroundProcedure
from registry.models import Ground


class ReportForm(forms.Form):
    ground = forms.ModelChoiceField(
        label=_("What happened?"), queryset=Ground.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Where and when, if you know it. Theft is also told to the police."),
    )
    wants_new = forms.BooleanField(label=_("Ask for a new card at once"), required=False, initial=True)

    def __init__(self, *args, region_id: str, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Ground.objects.offered(region_id, GroundProcedure.CARD_REPLACEMENT)
        self.fields["ground"].queryset = offered.filter(code__in=HOLDERS_GROUNDS)
