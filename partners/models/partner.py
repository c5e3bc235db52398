"""Partners, and who acts for them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.arabic import fold
from core.models import ServiceDomain
from core.models.territory import BilingualName
from core.roles import Permission
from partners.enums import PartnerState
from partners.querysets.agents import PartnerAgentQuerySet
from partners.querysets.offers import PartnerQuerySet


class Partner(BilingualName):
    code = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsidiaries"
    )
    domains = models.ManyToManyField(ServiceDomain, blank=True, related_name="partners")
    # Nothing of these is filled in by us: empty is said to be asked for at the chamber.
    website = models.URLField(_("Website"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=16, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    # A company of a group that ended has a state of its own.
    state = models.CharField(_("State"), max_length=10, choices=PartnerState, default=PartnerState.ACTIVE)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_key = models.TextField(editable=False, default="")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name_fr"]
        verbose_name = _("partner")
        indexes = [GinIndex(OpClass("search_key", "gin_trgm_ops"), name="partner_search_key_trgm")]

    def save(self, *args, **kwargs) -> None:
        self.search_key = "|".join(fold(name) for name in (self.name_ar, self.name_fr))
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_key"}
        super().save(*args, **kwargs)


class PartnerAgent(models.Model):
    """An account that acts for one partner."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_agent"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agents")
    # Where the agent stands; empty for one who acts for all of the partner's places.
    branch = models.ForeignKey(
        "partners.Branch",
        verbose_name=pgettext_lazy("partner", "Branch"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="agents",
    )

    objects = PartnerAgentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.partner_id}"

    @property
    def manages_partner(self) -> bool:
        return self.user.can(Permission.MANAGE_PARTNER_SPACE)
