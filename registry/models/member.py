"""The members of a cooperative."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.enums import MemberRole
from registry.models.registrant import Registrant
from registry.validators import NATIONAL_ID_PATTERN


class Member(models.Model):
    """One member; a link leads to their own entry where they are on the register themselves."""

    cooperative = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="members")
    registrant = models.ForeignKey(
        Registrant, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    name_ar = models.CharField(_("Name in Arabic"), max_length=120)
    name_latin = models.CharField(_("Name in Latin letters"), max_length=120, blank=True)
    national_id = models.CharField(_("National identity number"), max_length=8)
    role = models.CharField(_("Role"), max_length=12, choices=MemberRole, default=MemberRole.MEMBER)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "national_id"], name="member_once"),
            models.CheckConstraint(
                condition=Q(national_id__regex=NATIONAL_ID_PATTERN), name="member_national_id_form"
            ),
            models.CheckConstraint(condition=~Q(name_ar=""), name="member_has_name"),
            models.CheckConstraint(
                condition=~Q(registrant=models.F("cooperative")), name="member_is_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return (
            self.name_ar if (get_language() or "ar").startswith("ar") else self.name_latin
        ) or self.name_ar
