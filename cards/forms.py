"""Filters of lists, and what is asked when a batch is composed or a card stopped."""

import re

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cards.enums import BatchOrder, CardState
from cards.models import PersonList
from cards.waiting import AGE_LABELS, aged
from core.models import Commune, Province, Region
from registry.enums import GroundProcedure, Kind
from registry.models import Craft, CraftBody, Ground

# More than a page holds is chosen by "all found".
MOST_TICKED = 100
_KEY = re.compile(r"[0-9]{1,18}")


def keys_ticked(data: QueryDict, name: str) -> list[int]:
    """The keys ticked on a page, as sent; what is no key is left out."""
    return [int(value) for value in data.getlist(name)[:MOST_TICKED] if _KEY.fullmatch(value)]


class FilterForm(forms.Form):
    """What the address asks for. A value that means nothing filters nothing."""

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
            shown = dict(field.choices).get(value, value) if type(field) is forms.ChoiceField else value
            chips.append({"label": f"{field.label}{_(':')} {shown}", "url": f"?{rest.urlencode()}"})
        return chips


class CardFilterForm(FilterForm):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=300,
        help_text=_("Serial number, NIA, or name in Arabic or Latin letters"),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *CardState.choices])
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    commune = forms.ModelChoiceField(
        label=_("Commune"), required=False, queryset=Commune.objects.none(), empty_label=_("All")
    )
    waiting = forms.ChoiceField(
        label=_("Waiting for its holder"), required=False, choices=[("", _("All")), *AGE_LABELS.items()]
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        if not user.sees_all_regions:
            del self.fields["region"]
        code = data.get("region", "") if user.sees_all_regions else user.region_id
        self.fields["commune"].queryset = Commune.objects.filter(province__region_id=code)

    def apply(self, cards: QuerySet) -> QuerySet:
        self.is_valid()
        cards = cards.search(self.cleaned_data.get("q") or "")
        if state := self.cleaned_data.get("state"):
            cards = cards.filter(state=state)
        if region := self.cleaned_data.get("region"):
            cards = cards.filter(registrant__region=region)
        if commune := self.cleaned_data.get("commune"):
            cards = cards.filter(registrant__commune=commune)
        if age := self.cleaned_data.get("waiting"):
            cards = cards.waiting_for_holder().filter(aged(age))
        return cards


class CandidateFilterForm(FilterForm):
    """Whose cards are to be made. A batch is of one region: the national office chooses it first."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        help_text=_("Name in Arabic or Latin letters, NIA, identity number or telephone"),
    )
    region = forms.ModelChoiceField(label=_("Region"), required=False, queryset=Region.objects.all())
    province = forms.ModelChoiceField(
        label=_("Province or prefecture"),
        required=False,
        queryset=Province.objects.none(),
        empty_label=_("All"),
    )
    commune = forms.ModelChoiceField(
        label=_("Commune"), required=False, queryset=Commune.objects.none(), empty_label=_("All")
    )
    craft = forms.ModelChoiceField(
        label=_("Craft"), required=False, queryset=Craft.objects.current(), empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices])
    body = forms.ModelChoiceField(
        label=_("Craft body"), required=False, queryset=CraftBody.objects.none(), empty_label=_("All")
    )
    # Handed in by another page, such as a meeting's.
    list = forms.ModelChoiceField(
        label=_("List"), required=False, queryset=PersonList.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self._own_region = None if user.sees_all_regions else user.region
        if self._own_region:
            del self.fields["region"]
        self.fields["list"].queryset = PersonList.objects.visible_to(user)
        code = self.chosen_region.pk if self.chosen_region else ""
        self.fields["province"].queryset = Province.objects.filter(region_id=code)
        self.fields["commune"].queryset = Commune.objects.filter(province__region_id=code)
        self.fields["body"].queryset = CraftBody.objects.standing().filter(region_id=code)
        # The fields are whole now: read once more.
        self._errors = None

    @property
    def chosen_region(self) -> Region | None:
        """The region of the batch, or of the list; None until the national office has chosen one."""
        self.is_valid()
        given = self.chosen_list
        return self._own_region or (given.region if given else self.cleaned_data.get("region"))

    @property
    def chosen_list(self) -> PersonList | None:
        self.is_valid()
        return self.cleaned_data.get("list")

    def apply(self, people: QuerySet) -> QuerySet:
        if self.chosen_region is None:
            return people.none()
        people = people.filter(region=self.chosen_region).search(self.cleaned_data.get("q") or "")
        if commune := self.cleaned_data.get("commune"):
            people = people.filter(commune=commune)
        if craft := self.cleaned_data.get("craft"):
            people = people.filter(craft_links__craft=craft)
        if province := self.cleaned_data.get("province"):
            people = people.filter(commune__province=province)
        if kind := self.cleaned_data.get("kind"):
            people = people.filter(kind=kind)
        if body := self.cleaned_data.get("body"):
            people = people.filter(body_memberships__in=body.memberships.filter(left_on__isnull=True))
        if given := self.chosen_list:
            people = people.filter(pk__in=given.people)
        return people


class ComposeForm(forms.Form):
    """Name and order of a new batch, and who is in it."""

    ALL, TICKED = "all", "ticked"

    name = forms.CharField(label=_("Name of the batch"), max_length=120)
    order = forms.ChoiceField(label=_("Order of the cards"), choices=BatchOrder)
    cards_per_box = forms.IntegerField(
        label=_("Cards in a box"), min_value=1, max_value=1000, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who"),
        choices=[(ALL, _("All found")), (TICKED, _("Only those ticked on this page"))],
        initial=ALL,
        widget=forms.RadioSelect,
    )

    def __init__(self, data, *, given: PersonList | None = None):
        order = BatchOrder.AS_GIVEN if given else BatchOrder.NAME
        named = {"name": given.title[:120]} if given else {}
        super().__init__(data, initial=named | {"order": order, "cards_per_box": settings.CARDS_PER_BOX})
        if not given:
            self.fields["order"].choices = [
                choice for choice in BatchOrder.choices if choice[0] != BatchOrder.AS_GIVEN
            ]

    def clean(self) -> dict:
        data = super().clean()
        if data.get("who") == self.ALL and (count := len(self.ticked())):
            self.add_error(
                "who",
                ngettext(
                    "%(n)s person is ticked: say whether only that person is meant, or take the tick away.",
                    "%(n)s persons are ticked: say whether only they are meant, or take the ticks away.",
                    count,
                )
                % {"n": count},
            )
        return data

    def ticked(self) -> list[int]:
        """The keys ticked on the page, as sent; what is no key is left out."""
        return keys_ticked(self.data, "person")


class _StopGroundField(forms.ModelChoiceField):
    """Tells the grounds after which no new card is made; both lists end with another reason."""

    def label_from_instance(self, obj: Ground) -> str:
        if obj.procedure == GroundProcedure.CARD_REVOCATION:
            return _("%(ground)s (no new card)") % {"ground": obj}
        return str(obj)


class StopForm(forms.Form):
    """On which ground of the chamber's lists a card is stopped; words are asked where the ground has none."""

    ground = _StopGroundField(
        label=_("Ground"), queryset=Ground.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(
        label=_("Reason in words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data=None, *, region_id: str):
        super().__init__(data)
        self.fields["ground"].queryset = Ground.objects.offered(
            region_id, GroundProcedure.CARD_REPLACEMENT, GroundProcedure.CARD_REVOCATION
        )
