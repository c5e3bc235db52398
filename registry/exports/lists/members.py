"""Who belongs to a cooperative, and to a craft body."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.enums import Kind, Listing
from registry.exports.columns import Column, column_of, of_person
from registry.exports.lists.base import ListOfOne, by_key
from registry.models import BodyMembership, CraftBody, Member, Registrant


class CooperativeMembers(ListOfOne):
    listing = Listing.COOPERATIVE
    page_name = "registry:detail"
    owners = Registrant
    columns = by_key(
        [
            *(column_of(Member, name) for name in ("name_ar", "name_latin", "national_id", "role")),
            Column(
                "nia",
                _("Registration number (NIA)"),
                lambda member: member.registrant.nia if member.registrant else "",
            ),
        ]
    )
    usual = ("name_ar", "name_latin", "national_id", "role", "nia")

    @property
    def is_offered(self) -> bool:
        return super().is_offered and self.owner.kind == Kind.COOPERATIVE

    def rows(self) -> QuerySet:
        return self.owner.members.all()

    def readable(self) -> QuerySet:
        return self.owner.members.select_related("registrant")


class BodyMembers(ListOfOne):
    listing = Listing.BODY_MEMBERS
    page_name = "registry:body_members"
    owners = CraftBody
    columns = by_key(
        [
            *of_person(
                "nia", "name_ar", "name_latin", "national_id", "phone", "craft", "commune", "province"
            ),
            column_of(BodyMembership, "joined_on"),
        ]
    )
    usual = ("nia", "name_ar", "name_latin", "commune", "joined_on")

    def words(self) -> list[str]:
        return [self.owner.name]

    def rows(self) -> QuerySet:
        return self.owner.memberships.active()

    def readable(self) -> QuerySet:
        return (
            self.rows()
            .select_related("registrant__commune__province")
            .prefetch_related("registrant__craft_links__craft")
        )
