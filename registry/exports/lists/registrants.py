"""The register's own list: people and organisations."""

from django.db.models import QuerySet
from django.http import QueryDict

from core.models import User
from registry.columns import columns_shown
from registry.enums import Listing
from registry.exports.columns import NAMES, PEOPLE
from registry.exports.lists.base import ExportedList
from registry.filters import CURSORS, TOKEN, RegisterFilterForm
from registry.models import Registrant
from registry.results import results_of
from registry.search.listing import Count


class Registrants(ExportedList):
    listing = Listing.REGISTRANTS
    page_name = "registry:list"
    columns = PEOPLE

    def __init__(self, query: QueryDict, reader: User):
        super().__init__(query, reader)
        self.form = RegisterFilterForm(query, user=reader)

    @property
    def is_lost(self) -> bool:
        return self.form.is_lost

    @property
    def is_searched(self) -> bool:
        return bool(self.form.text)

    def usual_columns(self) -> list[str]:
        return [*NAMES, *(key for key, _label in columns_shown(self.form.columns_chosen()))]

    def words(self) -> list[str]:
        self.form.is_valid()
        return [chip["label"] for chip in self.form.chips(self.query)]

    def address(self) -> QueryDict:
        kept = QueryDict(mutable=True)
        for name in (*self.form.fields, TOKEN):
            if self.query.getlist(name) and name not in ("q", "columns", *CURSORS):
                kept.setlist(name, self.query.getlist(name))
        return kept

    def rows(self) -> QuerySet:
        people = self.form.apply(Registrant.objects.visible_to(self.reader))
        order = ("-registered_on", "-pk") if self.form.filters().by_registration else ("-pk",)
        return people.order_by(*order)

    def readable(self) -> QuerySet:
        return Registrant.objects.visible_to(self.reader).with_list_columns()

    def count(self) -> Count:
        """As the page says it: of a long list it is an estimate."""
        people = Registrant.objects.visible_to(self.reader)
        return results_of(self.form.text, self.form.filters(), people=people).count
