"""What is asked at the counter: who receives a card, on which paper, or why nobody does."""

import base64
import binascii
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from cards.actions import ProxyData
from cards.enums import ProxyRelation
from core.arabic import clean, compact_number
from core.images import reencode_document, reencode_image
from registry.enums import GroundProcedure
from registry.models import Ground

HOLDER, PROXY = "holder", "proxy"
# Identity card, residence card or passport: letters and digits.
_IDENTITY = re.compile(r"[A-Z0-9]{4,16}")
_DATA_URL = "data:image/png;base64,"
_SIGNATURE_MOST = 400_000
_SIGNATURE_SIZE = (800, 400)
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
    proxy_national_id = forms.CharField(
        label=_("Identity number of the proxy"),
        max_length=20,
        required=False,
        help_text=_("As on the identity card, the residence card or the passport."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
    )
    proxy_relation = forms.ChoiceField(
        label=_("Relation to the holder"),
        required=False,
        choices=[("", _("Choose")), *ProxyRelation.choices],
    )
    power = forms.FileField(
        label=_("Picture of the power"),
        required=False,
        help_text=_("JPEG, PNG or PDF, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, rules):
        super().__init__(data, files)
        self.signature_needed = rules.signature_needed
        if not rules.proxy_allowed:
            for name in ("receiver", *_PROXY_FIELDS):
                del self.fields[name]

    def clean_proxy_name(self) -> str:
        return clean(self.cleaned_data["proxy_name"])

    def clean_proxy_national_id(self) -> str:
        number = compact_number(self.cleaned_data["proxy_national_id"])
        if number and not _IDENTITY.fullmatch(number):
            raise ValidationError(_("Give the number as it stands on the paper: letters and digits."))
        return number

    def clean_power(self):
        sent = self.cleaned_data["power"]
        return reencode_document(sent) if sent else None

    def clean_signature(self) -> ContentFile | None:
        """The drawing as a PNG of our own; what is no picture is refused."""
        sent = self.cleaned_data["signature"]
        if not sent:
            if self.signature_needed:
                raise ValidationError(_("Whoever receives the card signs on the screen."))
            return None
        if not sent.startswith(_DATA_URL) or len(sent) > _SIGNATURE_MOST:
            raise ValidationError(_("The signature could not be read. Sign again."))
        try:
            content = base64.b64decode(sent.removeprefix(_DATA_URL), validate=True)
        except binascii.Error as error:
            raise ValidationError(_("The signature could not be read. Sign again.")) from error
        return reencode_image(ContentFile(content), max_size=_SIGNATURE_SIZE)

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
