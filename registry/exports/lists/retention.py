"""What a report at the end of retention would erase, or has erased."""

from django.db.models import QuerySet

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import column_of
from registry.exports.lists.base import ListOfOne, by_key
from registry.models import RetentionEntry, RetentionRun


class Retention(ListOfOne):
    listing = Listing.RETENTION
    page_name = "registry:retention_run"
    permission = Permission.ERASE_DATA
    owners = RetentionRun
    columns = by_key(column_of(RetentionEntry, name) for name in ("reference", "reason", "since", "outcome"))
    usual = ("reference", "reason", "since", "outcome")

    def words(self) -> list[str]:
        return [self.owner.region.name, f"{self.owner.prepared_at:%d/%m/%Y}"]

    def rows(self) -> QuerySet:
        return self.owner.entries.all()

    def readable(self) -> QuerySet:
        return self.rows()
