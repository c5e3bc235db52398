"""Keys of partners' own tills, and the answers that they were given."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.enums import ApiScope, PartnerState
from partners.models.branch import Branch
from partners.models.partner import Partner
from partners.querysets.api import ApiKeyQuerySet


class ApiKey(models.Model):
    """One key. Its secret is shown once and kept as a digest."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="api_keys")
    branch = models.ForeignKey(
        Branch,
        verbose_name=pgettext_lazy("partner", "Branch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("Name of the till"), max_length=60)
    # Stands in front of the secret, so that a key is found without comparing all of them.
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20, choices=ApiScope), verbose_name=_("What it may do"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("Good until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("key of a till")
        constraints = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_key_has_scope"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="api_key_expires_after_making"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"

    @property
    def is_usable(self) -> bool:
        """The same as `ApiKeyQuerySet.usable`, of one key."""
        is_open = self.revoked_at is None and self.expires_at > timezone.now()
        return is_open and self.partner.state == PartnerState.ACTIVE

    @property
    def scope_labels(self) -> list[str]:
        return [str(ApiScope(scope).label) for scope in self.scopes]


class ApiAnswer(models.Model):
    """What a request with an idempotency key was answered: asked again, it gets the same answer."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="answers")
    idempotency_key = models.CharField(max_length=100)
    # Of method, path and body: the same key with another request is refused.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "idempotency_key"], name="api_answer_once")]
        indexes = [models.Index(fields=["answered_at"], name="api_answer_by_time")]

    def __str__(self) -> str:
        return f"{self.key_id}: {self.status}"
