"""Craft bodies."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.models import User
from registry.enums import Listing
from registry.exports.columns import Column, column_of
from registry.exports.lists.base import ExportedList, by_key
from registry.filters_bodies import BodyFilterForm
from registry.models import CraftBody


class Bodies(ExportedList):
    listing = Listing.BODIES
    page_name = "registry:bodies"
    columns = by_key(
        [
            column_of(CraftBody, "branch"),
            column_of(CraftBody, "level"),
            Column("territory", _("Territory"), lambda body: body.territory),
            column_of(CraftBody, "region"),
            column_of(CraftBody, "state"),
            column_of(CraftBody, "founded_on"),
            column_of(CraftBody, "renewal_on"),
            column_of(CraftBody, "dissolved_on"),
            column_of(CraftBody, "dissolution_reason"),
        ]
    )
    usual = ("branch", "level", "territory", "region", "state", "renewal_on")

    def __init__(self, query: QueryDict, reader: User):
        super().__init__(query, reader)
        self.form = BodyFilterForm(query, user=reader)
        self.form.is_valid()

    def words(self) -> list[str]:
        return [str(chip["label"]) for chip in self.form.chips(self.query)]

    def address(self) -> QueryDict:
        kept = QueryDict(mutable=True)
        kept.update({name: self.query[name] for name in self.form.fields if self.query.get(name)})
        return kept

    def rows(self) -> QuerySet:
        return self.form.apply(CraftBody.objects.visible_to(self.reader))

    def readable(self) -> QuerySet:
        return CraftBody.objects.visible_to(self.reader).with_list_columns()
