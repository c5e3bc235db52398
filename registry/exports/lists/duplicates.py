"""Entries that may be one person, two by two."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import Column, Value, column_of
from registry.exports.lists.base import FilteredList, by_key
from registry.filters_duplicates import DuplicateFilter
from registry.models import DuplicatePair

# As the page shows both, whatever region they are of: neither number nor telephone.
_SHOWN: dict[str, Callable[[Any], Value]] = {
    "name_ar": attrgetter("name_ar"),
    "name_latin": attrgetter("name_latin"),
    "nia": attrgetter("nia"),
    "state": lambda person: person.get_state_display(),
    "region": lambda person: person.region.name,
}
_FIRST = {
    "name_ar": gettext_lazy("One entry: name in Arabic"),
    "name_latin": gettext_lazy("One entry: name in Latin letters"),
    "nia": gettext_lazy("One entry: registration number (NIA)"),
    "state": gettext_lazy("One entry: state"),
    "region": gettext_lazy("One entry: region"),
}
_SECOND = {
    "name_ar": gettext_lazy("The other entry: name in Arabic"),
    "name_latin": gettext_lazy("The other entry: name in Latin letters"),
    "nia": gettext_lazy("The other entry: registration number (NIA)"),
    "state": gettext_lazy("The other entry: state"),
    "region": gettext_lazy("The other entry: region"),
}


def _of_side(side: str, labels: dict) -> list[Column]:
    def value(key: str) -> Callable[[DuplicatePair], Value]:
        return lambda pair: _SHOWN[key](getattr(pair, side))

    return [Column(f"{side}_{key}", labels[key], value(key)) for key in _SHOWN]


class Duplicates(FilteredList):
    listing = Listing.DUPLICATES
    page_name = "registry:duplicates"
    permission = Permission.REVIEW_DUPLICATES
    filter_class = DuplicateFilter
    columns = by_key(
        [
            *_of_side("first", _FIRST),
            *_of_side("second", _SECOND),
            Column("reasons", gettext_lazy("Why"), lambda pair: _(", ").join(pair.reason_words)),
            Column("score", gettext_lazy("Likelihood"), lambda pair: str(pair.score)),
            column_of(DuplicatePair, "state"),
            column_of(DuplicatePair, "found_at"),
            column_of(DuplicatePair, "decided_by", gettext_lazy("Decided by")),
            column_of(DuplicatePair, "decided_at", gettext_lazy("Decided on")),
            column_of(DuplicatePair, "decision_reason"),
        ]
    )
    usual = (
        "first_name_ar",
        "first_nia",
        "first_region",
        "second_name_ar",
        "second_nia",
        "second_region",
        "reasons",
        "score",
        "found_at",
    )

    def readable(self) -> QuerySet:
        return DuplicatePair.objects.visible_to(self.reader).with_both().select_related("decided_by")
