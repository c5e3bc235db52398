"""What is asked at the counter: who receives a card, on which paper, or why nobody does."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cards.actions import ProxyData
from cards.enums import ProxyRelation
from core.arabic import clean
from core.forms import PaperNumberField, ScanField, SignatureField
from registry.enums import GroundProcedure
from registry.models import Ground

HOLDER, PROXY = "holder", "proxy"
_PROXY_FIELDS = ("proxy_name", "proxy_national_id", "proxy_relation", "power")


class FindForm(forms.Form):
    text = forms.CharField(max_length=2000)


class ReceiverForm(forms.Form):
    """The holder, or whoever comes for them; and a signature where the chamber wants one."""

    receiver = forms.ChoiceField(
        label=_("Who receives the card"),
        choices=[(HOLDER, _("The holder in person")), (PROXY, _("A proxy"))],
        initial=HOLDER,
        widget=forms.RadioSelect,
    )
    proxy_name = forms.CharField(label=_("Name of the proxy"), max_length=120, required=False)
    proxy_national_id = PaperNumberField(label=_("Identity number of the proxy"), required=False)
    proxy_relation = forms.ChoiceField(
        label=_("Relation to the holder"),
        required=False,
        choices=[("", _("Choose")), *ProxyRelation.choices],
    )
    power = ScanField(label=_("Picture of the power"), required=False)
    signature = SignatureField(required=False)

    def __init__(self, data=None, files=None, *, rules):
        super().__init__(data, files)
        self.fields["signature"].required = rules.signature_needed
        if not rules.proxy_allowed:
            for name in ("receiver", *_PROXY_FIELDS):
                del self.fields[name]

    def clean_proxy_name(self) -> str:
        return clean(self.cleaned_data["proxy_name"])

    def clean(self) -> dict:
        data = super().clean()
        if data.get("receiver") == PROXY:
            for name in _PROXY_FIELDS:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed for a proxy."))
        return data

    @property
    def proxy(self) -> ProxyData | None:
        """Who came for the holder; None where the holder came."""
        data = self.cleaned_data
        if data.get("receiver") != PROXY:
            return None
        return ProxyData(
            name=data["proxy_name"],
            national_id=data["proxy_national_id"],
            relation=data["proxy_relation"],
            power=data["power"].content,
            power_type=data["power"].content_type,
        )


class FailureForm(forms.Form):
    """On which ground a card was refused or brought back."""

    ground = forms.ModelChoiceField(
        label=_("Ground"), queryset=Ground.objects.none(), empty_label=_("Choose a ground")
    )
    note = forms.CharField(label=_("In words"), required=False, max_length=500)

    def __init__(self, data=None, *, region_id: str):
        super().__init__(data)
        self.fields["ground"].queryset = Ground.objects.offered(region_id, GroundProcedure.HAND_OVER_FAILURE)
