"""Requests about entries that wait."""

from collections.abc import Iterator, Sequence

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.change_words import sees_the_person
from registry.enums import Listing
from registry.exports.columns import Column, column_of, of_person
from registry.exports.lists.base import FilteredList, by_key
from registry.filters_queues import ChangeFilter
from registry.models import ChangeRequest, Registrant


def _person_shown(change: ChangeRequest) -> Registrant | None:
    return change.registrant if change.sees_person else None


class Changes(FilteredList):
    listing = Listing.CHANGES
    page_name = "registry:changes"
    filter_class = ChangeFilter
    columns = by_key(
        [
            column_of(ChangeRequest, "number"),
            # A chamber that asks for another's file knows the number of the file and nothing else.
            *of_person("nia"),
            *of_person("name_ar", "name_latin", "national_id", "phone", person=_person_shown),
            *of_person("craft", "commune", person=_person_shown),
            column_of(ChangeRequest, "kind"),
            column_of(ChangeRequest, "state"),
            Column("region", _("Region"), lambda change: change.region.name),
            column_of(ChangeRequest, "destination"),
            column_of(ChangeRequest, "entered_by", _("Entered by")),
            column_of(ChangeRequest, "entered_at", _("Waiting since")),
            column_of(ChangeRequest, "due_on"),
        ]
    )
    usual = ("number", "nia", "name_ar", "name_latin", "kind", "state", "entered_by", "entered_at", "due_on")

    def readable(self) -> QuerySet:
        return (
            ChangeRequest.objects.visible_to(self.reader)
            .with_list_columns()
            .prefetch_related("registrant__craft_links__craft")
        )

    def blocks(self, ids: Sequence[int]) -> Iterator[list[Model]]:
        for block in super().blocks(ids):
            for change in block:
                change.sees_person = sees_the_person(change, self.reader)
            yield block
