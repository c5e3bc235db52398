"""The form of one agenda item, and what the agenda's page sends."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.arabic import clean
from core.images import reencode_document
from core.models import ServiceDomain
from events.actions.agenda import AGENDA_FIELDS
from events.forms.fields import ARABIC, FRENCH
from events.models import AgendaItem, Invitation, Meeting

MOST_LINES = 20
LONGEST_LINE = 200


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, *, attrs: dict[str, str], **kwargs):
        super().__init__(
            required=False,
            help_text=_("One a line"),
            widget=forms.Textarea(attrs=attrs | {"rows": 3}),
            **kwargs,
        )

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value) -> list[str]:
        lines = [line for line in map(clean, super().clean(value).splitlines()) if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("At most %(n)s lines.") % {"n": MOST_LINES}, code="lines")
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(
                _("A line holds %(n)s characters at most.") % {"n": LONGEST_LINE}, code="line"
            )
        return lines

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial or []) != (data or "")


class AgendaItemForm(forms.ModelForm):
    """Checks an item; what it gives goes to `events.actions`."""

    themes_ar = LinesField(label=_("Themes in Arabic"), attrs=ARABIC)
    themes_fr = LinesField(label=_("Themes in French"), attrs=FRENCH)
    recipients_ar = LinesField(label=_("Cards handed to, in Arabic"), attrs=ARABIC)
    recipients_fr = LinesField(label=_("Cards handed to, in French"), attrs=FRENCH)
    partners_ar = LinesField(label=_("Partners in Arabic"), attrs=ARABIC)
    partners_fr = LinesField(label=_("Partners in French"), attrs=FRENCH)
    speakers = forms.ModelMultipleChoiceField(
        label=_("Speakers"),
        queryset=Invitation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    service_domains = forms.ModelMultipleChoiceField(
        label=_("Service domains"),
        queryset=ServiceDomain.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = AgendaItem
        fields = (*AGENDA_FIELDS, "speakers", "service_domains")
        # "Minutes" alone is a record of the meeting as well.
        labels = {"duration_minutes": _("How long it takes, in minutes")}
        widgets = {
            "title_ar": forms.TextInput(attrs=ARABIC),
            "title_fr": forms.TextInput(attrs=FRENCH),
            "duration_minutes": forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
        }

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        speakers = self.fields["speakers"]
        speakers.queryset = meeting.invitations.standing().named().with_people()
        speakers.label_from_instance = _speaker
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            Fieldset(_("Item"), "kind", "title_ar", "title_fr", "duration_minutes"),
            Fieldset(_("Speakers"), "speakers"),
            Fieldset(_("Themes"), Row(Column("themes_ar"), Column("themes_fr"))),
            Fieldset(
                _("Services and partners"),
                "service_domains",
                Row(Column("partners_ar"), Column("partners_fr")),
            ),
            Fieldset(_("Hand-over of cards"), Row(Column("recipients_ar"), Column("recipients_fr"))),
        )

    def for_action(self) -> dict[str, Any]:
        """What `add_agenda_item` and `change_agenda_item` take."""
        chosen = self.cleaned_data
        return {
            "fields": {name: chosen[name] for name in AGENDA_FIELDS},
            "speakers": list(chosen["speakers"]),
            "service_domains": list(chosen["service_domains"]),
        }


class ArrangeForm(forms.Form):
    """The order that the page shows, and one step of it: `up:5` or `down:5` for the item 5."""

    version = forms.IntegerField()
    order = forms.TypedMultipleChoiceField(coerce=int)
    move = forms.RegexField(r"^(up|down):\d+$", required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["order"].choices = [(pk, pk) for pk in meeting.agenda.values_list("pk", flat=True)]

    def new_order(self) -> list[int]:
        """The order after the step; without a step, the one that was dragged."""
        order = self.cleaned_data["order"]
        if not self.cleaned_data["move"]:
            return order
        direction, _colon, key = self.cleaned_data["move"].partition(":")
        if int(key) not in order:
            return order
        place = order.index(int(key))
        other = place + (-1 if direction == "up" else 1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
        return order


class AttachmentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, 10 MB at the most"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_file(self):
        return reencode_document(self.cleaned_data["file"])


def _speaker(invitation: Invitation) -> str:
    """Name and function; somebody who is not named stands by their function and institution."""
    parts = [invitation.name, invitation.title, invitation.institution_name]
    return pgettext("separator", ", ").join(part for part in parts if part)
