"""What is half-typed at the counters."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import Listing
from registry.exports.columns import Column
from registry.exports.lists.base import BLOCK, ExportedList, by_key
from registry.half_typed import HalfTyped, Place, half_typed, lines_of


class Drafts(ExportedList):
    listing = Listing.DRAFTS
    page_name = "registry:queue"
    columns = by_key(
        [
            Column("name", _("Name"), attrgetter("name")),
            Column("begun_at", _("Begun on"), lambda line: timezone.localdate(line.begun_at)),
            Column("saved_by", _("Last saved by"), lambda line: str(line.saved_by)),
            Column("saved_at", _("Last saved"), lambda line: timezone.localdate(line.saved_at)),
        ]
    )
    usual = ("name", "begun_at", "saved_by", "saved_at")

    def words(self) -> list[str]:
        return []

    def address(self) -> QueryDict:
        return QueryDict("state=draft")

    def rows(self) -> QuerySet:
        return half_typed(self.reader)

    def ids(self) -> list[Place]:
        """Their places: they are of two tables, which count their rows each in its way."""
        return list(self.rows())

    def blocks(self, ids: Sequence[Place]) -> Iterator[list[HalfTyped]]:
        for start in range(0, len(ids), BLOCK):
            yield lines_of(ids[start : start + BLOCK])
