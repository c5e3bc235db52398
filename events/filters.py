"""The calendar's filter: its address holds the whole state."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models import Region, User

MONTH_VIEW, LIST_VIEW = "month", "list"


class CalendarFilterForm(forms.Form):
    """Which region, for those who see them all. View and month ride along so that filtering keeps them."""

    view = forms.ChoiceField(
        choices=[(MONTH_VIEW, MONTH_VIEW), (LIST_VIEW, LIST_VIEW)], required=False, widget=forms.HiddenInput
    )
    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Region.objects.all(), required=False, empty_label=_("All regions")
    )

    def __init__(self, data: QueryDict, *, user: User):
        super().__init__(data)
        if not user.sees_all_regions:
            del self.fields["region"]
        self.is_valid()

    @property
    def is_list(self) -> bool:
        return self.cleaned_data.get("view") == LIST_VIEW

    @property
    def chosen_region(self) -> Region | None:
        return self.cleaned_data.get("region")

    def apply(self, meetings: QuerySet) -> QuerySet:
        return meetings.filter(region=self.chosen_region) if self.chosen_region else meetings

    def address(self, **changes: str) -> str:
        """The calendar's address with some of its state changed; an empty value drops a parameter."""
        state = {
            "view": LIST_VIEW if self.is_list else "",
            "month": self.cleaned_data.get("month", ""),
            "region": self.chosen_region.code if self.chosen_region else "",
        } | changes
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in state.items() if value})
        return f"?{query.urlencode()}"

    def chips(self) -> list[dict]:
        region = self.chosen_region
        return [{"label": region.name, "url": self.address(region="")}] if region else []
