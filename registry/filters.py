"""The filters of the register's list."""

from datetime import date
from functools import cache, partial

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from core.models import Commune, Province, Region
from core.models.territory import options_of
from registry.columns import COLUMNS
from registry.enums import CardStanding, Flag, Gender, Kind, RegistrantState
from registry.fields import CraftChoiceField, grouped_crafts
from registry.models import Craft, CraftBranch, SearchText
from registry.search.filters import Filters
from registry.validators import OLDEST_AGE

# Parameters of the address beside the filters: the search's token, and where in the list one is.
TOKEN, CURSORS = "s", ("after", "before")
_DAY = {"type": "date"}
_NUMBER = {"inputmode": "numeric", "dir": "ltr"}


def _choices(enum) -> list:
    return [("", _("All")), *enum.choices]


class RegisterFilterForm(forms.Form):
    """What the address asks for. A value that means nothing filters nothing."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_("Name in Arabic or Latin letters, NIA, identity, telephone or tracking number"),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=_choices(RegistrantState))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_choices(Kind))
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    province = forms.ModelChoiceField(
        label=_("Province or prefecture"), required=False, queryset=Province.objects.none()
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"),
        required=False,
        queryset=Commune.objects.none(),
        help_text=_("Choose the province first"),
    )
    branch = forms.ModelChoiceField(label=_("Branch"), required=False, queryset=CraftBranch.objects.none())
    craft = CraftChoiceField(label=_("Craft"), required=False)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=_choices(Gender))
    card = forms.ChoiceField(label=_("Card"), required=False, choices=_choices(CardStanding))
    flag = forms.ChoiceField(label=_("Flag"), required=False, choices=_choices(Flag))
    age_from = forms.IntegerField(
        label=_("Age from"),
        required=False,
        min_value=0,
        max_value=OLDEST_AGE,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    age_to = forms.IntegerField(
        label=_("Age to"),
        required=False,
        min_value=0,
        max_value=OLDEST_AGE,
        widget=forms.TextInput(attrs=_NUMBER),
    )
    registered_from = forms.DateField(
        label=_("Registered from"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    registered_to = forms.DateField(
        label=_("Registered to"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict, *, user, search_text: SearchText | None = None):
        if search_text is None and data.get(TOKEN):
            search_text = SearchText.objects.filter(token=data[TOKEN]).first()
        self.search_text = search_text
        if search_text:
            data = data.copy()
            data["q"] = search_text.text
        super().__init__(data)
        self.user = user
        provinces = Province.objects.with_communes()
        if not user.sees_all_regions:
            del self.fields["region"]
            provinces = provinces.filter(region_id=user.region_id)
        self.fields["province"].queryset = provinces
        self.fields["commune"].queryset = Commune.objects.filter(
            province_id=data.get("province", ""), province__in=provinces
        )
        self.fields["branch"].queryset = CraftBranch.objects.filter(craft_list__is_current=True)
        for name in ("region", "province", "commune", "branch"):
            if field := self.fields.get(name):
                field.widget.choices = CallableChoiceIterator(cache(partial(_options, field.queryset)))
        self.fields["craft"].queryset = Craft.objects.current()
        self.fields["craft"].widget.choices = CallableChoiceIterator(cache(_crafts))

    @property
    def text(self) -> str:
        return self.search_text.text if self.search_text else ""

    @property
    def in_force(self) -> list[tuple[str, str]]:
        """Names and values of everything asked for but the search, as a form sends them."""
        names = [name for name in self.fields if name != "q"]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    @property
    def is_lost(self) -> bool:
        """Whether the address names a search that is no longer kept."""
        return bool(self.data.get(TOKEN)) and self.search_text is None

    def filters(self) -> Filters:
        """What is asked for within what the reader may see."""
        self.is_valid()
        wanted = self.cleaned_data
        region = wanted["region"].pk if wanted.get("region") else ""
        if not self.user.sees_all_regions:
            # A staff account without a region sees nobody.
            region = self.user.region_id or "-"
        terms = [f"{name}:{wanted[name]}" for name in ("kind", "gender", "flag") if wanted.get(name)]
        place = next((name for name in ("commune", "province") if wanted.get(name)), None)
        trade = next((name for name in ("craft", "branch") if wanted.get(name)), None)
        terms += [f"{name}:{wanted[name].pk}" for name in (place, trade) if name]
        today = timezone.localdate()
        return Filters(
            region=region,
            state=wanted.get("state", ""),
            card=wanted.get("card", ""),
            terms=tuple(terms),
            born_from=_years_before(today, wanted["age_to"] + 1, day_after=True)
            if wanted.get("age_to") is not None
            else None,
            born_until=_years_before(today, wanted["age_from"])
            if wanted.get("age_from") is not None
            else None,
            registered_from=wanted.get("registered_from"),
            registered_until=wanted.get("registered_to"),
        )

    def apply(self, people: QuerySet) -> QuerySet:
        """The same as a condition on registrants, for whoever goes through all of them."""
        people = people.narrowed(self.filters())
        return people.search(self.text) if self.text else people

    def columns_chosen(self) -> list[str]:
        self.is_valid()
        return self.cleaned_data.get("columns") or []

    def address(self) -> str:
        """The filters of a sent form as an address: what is empty and what was typed to search left out."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            values = [value for value in self.data.getlist(name) if value]
            if name != "q" and values:
                query.setlist(name, values)
        if self.search_text:
            query[TOKEN] = self.search_text.token
        return query.urlencode()

    def chips(self, query: QueryDict) -> list[dict]:
        """The filters in force, each with the address without it."""
        chips = []
        for name, field in self.fields.items():
            value = self.text if name == "q" else self.cleaned_data.get(name)
            if value in (None, "") or name == "columns":
                continue
            rest = query.copy()
            for parameter in (TOKEN if name == "q" else name, *CURSORS):
                rest.pop(parameter, None)
            if name == "province":
                rest.pop("commune", None)
            chips.append(
                {"label": f"{field.label}{_(':')} {_shown(field, value)}", "url": f"?{rest.urlencode()}"}
            )
        return chips


def _options(records: QuerySet) -> list[tuple]:
    """Asked for once, when the page shows them."""
    return [("", _("All")), *options_of(records)]


def _crafts() -> list[tuple]:
    return [("", _("All")), *grouped_crafts()]


def _shown(field: forms.Field, value) -> str:
    if type(field) is forms.ChoiceField:
        return dict(field.choices).get(value, value)
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def _years_before(day: date, years: int, *, day_after: bool = False) -> date:
    """The day so many years ago: whoever was born by then has that age."""
    try:
        then = day.replace(year=day.year - years)
    except ValueError:
        # Born on the 29th of February.
        then = day.replace(year=day.year - years, day=28)
    return date.fromordinal(then.toordinal() + 1) if day_after else then
