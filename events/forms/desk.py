"""What desks send, and the rules of a list."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cards.actions import ProxyData
from cards.enums import ProxyRelation
from cards.models import Card, CardRules
from core.arabic import clean
from core.forms import PaperNumberField, ScanField, SignatureField
from core.models import Commune, Region
from events.actions import LIST_FIELDS, possible_agents
from events.enums import ScanMethod
from events.models import CheckInList, Invitation, Meeting, WalkIn
from registry.models import Registrant
from registry.search.numbers import numbers_in

# A card's QR holds some 150 characters; nobody types more than that.
LONGEST_SCAN = 2000


class ScanForm(forms.Form):
    """One scan of a desk, or somebody chosen from a list of names.

    Its id is the page's own, so that the same scan sent twice is one.
    """

    scan_id = forms.UUIDField()
    text = forms.CharField(max_length=LONGEST_SCAN, required=False)
    registrant = forms.ModelChoiceField(queryset=Registrant.objects.none(), required=False)
    invitation = forms.ModelChoiceField(queryset=Invitation.objects.none(), required=False)
    method = forms.ChoiceField(choices=ScanMethod)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["registrant"].queryset = Registrant.objects.registered().filter(
            region_id=meeting.region_id
        )
        self.fields["invitation"].queryset = Invitation.objects.standing().filter(meeting=meeting)

    def clean(self) -> dict[str, Any]:
        sent = super().clean()
        if not any(sent.get(name) for name in ("text", "registrant", "invitation")):
            raise forms.ValidationError(_("Nothing could be read. Scan again, or type the number."))
        return sent


class HandOverForm(forms.Form):
    """A hand-over confirmed at a desk; `scan` is the one whose answer is on the screen, if any."""

    proxy_asked = False

    card = forms.ModelChoiceField(queryset=Card.objects.none(), widget=forms.HiddenInput)
    scan = forms.UUIDField(required=False, widget=forms.HiddenInput)
    signature = SignatureField(required=False)

    def __init__(self, data=None, files=None, *, meeting: Meeting, rules: CardRules, initial=None):
        super().__init__(data, files, auto_id=f"{self.prefix or 'holder'}_%s", initial=initial)
        self.fields["card"].queryset = Card.objects.filter(registrant__region_id=meeting.region_id)
        self.fields["signature"].required = rules.signature_needed

    @property
    def proxy(self) -> ProxyData | None:
        """Who came for the holder, of a form that asks for it."""
        return None


class ProxyForm(HandOverForm):
    """A hand-over to somebody who comes for the holder and shows a power."""

    prefix = "proxy"
    proxy_asked = True

    name = forms.CharField(label=_("Name of the proxy"), max_length=120)
    national_id = PaperNumberField(label=_("Identity number of the proxy"))
    relation = forms.ChoiceField(
        label=_("Relation to the holder"), choices=[("", _("Choose")), *ProxyRelation.choices]
    )
    power = ScanField(label=_("Picture of the power"))

    @classmethod
    def sent_in(cls, data: QueryDict) -> bool:
        return f"{cls.prefix}-card" in data

    def clean_name(self) -> str:
        return clean(self.cleaned_data["name"])

    @property
    def proxy(self) -> ProxyData:
        asked = self.cleaned_data
        power = asked["power"]
        return ProxyData(
            asked["name"], asked["national_id"], asked["relation"], power.content, power.content_type
        )


class WalkInForm(forms.ModelForm):
    """Three fields; the id is the page's own."""

    walk_in_id = forms.UUIDField(widget=forms.HiddenInput)
    # Set once the page has shown people of the register who have this telephone.
    nobody_known = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = WalkIn
        fields = ("name", "phone", "commune")

    def __init__(self, *args, region: Region, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["dir"] = "auto"
        self.fields["phone"].widget.attrs |= {"dir": "ltr", "inputmode": "tel"}
        communes = Commune.objects.filter(province__region=region).select_related("province")
        commune = self.fields["commune"]
        commune.queryset = communes
        groups: dict[str, list] = {}
        for row in communes.order_by("province__code", "name_ar"):
            groups.setdefault(row.province.name, []).append((row.pk, row.name))
        commune.widget.choices = [("", "---------"), *groups.items()]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not numbers_in(typed).phone:
            raise forms.ValidationError(_("Give a Moroccan number of ten digits, such as 06 61 23 45 67."))
        return numbers_in(typed).phone if typed else ""


class CheckInListForm(forms.ModelForm):
    """The rules of a list and who works there."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CheckInList
        fields = (*LIST_FIELDS, "agents")
        widgets = {
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "name_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "agents": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "agents": _("Where nobody is chosen, every desk agent of the region may work here."),
            "counts_once": _("Otherwise every visit counts."),
        }

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agents"].queryset = self.fields["agents"].queryset.filter(
            pk__in=[one.pk for one in possible_agents(meeting)]
        )
        self.fields["version"].initial = self.instance.version
        is_stand = self.instance.pk is None or self.instance.kind == "stand"
        self.fields["name_ar"].required = is_stand
        rules = ["admission", "counts_once", "after_door", "takes_walk_ins", "hands_over", "is_open"]
        if self.instance.pk and self.instance.is_door:
            rules = [name for name in rules if name not in ("counts_once", "after_door")]
            del self.fields["counts_once"], self.fields["after_door"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            Fieldset(_("Name"), Row(Column("name_ar"), Column("name_fr"))),
            Fieldset(_("Rules"), *rules),
            Fieldset(_("Who works here"), "agents"),
        )

    def list_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, getattr(self.instance, name)) for name in LIST_FIELDS}
