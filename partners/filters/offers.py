"""The filters of the catalogue and of the list of offers; they live in the address, which can be sent."""

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models import ServiceDomain
from partners.catalogue import Offers, RunningOffer
from partners.enums import Missing, OfferState, Queue
from partners.models import Partner
from partners.querysets.offers import OfferQuerySet

# Stands for the offers that no domain claims.
GENERAL = "general"


class FilterForm(forms.Form):
    """A value that means nothing filters nothing, and the form says so beside the field."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def chips(self, query: QueryDict) -> list[dict]:
        """The filters in force, each with the address without it."""
        chips = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not value:
                continue
            rest = query.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            # A field of records gives one, which knows its name.
            has_names = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
            shown = dict(field.choices).get(value, value) if has_names else value
            label = f"{field.label}{_(':')} {shown}"
            chips.append({"name": name, "label": label, "url": f"?{rest.urlencode()}"})
        return chips


class BenefitsForm(FilterForm):
    """Words and domain alone: a holder's own region and nearness order the list."""

    domain = forms.ChoiceField(label=_("Domain"), required=False)

    def __init__(self, *args, offers: Offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.domains = {domain.code: domain for domain in offers.domains}
        self.fields["domain"].choices = [
            ("", _("All")),
            *((domain.code, domain.name) for domain in offers.domains),
            (GENERAL, _("General")),
        ]
        self.fields["q"].help_text = _("Offer, partner or domain, in Arabic or French")

    @property
    def chosen_domain(self) -> ServiceDomain | None:
        return self.domains.get(self.cleaned_data.get("domain"))

    def found(self) -> list[RunningOffer]:
        """The offers that every filter but the domain's lets through."""
        self.is_valid()
        return list(self.offers.search(self.cleaned_data.get("q", "")))

    def in_domain(self, found: list[RunningOffer]) -> list[RunningOffer]:
        if self.chosen_domain:
            return [one for one in found if self.chosen_domain.code in one.domains]
        if self.cleaned_data.get("domain") == GENERAL:
            return [one for one in found if not one.domains]
        return found

    def tabs(self, counts: dict[str | None, int], query: QueryDict) -> list[dict]:
        """One for all offers and one a domain that has some, each keeping the other filters."""
        chosen = self.cleaned_data.get("domain") or ""
        tabs = []
        for code, label in self.fields["domain"].choices:
            count = counts.get(None if code == GENERAL else code)
            if code and code != chosen and not count:
                continue
            address = query.copy()
            address.pop("page", None)
            address.pop("domain", None)
            if code:
                address["domain"] = code
            tabs.append(
                {
                    "label": label,
                    "url": f"?{address.urlencode()}",
                    "active": code == chosen,
                    "count": (count or 0) if code else None,
                }
            )
        return tabs


class CatalogueForm(BenefitsForm):
    partner = forms.ChoiceField(label=_("Partner"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    craft = forms.TypedChoiceField(label=_("Craft"), required=False, coerce=int, empty_value=None)

    field_order = ["q", "domain", "partner", "region", "craft"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.partners = {partner.code: partner for partner in self.offers.partners}
        for name, choices in (
            ("partner", [(code, partner.name) for code, partner in self.partners.items()]),
            ("region", [(region.pk, region.name) for region in self.offers.regions]),
            ("craft", [(craft.pk, craft.name) for craft in self.offers.crafts]),
        ):
            self.fields[name].choices = [*BLANK_CHOICE_DASH, *choices]

    def found(self) -> list[RunningOffer]:
        found, wanted = super().found(), self.cleaned_data
        if partner := self.partners.get(wanted.get("partner")):
            found = [one for one in found if partner.pk in one.groups]
        if region := wanted.get("region"):
            found = [one for one in found if one.is_in_region(region)]
        if craft := wanted.get("craft"):
            found = [one for one in found if one.is_for_craft(craft)]
        return found


class ManagedOffersForm(FilterForm):
    """`queue` is chosen by its tab."""

    queue = forms.ChoiceField(required=False, choices=[("", ""), *Queue.choices], widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *OfferState.choices])
    missing = forms.ChoiceField(
        label=_("What is missing"), required=False, choices=[("", _("All")), *Missing.choices]
    )
    partner = forms.ModelChoiceField(
        label=_("Partner"), required=False, queryset=Partner.objects.all(), to_field_name="code"
    )

    def apply(self, offers: OfferQuerySet) -> OfferQuerySet:
        self.is_valid()
        wanted = self.cleaned_data
        offers = in_queue(offers.search(wanted.get("q", "")), wanted.get("queue"))
        if state := wanted.get("state"):
            offers = offers.filter(state=state)
        if partner := wanted.get("partner"):
            offers = offers.of_partner(partner)
        if wanted.get("missing") == Missing.TERMS:
            offers = offers.without_terms()
        elif wanted.get("missing") == Missing.CONFIRMATION:
            offers = offers.never_confirmed()
        return offers

    def chips(self, query: QueryDict) -> list[dict]:
        """The queue is a tab, and no filter."""
        return [chip for chip in super().chips(query) if chip["name"] != "queue"]

    def tabs(self, offers: OfferQuerySet) -> list[dict]:
        """All offers, then each queue with how many wait in it; every tab begins without filters."""
        chosen = self.cleaned_data.get("queue") or ""
        everything = {"label": _("All offers"), "url": "?", "active": not chosen, "count": None}
        return [everything] + [
            {
                "label": queue.label,
                "url": f"?queue={queue.value}",
                "active": chosen == queue,
                "count": in_queue(offers, queue).count(),
            }
            for queue in Queue
        ]


def in_queue(offers: OfferQuerySet, queue: str | None) -> OfferQuerySet:
    """The offers that wait for something; all of them without a queue."""
    if queue == Queue.CHECK:
        return offers.to_check()
    if queue == Queue.CONFIRM:
        return offers.to_confirm()
    return offers.hidden() if queue == Queue.HIDDEN else offers
