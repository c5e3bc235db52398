"""Forms of a meeting's states, of its preparation, and of calendar addresses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Region, User
from core.roles import Role
from events.enums import FeedScope, MeetingGround, TaskKind
from events.forms.fields import ARABIC, FRENCH, DayField, LocalMomentField
from events.models import Meeting, Programme


class OffForm(forms.Form):
    """Why a meeting does not take place as announced."""

    ground = forms.ChoiceField(label=_("Ground"), choices=MeetingGround, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In words, for those invited"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    tell = forms.BooleanField(label=_("Tell everybody who was written to"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RescheduleForm(forms.Form):
    """A postponed meeting's new date."""

    starts_at = LocalMomentField(label=_("Starts"), help_text=_("Moroccan time"))
    ends_at = LocalMomentField(label=_("Ends"), required=False)
    tell = forms.BooleanField(label=_("Tell everybody who was written to"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A meeting ends after it starts."))
        return cleaned


class TaskForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind, initial=TaskKind.OTHER)
    title_ar = forms.CharField(label=_("In Arabic"), max_length=160, widget=forms.TextInput(attrs=ARABIC))
    title_fr = forms.CharField(
        label=_("In French"), max_length=160, required=False, widget=forms.TextInput(attrs=FRENCH)
    )
    due_on = DayField(label=_("To be done by"), required=False)


class DueForm(forms.Form):
    """A task's date, and the one that the page showed."""

    due_on = DayField(required=False)
    seen = DayField(required=False)


class DutyForm(forms.Form):
    """Somebody of the region's staff who is not on duty at this meeting yet."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    task = forms.CharField(
        label=_("Task"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, region_id=meeting.region_id)
        self.fields["user"].queryset = (
            staff.exclude(roles__contains=[Role.ARTISAN])
            .exclude(pk__in=meeting.duties.values("user_id"))
            .order_by("name_ar", "pk")
        )


class NamesForm(forms.Form):
    """What something is called, officially: a template, a programme."""

    name_ar = forms.CharField(label=_("Arabic name"), max_length=200, widget=forms.TextInput(attrs=ARABIC))
    name_fr = forms.CharField(label=_("French name"), max_length=200, widget=forms.TextInput(attrs=FRENCH))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CaravanForm(NamesForm):
    """A caravan's names, and the programme that it belongs to."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.order_by("pk"), empty_label=None
    )


class FeedForm(forms.Form):
    scope = forms.ChoiceField(label=_("What it shows"), choices=FeedScope, widget=forms.RadioSelect)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label=_("All regions")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("ar", "العربية"), ("fr", "Français")])

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].initial = FeedScope.REGION
        if not user.sees_all_regions:
            del self.fields["region"]
        if not user.is_staff_member:
            self.fields["scope"].choices = [
                (FeedScope.REGION, _("Meetings in my region")),
                (FeedScope.OWN, _("Meetings that I am invited to")),
            ]
