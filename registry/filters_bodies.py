"""The filters of the list of craft bodies, and of those called to an assembly."""

from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models import Province, Region, User
from registry.enums import Attendance, BodyLevel, BodyState
from registry.models import CraftBranch, FoundingAssembly

_ANY = [("", _("All"))]


class BodyFilterForm(forms.Form):
    """What the address asks for. A value that means nothing filters nothing."""

    level = forms.ChoiceField(label=_("Level"), required=False, choices=[*_ANY, *BodyLevel.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*_ANY, *BodyState.choices])
    branch = forms.ModelChoiceField(
        label=_("Branch"), required=False, queryset=CraftBranch.objects.none(), empty_label=_("All")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), required=False, queryset=Region.objects.all(), empty_label=_("All")
    )
    province = forms.ModelChoiceField(
        label=_("Province or prefecture"),
        required=False,
        queryset=Province.objects.none(),
        empty_label=_("All"),
    )
    renewal = forms.BooleanField(label=_("Bureau to be renewed soon"), required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        provinces = Province.objects.with_communes()
        if not user.sees_all_regions:
            del self.fields["region"]
            provinces = provinces.filter(region_id=user.region_id)
        self.fields["province"].queryset = provinces
        self.fields["branch"].queryset = CraftBranch.objects.filter(craft_list__is_current=True)

    def apply(self, bodies: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        if wanted.pop("renewal", None):
            bodies = bodies.renewal_due()
        return bodies.filter(**wanted)

    def chips(self, query) -> list[dict]:
        """The filters in force, each with the address without it."""
        chips = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value:
                continue
            rest = query.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            shown = dict(field.choices).get(value, value) if name in {"level", "state"} else value
            label = field.label if name == "renewal" else f"{field.label}{_(':')} {shown}"
            chips.append({"label": label, "url": f"?{rest.urlencode()}"})
        return chips


class ConvocationFilter:
    """All who were called to an assembly, or those who came or did not."""

    SHOWN: ClassVar = {"": _("Called"), "attending": _("Present or represented"), "absent": _("Absent")}

    def __init__(self, query: QueryDict):
        self.shown = query.get("attendance", "") if query.get("attendance") in self.SHOWN else ""

    def of(self, assembly: FoundingAssembly) -> QuerySet:
        people = assembly.convocations.all()
        if self.shown == "absent":
            return people.filter(attendance=Attendance.ABSENT)
        return people.attending() if self.shown else people

    def words(self) -> list[str]:
        return [str(self.SHOWN[self.shown])] if self.shown else []
