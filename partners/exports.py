"""A partner's requests as a file: what an office needs to answer them, no identity number among it."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import User
from core.roles import Permission
from partners.acting import agent_of
from partners.forms.requests import RequestFilterForm
from partners.models import Referral
from registry.enums import Listing
from registry.exports.columns import Column, column_of, of_person
from registry.exports.lists.base import ExportedList, by_key


class Requests(ExportedList):
    """The inbox as its agent sees it: of the own partner, of the own branch where there is one."""

    listing = Listing.REFERRALS
    page_name = "partner_space:requests"
    permission = taken_out_with = Permission.ANSWER_REFERRALS
    columns = by_key(
        [
            column_of(Referral, "number"),
            Column("offer", _("Offer"), lambda referral: referral.offer.name),
            column_of(Referral, "state"),
            column_of(Referral, "sent_at"),
            column_of(Referral, "due_on"),
            *of_person("name_ar", "name_latin", "nia", "phone"),
            Column("region", _("Region"), lambda referral: referral.region.name),
            Column(
                "branch",
                pgettext_lazy("partner", "Branch"),
                lambda referral: referral.branch.name if referral.branch else "",
            ),
            column_of(Referral, "ground"),
            column_of(Referral, "answer", _("What the holder reads")),
        ]
    )
    usual = ("number", "offer", "state", "sent_at", "due_on", "name_ar", "name_latin", "nia", "phone")

    def __init__(self, query: QueryDict, reader: User):
        super().__init__(query, reader)
        self.agent = agent_of(reader)
        self.asked = RequestFilterForm(query, agent=self.agent) if self.agent else None

    @property
    def is_offered(self) -> bool:
        return self.agent is not None

    def words(self) -> list[str]:
        return self.asked.words()

    def address(self) -> QueryDict:
        return self.asked.address()

    def rows(self) -> QuerySet:
        return self.asked.apply(self._own()).most_pressing_first()

    def readable(self) -> QuerySet:
        return self._own().with_list_columns()

    def _own(self) -> QuerySet:
        return Referral.objects.shown_to(self.agent)
