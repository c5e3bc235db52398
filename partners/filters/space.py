"""The filters of a partner's own lists."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.filters.offers import FilterForm
from partners.models import Branch, Offer, Partner


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class UseFilterForm(FilterForm):
    """Which uses the partner's administrator looks at."""

    q = None
    offer = forms.ModelChoiceField(
        label=_("Offer"), required=False, queryset=Offer.objects.none(), to_field_name="code"
    )
    branch = forms.ModelChoiceField(
        label=pgettext_lazy("partner", "Branch"),
        required=False,
        queryset=Branch.objects.none(),
        to_field_name="code",
    )
    since = _day(_("From"))
    until = _day(_("Until"))

    def __init__(self, *args, partner: Partner, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = Offer.objects.of_partner(partner)
        self.fields["branch"].queryset = Branch.objects.of_partner(partner)

    def apply(self, uses: QuerySet) -> QuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        if offer := wanted.get("offer"):
            uses = uses.filter(offer=offer)
        if branch := wanted.get("branch"):
            uses = uses.filter(branch=branch)
        if since := wanted.get("since"):
            uses = uses.since(since)
        if until := wanted.get("until"):
            uses = uses.until(until)
        return uses
