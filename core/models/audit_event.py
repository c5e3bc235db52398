"""The audit trail's rows: append-only, text only, so that they outlive what they speak of."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.scoping import RegionScopedQuerySet


class AuditEventQuerySet(RegionScopedQuerySet):
    region_lookup = "region_code"

    def about(self, instance: models.Model) -> Self:
        """The history of one record, newest first."""
        return self.filter(subject_type=instance._meta.label_lower, subject_id=str(instance.pk))


class AuditEvent(models.Model):
    """One thing done by one person. A trigger in the database refuses to change or delete it."""

    happened_at = models.DateTimeField(_("When"), default=timezone.now, db_index=True)
    action = models.CharField(_("Action"), max_length=80)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(_("Who"), max_length=120)
    actor_roles = models.CharField(max_length=120, blank=True)
    address = models.CharField(_("From where"), max_length=45, blank=True)
    region_code = models.CharField(_("Region"), max_length=2, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    subject_label = models.CharField(_("Subject"), max_length=200, blank=True)
    before = models.JSONField(_("Before"), default=dict, blank=True)
    after = models.JSONField(_("After"), default=dict, blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit event")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["region_code", "-id"], name="audit_region"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["actor_id", "-id"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.action}"

    @property
    def actor(self) -> str:
        """Who did it, in the reader's language where it was nobody in person."""
        return self.actor_name if self.actor_id else gettext("The portal itself")

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """Field by field what changed: name, before, after."""
        fields = list(dict.fromkeys([*self.before, *self.after]))
        return [(field, self.before.get(field, ""), self.after.get(field, "")) for field in fields]
