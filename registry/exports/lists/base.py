"""What every list that can be taken out has in common."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse

from core.models import User
from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import NAMES, Column
from registry.search.listing import Count

BLOCK = 1000


class ExportedList:
    """A list as one address shows it to one reader.

    Its records are found once and for all, then read a block at a time: a file holds nobody twice, however
    the list changes meanwhile.
    """

    listing: ClassVar[Listing]
    # Where the list is read, and what is asked of its readers there; taking it out asks for more.
    page_name: ClassVar[str]
    permission: ClassVar[Permission] = Permission.VIEW_REGISTER
    taken_out_with: ClassVar[Permission] = Permission.EXPORT_REGISTER
    columns: ClassVar[Mapping[str, Column]]
    usual: ClassVar[Sequence[str]] = NAMES

    def __init__(self, query: QueryDict, reader: User):
        self.query = query
        self.reader = reader

    @property
    def page(self) -> str:
        """The address of the list's page, without its filters."""
        return reverse(self.page_name)

    @property
    def is_offered(self) -> bool:
        """Whether what the address shows exists for this reader and may become a file."""
        return True

    @property
    def is_lost(self) -> bool:
        """Whether the address names a search that is no longer kept: it would show everybody."""
        return False

    @property
    def is_searched(self) -> bool:
        """Whether something was typed: it may be somebody's number."""
        return False

    def usual_columns(self) -> list[str]:
        """What the page itself shows."""
        return list(self.usual)

    def words(self) -> list[str]:
        """What the list is narrowed to, in the language that is active."""
        raise NotImplementedError

    def address(self) -> QueryDict:
        """The parameters that narrow the list, and none beside."""
        raise NotImplementedError

    def rows(self) -> QuerySet:
        """Its records, narrowed and in the list's order."""
        raise NotImplementedError

    def readable(self) -> QuerySet:
        """What the reader may see of any such record, with everything that the columns ask for."""
        raise NotImplementedError

    def count(self) -> Count:
        return Count(self.rows().count(), is_exact=True)

    def ids(self) -> array:
        """The records' keys in their order. Eight bytes each, whole registers too."""
        return array("q", self.rows().values_list("pk", flat=True).iterator(chunk_size=20_000))

    def blocks(self, ids: Sequence[int]) -> Iterator[list[Model]]:
        """The records themselves, without those that the reader may no longer see."""
        for start in range(0, len(ids), BLOCK):
            block = ids[start : start + BLOCK]
            records = self.readable().in_bulk(list(block))
            yield [records[pk] for pk in block if pk in records]

    def chosen(self, keys: Sequence[str]) -> list[Column]:
        """The chosen columns, in the order of the file."""
        return [column for key, column in self.columns.items() if key in keys]


class FilteredList(ExportedList):
    """One whose page is narrowed by a filter made of the address."""

    filter_class: ClassVar[type]

    def __init__(self, query: QueryDict, reader: User):
        super().__init__(query, reader)
        self.asked = self.filter_class(query, user=reader)

    def words(self) -> list[str]:
        return self.asked.words()

    def address(self) -> QueryDict:
        kept = QueryDict(mutable=True)
        kept.update({name: value for name, value in self.asked.address().items() if value})
        return kept

    def rows(self) -> QuerySet:
        return self.asked.rows()


class ListOfOne(ExportedList):
    """The list of one record: a cooperative, a body, an assembly. Its key comes with the address."""

    owners: ClassVar[type[Model]]

    @cached_property
    def owner(self) -> Model | None:
        key = self.query.get("of", "")
        is_key = key.isascii() and key.isdigit() and len(key) < 19
        return self.owners.objects.visible_to(self.reader).filter(pk=int(key)).first() if is_key else None

    @property
    def page(self) -> str:
        return reverse(self.page_name, args=[self.owner.pk])

    @property
    def is_offered(self) -> bool:
        return self.owner is not None

    def words(self) -> list[str]:
        return [str(self.owner)]

    def address(self) -> QueryDict:
        kept = QueryDict(mutable=True)
        kept["of"] = str(self.owner.pk)
        return kept


def by_key(columns: Iterable[Column]) -> dict[str, Any]:
    return {column.key: column for column in columns}
