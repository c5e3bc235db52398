"""The filters of the register's list."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Province, Region
from registry.enums import Kind, RegistrantState
from registry.fields import CraftChoiceField, grouped_crafts


class RegisterFilterForm(forms.Form):
    """What the address asks for. A value that means nothing filters nothing."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_("Name in Arabic or Latin letters, NIA, identity number or telephone"),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *RegistrantState.choices]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices])
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    province = forms.ModelChoiceField(
        label=_("Province or prefecture"), required=False, queryset=Province.objects.none()
    )
    craft = CraftChoiceField(label=_("Craft"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        provinces = Province.objects.with_communes()
        if not user.sees_all_regions:
            del self.fields["region"]
            provinces = provinces.filter(region_id=user.region_id)
        self.fields["province"].queryset = provinces
        self.fields["craft"].load(grouped_crafts())

    def apply(self, people: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if text := wanted.get("q"):
            people = people.search(text)
        for name, lookup in (
            ("state", "state"),
            ("kind", "kind"),
            ("region", "region"),
            ("province", "commune__province"),
        ):
            if wanted.get(name):
                people = people.filter(**{lookup: wanted[name]})
        if craft := wanted.get("craft"):
            people = people.filter(craft_links__craft=craft)
        return people

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
            shown = dict(field.choices).get(value, value) if name in {"state", "kind"} else value
            chips.append({"label": f"{field.label}{_(':')} {shown}", "url": f"?{rest.urlencode()}"})
        return chips
