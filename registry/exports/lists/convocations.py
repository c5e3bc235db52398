"""Who was called to a founding assembly, and whether they came."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.enums import Listing
from registry.exports.columns import Column, column_of, of_person
from registry.exports.lists.base import ListOfOne, by_key
from registry.filters_bodies import ConvocationFilter
from registry.models import Convocation, FoundingAssembly


class Convocations(ListOfOne):
    listing = Listing.CONVOCATIONS
    page_name = "registry:convocation_list"
    owners = FoundingAssembly
    columns = by_key(
        [
            Column("position", _("Place on the list"), lambda one: str(one.position)),
            *of_person(
                "nia", "name_ar", "name_latin", "national_id", "phone", "craft", "commune", "province"
            ),
            column_of(Convocation, "attendance"),
            Column(
                "proxy_holder",
                _("Represented by"),
                lambda one: one.proxy_holder.registrant.name if one.proxy_holder else "",
            ),
        ]
    )
    usual = ("position", "nia", "name_ar", "name_latin", "commune", "attendance", "proxy_holder")

    def words(self) -> list[str]:
        return [self.owner.body.name, *ConvocationFilter(self.query).words()]

    def address(self) -> QueryDict:
        kept = super().address()
        if shown := ConvocationFilter(self.query).shown:
            kept["attendance"] = shown
        return kept

    def rows(self) -> QuerySet:
        return ConvocationFilter(self.query).of(self.owner)

    def readable(self) -> QuerySet:
        return (
            self.owner.convocations.with_people()
            .select_related("registrant__commune__province")
            .prefetch_related("registrant__craft_links__craft")
        )
