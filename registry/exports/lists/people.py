"""Lists of people that are narrowed by nothing that the reader chose."""

from django.db.models import QuerySet
from django.http import QueryDict

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import NAMES, PEOPLE
from registry.exports.lists.base import ExportedList
from registry.models import RegisterRules, Registrant


class PeopleList(ExportedList):
    columns = PEOPLE

    def words(self) -> list[str]:
        return []

    def address(self) -> QueryDict:
        return QueryDict()

    def readable(self) -> QuerySet:
        return Registrant.objects.visible_to(self.reader).with_list_columns()


class Renewals(PeopleList):
    """Entries whose registration ends soon."""

    listing = Listing.RENEWALS
    page_name = "registry:renewals"
    permission = Permission.REGISTER_ARTISAN
    usual = (*NAMES, "nia", "phone", "commune", "address", "valid_until")

    def rows(self) -> QuerySet:
        people = Registrant.objects.visible_to(self.reader)
        return people.due_for_renewal(RegisterRules.objects.visible_to(self.reader))


class GoneCrafts(PeopleList):
    """Whoever is to be asked, because a craft of theirs has no place in the list in use."""

    listing = Listing.GONE_CRAFTS
    page_name = "registry:craft_lists"
    usual = (*NAMES, "nia", "phone", "commune", "craft", "further_crafts")

    def rows(self) -> QuerySet:
        return Registrant.objects.visible_to(self.reader).with_gone_craft().order_by("region_id", "pk")
