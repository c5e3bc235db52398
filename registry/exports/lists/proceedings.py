"""Suspension and striking off."""

from django.db.models import QuerySet

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import column_of, of_person
from registry.exports.lists.base import FilteredList, by_key
from registry.filters_queues import ProceedingFilter
from registry.models import Proceeding

_DATES = ("notice_on", "reply_until", "replied_on", "decided_on", "appeal_until", "appealed_on", "ended_on")


class Proceedings(FilteredList):
    listing = Listing.PROCEEDINGS
    page_name = "registry:proceedings"
    permission = Permission.DECIDE_APPLICATION
    filter_class = ProceedingFilter
    columns = by_key(
        [
            *of_person("nia", "name_ar", "name_latin", "national_id", "phone", "craft", "commune", "region"),
            *(column_of(Proceeding, name) for name in ("kind", "stage", "notice_ground", "ground", *_DATES)),
        ]
    )
    usual = ("nia", "name_ar", "name_latin", "kind", "stage", "notice_ground", "notice_on", "reply_until")

    def readable(self) -> QuerySet:
        return (
            Proceeding.objects.visible_to(self.reader)
            .with_list_columns()
            .select_related("registrant__region")
            .prefetch_related("registrant__craft_links__craft")
        )
