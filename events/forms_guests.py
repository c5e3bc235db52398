"""Forms of the directory of guests, of invitations and of answers."""

from typing import Any

import phonenumbers
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, compact_number, digits
from core.models import Commune, Region, User
from events.actions.guests import GUEST_FIELDS, INSTITUTION_FIELDS
from events.enums import Answer, Channel, GroupSource, GuestCategory, Occasion
from events.models import Guest, GuestGroup, Institution, Meeting
from registry.enums import BodyLevel
from registry.models import Craft, Registrant

FRENCH = {"dir": "ltr", "lang": "fr"}
ARABIC = {"dir": "rtl", "lang": "ar"}
LTR = {"dir": "ltr"}
PHONE = {"dir": "ltr", "inputmode": "tel", "autocomplete": "off"}


class PhoneField(forms.CharField):
    """A telephone number, landlines and other countries' too; kept in E.164."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=30, widget=forms.TextInput(attrs=PHONE), **kwargs)

    def clean(self, value) -> str:
        text = digits(clean(super().clean(value)))
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "MA")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(_("This is no telephone number."), code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class GuestForm(forms.ModelForm):
    """Somebody of the directory; a registration number links them to their entry in the register."""

    phone = PhoneField(label=_("Mobile telephone"))
    nia = forms.CharField(
        label=_("Registration number (NIA)"),
        required=False,
        max_length=24,
        help_text=_("Where this guest is on the register: their card then finds their invitation."),
        widget=forms.TextInput(attrs=LTR),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Guest
        fields = tuple(name for name in GUEST_FIELDS if name != "registrant")
        widgets = {
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_fr": forms.TextInput(attrs=FRENCH),
            "title_ar": forms.TextInput(attrs=ARABIC),
            "title_fr": forms.TextInput(attrs=FRENCH),
            "email": forms.EmailInput(attrs=LTR),
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        region = self.fields["region"]
        region.empty_label = _("Invited everywhere")
        if not user.sees_all_regions:
            region.queryset = Region.objects.filter(pk=user.region_id)
            region.empty_label = None
            region.required = True
        self.fields["institution"].queryset = Institution.objects.order_by("name_ar")
        self.fields["version"].initial = self.instance.version
        if self.instance.registrant_id:
            self.fields["nia"].initial = self.instance.registrant.nia
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            Fieldset(
                _("Function"),
                "title_ar",
                "title_fr",
                "institution",
                Row(Column("category"), Column("region")),
            ),
            Fieldset(_("Who holds it"), Row(Column("name_ar"), Column("name_fr")), "nia"),
            Fieldset(_("How to reach them"), Row(Column("phone"), Column("email"))),
            "is_active",
        )

    def clean_nia(self) -> Registrant | None:
        text = self.cleaned_data["nia"]
        if not clean(text):
            return None
        known = Registrant.objects.visible_to(self.user).registered()
        person = known.filter(nia_compact=compact_number(text)).first()
        if person is None:
            raise forms.ValidationError(_("Nobody on the register has this number."), code="nia")
        return person

    def for_action(self) -> dict[str, Any]:
        values = {name: self.cleaned_data.get(name) for name in GUEST_FIELDS}
        return values | {"registrant": self.cleaned_data["nia"]}


class InstitutionForm(forms.ModelForm):
    phone = PhoneField(label=_("Telephone"))

    class Meta:
        model = Institution
        fields = INSTITUTION_FIELDS
        widgets = {
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_fr": forms.TextInput(attrs=FRENCH),
            "email": forms.EmailInput(attrs=LTR),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class GroupForm(forms.Form):
    """Who is invited together."""

    source = forms.ChoiceField(
        label=_("Who"),
        choices=[
            (GroupSource.DIRECTORY, _("Guests of the directory, by category")),
            (GroupSource.BODY_PRESIDENTS, GroupSource.BODY_PRESIDENTS.label),
            (GroupSource.ARTISANS, GroupSource.ARTISANS.label),
            (GroupSource.ANNOUNCED, GroupSource.ANNOUNCED.label),
        ],
        widget=forms.RadioSelect,
        initial=GroupSource.DIRECTORY,
    )
    category = forms.ChoiceField(
        label=_("Category"),
        choices=GuestCategory.choices,
        initial=GuestCategory.CHAMBER_MEMBER,
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[row for row in BodyLevel.choices if row[0] != BodyLevel.NATIONAL],
        required=False,
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Commune.objects.none(), required=False, empty_label=_("All communes")
    )
    craft = forms.ModelChoiceField(
        label=_("Craft"), queryset=Craft.objects.none(), required=False, empty_label=_("All crafts")
    )
    uncollected = forms.BooleanField(
        label=_("Only those whose card is made and waits for them"), required=False
    )
    name_ar = forms.CharField(label=_("Arabic name"), max_length=200, widget=forms.TextInput(attrs=ARABIC))
    name_fr = forms.CharField(label=_("French name"), max_length=200, widget=forms.TextInput(attrs=FRENCH))

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = Commune.objects.filter(province__region_id=meeting.region_id)
        self.fields["craft"].queryset = Craft.objects.order_by("pk")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "source",
            Fieldset(_("Guests of the directory"), "category", css_class="group-directory"),
            Fieldset(_("Craft bodies"), "level", css_class="group-bodies"),
            Fieldset(
                _("Artisans"),
                Row(Column("commune"), Column("craft")),
                "uncollected",
                css_class="group-artisans",
            ),
            Fieldset(_("As it is called in the programme"), Row(Column("name_ar"), Column("name_fr"))),
        )

    def for_action(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        source = GroupSource(chosen["source"])
        criteria: dict[str, Any] = {}
        if source == GroupSource.DIRECTORY:
            criteria = {"category": chosen["category"]}
        elif source == GroupSource.BODY_PRESIDENTS:
            criteria = {"level": chosen["level"] or BodyLevel.PROVINCIAL}
        elif source == GroupSource.ARTISANS:
            criteria = {
                "commune": chosen["commune"].pk if chosen["commune"] else "",
                "craft": chosen["craft"].pk if chosen["craft"] else "",
                "uncollected": chosen["uncollected"],
            }
        return {
            "source": source,
            "criteria": criteria,
            "name_ar": chosen["name_ar"],
            "name_fr": chosen["name_fr"],
        }


class AnswerForm(forms.Form):
    """Coming, not coming, or somebody else in one's place."""

    answer = forms.ChoiceField(
        label=_("Will you come?"),
        choices=[row for row in Answer.choices if row[0] != Answer.NONE],
        widget=forms.RadioSelect,
    )
    delegate_name = forms.CharField(label=_("Delegate's name"), max_length=120, required=False)
    delegate_title = forms.CharField(label=_("Delegate's function"), max_length=160, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "answer",
            Fieldset(_("Who comes in your place"), "delegate_name", "delegate_title", css_class="delegate"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == Answer.DELEGATE and not clean(cleaned.get("delegate_name", "")):
            self.add_error("delegate_name", _("Say who comes in your place."))
        return cleaned


class MailingForm(forms.Form):
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion, widget=forms.RadioSelect)
    first_channel = forms.ChoiceField(
        label=_("First by"),
        choices=Channel,
        initial=Channel.SMS,
        widget=forms.RadioSelect,
        help_text=_("Whoever cannot be reached so is written to the other way."),
    )


class LettersForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=[("ar", "العربية"), ("fr", "Français")])
    group = forms.ModelChoiceField(
        label=_("Who"),
        queryset=GuestGroup.objects.none(),
        required=False,
        empty_label=_("Everybody invited"),
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = meeting.guest_groups.all()
