"""Entries whose registration ends soon."""

from django.db.models import QuerySet
from django.http import QueryDict

from core.roles import Permission
from registry.enums import Listing
from registry.exports.columns import NAMES, PEOPLE
from registry.exports.lists.base import ExportedList
from registry.models import RegisterRules, Registrant


class Renewals(ExportedList):
    listing = Listing.RENEWALS
    page_name = "registry:renewals"
    permission = Permission.REGISTER_ARTISAN
    columns = PEOPLE
    usual = (*NAMES, "nia", "phone", "commune", "address", "valid_until")

    def words(self) -> list[str]:
        return []

    def address(self) -> QueryDict:
        return QueryDict()

    def rows(self) -> QuerySet:
        people = Registrant.objects.visible_to(self.reader)
        return people.due_for_renewal(RegisterRules.objects.visible_to(self.reader))

    def readable(self) -> QuerySet:
        return Registrant.objects.visible_to(self.reader).with_list_columns()
