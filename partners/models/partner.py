"""Partners, what was signed with them, and who acts for them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models import Chamber, ServiceDomain
from core.models.territory import BilingualName
from partners.querysets import PartnerQuerySet


class Partner(BilingualName):
    code = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsidiaries"
    )
    domains = models.ManyToManyField(ServiceDomain, blank=True, related_name="partners")
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

    def __str__(self) -> str:
        return f"{self.user_id}: {self.partner_id}"


class Agreement(BilingualName):
    """Signed nationally with a partner. Each chamber's assembly then votes its own adhesion."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="agreements")
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("partnership agreement")


class Adhesion(models.Model):
    """A chamber's own vote to join an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="adhesions")
    chamber = models.ForeignKey(Chamber, on_delete=models.PROTECT, related_name="adhesions")
    voted_on = models.DateField(_("Voted on"))

    class Meta:
        verbose_name = _("chamber's adhesion to an agreement")
        constraints = [models.UniqueConstraint(fields=["agreement", "chamber"], name="adhesion_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.chamber_id}"
