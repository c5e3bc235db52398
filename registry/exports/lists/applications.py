"""The queue of applications, to decide or to correct."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import Listing
from registry.exports.columns import Column, Value, column_of, of_person
from registry.exports.lists.base import FilteredList, by_key
from registry.filters_queues import ApplicationFilter
from registry.models import Application


def _due(application: Application) -> Value:
    return timezone.localdate(application.due_at) if application.due_at else None


class Applications(FilteredList):
    listing = Listing.APPLICATIONS
    page_name = "registry:queue"
    filter_class = ApplicationFilter
    columns = by_key(
        [
            column_of(Application, "tracking_number"),
            *of_person("name_ar", "name_latin", "national_id", "phone", "kind", "gender", "birth_date"),
            *of_person("craft", "commune", "province", "region", "flags"),
            column_of(Application, "state"),
            column_of(Application, "submitted_at", _("Waiting since")),
            Column("due_at", _("Until"), _due),
            column_of(Application, "entered_by", _("Entered by")),
            column_of(Application, "assigned_to", _("Who has it")),
            column_of(Application, "returned_at"),
            column_of(Application, "ground"),
            column_of(Application, "decision_reason"),
        ]
    )
    usual = (
        "tracking_number",
        "name_ar",
        "name_latin",
        "commune",
        "submitted_at",
        "due_at",
        "entered_by",
        "assigned_to",
    )

    @property
    def is_offered(self) -> bool:
        """What is half-typed has a list of its own."""
        return self.asked.state != "draft"

    def readable(self) -> QuerySet:
        return (
            Application.objects.visible_to(self.reader)
            .with_deadline()
            .with_list_columns()
            .select_related("registrant__commune__province", "registrant__region", "ground")
            .prefetch_related("registrant__craft_links__craft")
        )
