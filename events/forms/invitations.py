"""Forms of those invited: groups, answers, messages, letters."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from core.models import Commune
from events.enums import Answer, Channel, GroupSource, GuestCategory, Occasion
from events.forms.fields import ARABIC, FRENCH
from events.models import GuestGroup, Meeting
from registry.enums import BodyLevel
from registry.models import Craft


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
        label=_("Reply"),
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


class OwnAnswerForm(AnswerForm):
    """The same in the words of whoever is invited."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Will you come?")
        self.fields["answer"].choices = [
            (Answer.COMING, _("I am coming")),
            (Answer.NOT_COMING, _("I cannot come")),
            (Answer.DELEGATE, _("I send somebody in my place")),
        ]
        self.fields["delegate_name"].label = _("Their name")
        self.fields["delegate_title"].label = _("Their function")


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
