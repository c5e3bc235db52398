"""The form in which a meeting is scheduled and changed."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean
from core.dates import moment_in_words
from core.models import Commune, Province, User
from core.roles import Role
from events.actions import MEETING_FIELDS, NewCaravan
from events.conflicts import conflicts
from events.enums import WheelchairAccess
from events.forms.fields import ARABIC, FRENCH, LocalMomentField
from events.models import Caravan, Meeting, Programme

_WATCHED = ("starts_at", "ends_at", "venue_ar", "venue_fr", "commune", "director")
TOLD_WHILE_TYPED = ", ".join([*(f"#id_{name}" for name in _WATCHED), "[name=meeting]"])


class MeetingForm(forms.ModelForm):
    """Checks what a director enters; what it gives goes to `events.actions`.

    `warnings()` are no errors: a form with warnings is shown once more, and sent again it is saved.
    """

    caravan = forms.ModelChoiceField(
        label=_("Caravan"), queryset=Caravan.objects.none(), required=False, empty_label=_("A new caravan")
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.order_by("pk"), required=False, empty_label=None
    )
    caravan_name_ar = forms.CharField(
        label=_("Name of the new caravan in Arabic"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=ARABIC),
    )
    caravan_name_fr = forms.CharField(
        label=_("Name of the new caravan in French"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=FRENCH),
    )
    starts_at = LocalMomentField(label=_("Starts"), help_text=_("Moroccan time"))
    ends_at = LocalMomentField(label=_("Ends"), required=False, help_text=_("Moroccan time"))
    province = forms.ModelChoiceField(label=_("Province or prefecture"), queryset=Province.objects.none())
    same_agenda_as = forms.ModelChoiceField(
        label=_("Same again as"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("No agenda yet"),
        help_text=_("Agenda, organisers and preparation list are copied; speakers are not."),
    )
    map_url = forms.URLField(
        label=_("Link to a map"),
        max_length=400,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://"}),
    )
    with_guests = forms.BooleanField(
        label=_("Invite the same functions"),
        required=False,
        help_text=_("Guests of another region are replaced by who holds their function here."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    warned = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    # The order of the page, in which the summary names mistakes.
    field_order = (
        "caravan",
        "programme",
        "caravan_name_ar",
        "caravan_name_fr",
        "title_ar",
        "title_fr",
        "starts_at",
        "ends_at",
        "province",
        "commune",
        "venue_ar",
        "venue_fr",
    )

    class Meta:
        model = Meeting
        fields = ("caravan", *MEETING_FIELDS)
        widgets = {
            "title_ar": forms.TextInput(attrs=ARABIC),
            "title_fr": forms.TextInput(attrs=FRENCH),
            "venue_ar": forms.TextInput(attrs=ARABIC),
            "venue_fr": forms.TextInput(attrs=FRENCH),
            "purpose_ar": forms.Textarea(attrs=ARABIC | {"rows": 3}),
            "purpose_fr": forms.Textarea(attrs=FRENCH | {"rows": 3}),
            "capacity": forms.NumberInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
        }

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        # A meeting stays in its region, and a regional account in its own.
        self.region_id = user.region_id if self.is_new else self.instance.region_id
        self._load_choices()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A meeting ends after it starts."))
        commune, province = cleaned.get("commune"), cleaned.get("province")
        if commune and province and commune.province_id != province.pk:
            self.add_error("commune", _("This commune lies in another province."))
        caravan = cleaned.get("caravan")
        if caravan:
            if commune and caravan.region_id != commune.province.region_id:
                self.add_error("caravan", _("This caravan goes through another region."))
        elif "caravan" not in self.errors:
            for name in ("programme", "caravan_name_ar", "caravan_name_fr"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A new caravan needs it."))
        return cleaned

    def clean_wheelchair_access(self) -> str:
        return self.cleaned_data["wheelchair_access"] or WheelchairAccess.UNKNOWN

    def clean_map_url(self) -> str:
        address = self.cleaned_data["map_url"]
        if address and not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(_("Give an address that begins with https://"), code="scheme")
        return address

    def meeting_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in MEETING_FIELDS}

    def chosen_caravan(self) -> Caravan | NewCaravan:
        chosen = self.cleaned_data
        return chosen["caravan"] or NewCaravan(
            programme=chosen["programme"],
            region=chosen["commune"].province.region,
            name_ar=chosen["caravan_name_ar"],
            name_fr=chosen["caravan_name_fr"],
        )

    def warnings(self) -> list[str]:
        """What a valid form should make its author think twice about."""
        chosen = self.cleaned_data
        found = []
        if chosen["starts_at"] < timezone.now() and (self.is_new or "starts_at" in self.changed_data):
            found.append(
                str(_("This meeting lies in the past: %(when)s.") % {"when": _moment(chosen["starts_at"])})
            )
        return found + conflicts(
            **{
                name: chosen[name]
                for name in ("commune", "venue_ar", "venue_fr", "starts_at", "ends_at", "director")
            },
            meeting=None if self.is_new else self.instance,
        )

    def warnings_not_seen(self) -> list[str]:
        """Warnings that the page has not shown yet; shown now, they are remembered in the form."""
        warnings = self.warnings()
        seen = "\n".join(warnings)
        if clean(self.cleaned_data["warned"]) == clean(seen):
            return []
        self.data = self.data.copy()
        self.data["warned"] = seen
        return warnings

    def _load_choices(self) -> None:
        self.fields["director"].queryset = _directors(self.region_id)
        self.fields["wheelchair_access"].required = False
        for name in _WATCHED:
            # What it collides with is told while it is typed.
            self.fields[name].widget.attrs |= {
                "hx-get": reverse_lazy("events:conflicts"),
                # Not the whole form: its token does not belong in an address.
                "hx-include": TOLD_WHILE_TYPED,
                "hx-target": "#conflicts",
                "hx-trigger": "change, keyup changed delay:500ms",
                # One question at a time: an answer to what was typed before must not come last.
                "hx-sync": "closest form:queue last",
            }
        caravans, provinces = Caravan.objects.order_by("-pk"), Province.objects.with_communes()
        communes = Commune.objects.select_related("province__region")
        if self.region_id:
            caravans, provinces = (rows.filter(region_id=self.region_id) for rows in (caravans, provinces))
            communes = communes.filter(province__region_id=self.region_id)
        self.fields["caravan"].queryset = caravans
        if self.is_new and self.region_id:
            # Most meetings belong to the caravan under way.
            self.fields["caravan"].initial = caravans.first()
        self.fields["programme"].initial = Programme.objects.order_by("pk").first()
        province = self.fields["province"]
        province.queryset = provinces
        province.widget.attrs |= {"hx-get": reverse_lazy("core:commune_options"), "hx-target": "#id_commune"}
        self.fields["commune"].queryset = communes
        if self.is_new:
            self.fields["same_agenda_as"].queryset = (
                Meeting.objects.patterns_for(self.user).for_list().select_related("template")
            )
            self.fields["same_agenda_as"].label_from_instance = _as_pattern
        else:
            del self.fields["same_agenda_as"], self.fields["with_guests"]
            province.initial = self.instance.commune.province_id
            self.fields["version"].initial = self.instance.version
        self.fields["commune"].widget.choices = [("", "---------"), *self._commune_choices(communes)]

    def _commune_choices(self, communes) -> list:
        """A region's communes by province; of the whole country, only those of the province chosen."""
        chosen = self["province"].value()
        if not self.region_id or chosen:
            return [(row.pk, row.name) for row in communes.filter(province_id=chosen)]
        groups: dict[str, list] = {}
        for row in communes:
            groups.setdefault(row.province.name, []).append((row.pk, row.name))
        return list(groups.items())

    def _layout(self) -> Layout:
        agenda = [Fieldset(_("Agenda"), "same_agenda_as", "with_guests")] if self.is_new else []
        return Layout(
            "version",
            "warned",
            Fieldset(
                _("Caravan"),
                "caravan",
                Div(
                    "programme",
                    Row(Column("caravan_name_ar"), Column("caravan_name_fr")),
                    css_class="new-caravan",
                ),
                css_class="meeting-caravan",
            ),
            Fieldset(_("Meeting"), "title_ar", "title_fr", Row(Column("starts_at"), Column("ends_at"))),
            Fieldset(
                _("Place"),
                Row(Column("province"), Column("commune")),
                "venue_ar",
                "venue_fr",
                Row(Column("capacity"), Column("wheelchair_access")),
                "map_url",
            ),
            Div(css_id="conflicts"),
            Fieldset(_("Who leads it"), "director"),
            Fieldset(_("Purpose"), "purpose_ar", "purpose_fr"),
            *agenda,
        )


def _directors(region_id: str | None) -> QuerySet:
    """Who may lead a meeting of a region; where it is not known yet, of any."""
    people = User.objects.filter(is_active=True, roles__contains=[Role.REGIONAL_DIRECTOR])
    return people.filter(region_id=region_id) if region_id else people


def _moment(moment) -> str:
    return moment_in_words(moment, weekday=True)


def _as_pattern(meeting: Meeting) -> str:
    """A template by the name that it was kept under, any other meeting by its title and date."""
    if hasattr(meeting, "template"):
        return _("Template: %(name)s") % {"name": meeting.template.name}
    return f"{meeting.title} ({moment_in_words(meeting.starts_at)})"
