"""What people ask about the data held of them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import column_of, of_person
from registry.exports.lists.base import FilteredList, by_key
from registry.filters_queues import DataRequestFilter
from registry.models import DataRequest


class DataRequests(FilteredList):
    listing = Listing.DATA_REQUESTS
    page_name = "registry:data_requests"
    permission = Permission.ANSWER_DATA_REQUESTS
    filter_class = DataRequestFilter
    columns = by_key(
        [
            *of_person("nia", "name_ar", "name_latin", "national_id", "phone", "commune", "region"),
            *(column_of(DataRequest, name) for name in ("kind", "state", "words", "asked_at", "due_on")),
            column_of(DataRequest, "answer"),
            column_of(DataRequest, "answered_at", _("Answered on")),
            column_of(DataRequest, "answered_by", _("Answered by")),
        ]
    )
    usual = ("nia", "name_ar", "name_latin", "kind", "state", "asked_at", "due_on")

    def readable(self) -> QuerySet:
        return DataRequest.objects.visible_to(self.reader).select_related(
            "registrant__commune", "registrant__region", "answered_by"
        )
