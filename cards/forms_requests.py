"""What is asked when a request for a card is decided on, and the chamber's rules of its cards."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from cards.models import CardRules
from registry.enums import GroundProcedure
from registry.models import Ground

GROUPS = (
    (_("Requests and renewal"), ("approval_needed", "renewal_notice_days")),
    (_("At the counter"), ("signature_needed", "proxy_allowed", "cards_per_proxy")),
    (_("Cards that nobody fetches"), ("days_between_reminders", "reminders_most")),
    (_("Unusual checks"), ("checks_a_day", "far_checks_minutes")),
)
_SETTING = _("Setting of the chamber: the official value is not published.")
_NO_LIMIT = _("Setting of the chamber: the official value is not published. Empty: no limit.")


class RefusalForm(forms.Form):
    ground = forms.ModelChoiceField(
        label=_("Ground of the refusal"), queryset=Ground.objects.none(), empty_label=_("Choose a ground")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, data=None, *, region_id: str):
        super().__init__(data)
        self.fields["ground"].queryset = Ground.objects.offered(region_id, GroundProcedure.CARD_REFUSAL)


class CardRulesForm(forms.ModelForm):
    """Every rule, each labelled as what it is: the chamber's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = CardRules
        fields = [name for _title, names in GROUPS for name in names]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField) and not field.widget.is_hidden:
                field.help_text = _SETTING if field.required else _NO_LIMIT
                field.widget.attrs |= {"dir": "ltr", "inputmode": "numeric"}
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(Fieldset(title, *names) for title, names in GROUPS), "version")

    def changes(self) -> dict[str, Any]:
        """Only what was sent and differs."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "version"}
