"""What a chamber decides about its register where no rule is published: all of these are working values."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.scoping import RegionScopedQuerySet
from registry.enums import DocumentKind

_DAYS = [MinValueValidator(1), MaxValueValidator(730)]
_MONTHS = [MaxValueValidator(600)]
_PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


def usual_documents() -> list[str]:
    """The two that public text names (law 50.17): the identity card and the proof of qualification."""
    return [DocumentKind.IDENTITY, DocumentKind.QUALIFICATION]


def _documents(label: str) -> ArrayField:
    return ArrayField(
        models.CharField(max_length=14, choices=DocumentKind),
        verbose_name=label,
        default=usual_documents,
        blank=True,
    )


class RulesQuerySet(RegionScopedQuerySet):
    def of(self, region_id: str) -> "RegisterRules":
        """The rules of a region's chamber; the working values where it has set none."""
        return self.filter(region_id=region_id).first() or RegisterRules(region_id=region_id)


class RegisterRules(models.Model):
    """Time limits and conditions of one chamber. A number of months or percent left empty applies no rule."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="register_rules")

    documents_artisan = _documents(_("Documents of an artisan"))
    documents_master_artisan = _documents(_("Documents of a master artisan"))
    documents_cooperative = _documents(_("Documents of a cooperative"))
    documents_enterprise = _documents(_("Documents of an enterprise"))

    days_to_decide = models.PositiveSmallIntegerField(
        _("Days to decide on an application"), default=30, validators=_DAYS
    )
    days_to_correct = models.PositiveSmallIntegerField(
        _("Days to correct an application sent back"), default=30, validators=_DAYS
    )
    days_to_reply = models.PositiveSmallIntegerField(
        _("Days to reply to a notice of suspension or striking off"), default=15, validators=_DAYS
    )
    days_to_appeal = models.PositiveSmallIntegerField(
        _("Days to appeal against a decision"), default=30, validators=_DAYS
    )
    days_to_accept_transfer = models.PositiveSmallIntegerField(
        _("Days to accept a transfer"), default=15, validators=_DAYS
    )
    days_to_answer_access = models.PositiveSmallIntegerField(
        _("Days to answer a request for access to one's data"), default=30, validators=_DAYS
    )
    registration_months = models.PositiveSmallIntegerField(
        _("Length of a registration, in months"), null=True, blank=True, validators=_MONTHS
    )
    renewal_notice_days = models.PositiveSmallIntegerField(
        _("Days before the end at which renewal opens"), default=90, validators=_DAYS
    )
    merge_undo_days = models.PositiveSmallIntegerField(
        _("Days in which a merge can be undone"), default=30, validators=_DAYS
    )
    import_undo_hours = models.PositiveSmallIntegerField(
        _("Hours in which an import can be undone"), default=24, validators=_DAYS
    )
    retention_draft_months = models.PositiveSmallIntegerField(
        _("Months after which drafts never submitted are erased"), null=True, blank=True, validators=_MONTHS
    )
    retention_rejected_months = models.PositiveSmallIntegerField(
        _("Months after which rejected candidates are erased"), null=True, blank=True, validators=_MONTHS
    )
    retention_struck_off_months = models.PositiveSmallIntegerField(
        _("Months after which the data of those struck off is erased"),
        null=True,
        blank=True,
        validators=_MONTHS,
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("Quorum of a founding assembly, in percent"), null=True, blank=True, validators=_PERCENT
    )
    bureau_size = models.PositiveSmallIntegerField(
        _("Members of a bureau"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    mandate_months = models.PositiveSmallIntegerField(
        _("Length of a mandate, in months"), null=True, blank=True, validators=_MONTHS
    )
    # Counts changes, so that two people who have the page open do not overwrite each other.
    version = models.PositiveIntegerField(default=0, editable=False)
    provincial_bodies_needed = models.PositiveSmallIntegerField(
        _("Provincial bodies of a branch needed before its regional body is founded"),
        default=1,
        validators=[MaxValueValidator(99)],
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = RulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of the register")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quorum_percent__isnull=True) | models.Q(quorum_percent__range=(1, 100)),
                name="rules_quorum_is_percentage",
            )
        ]

    def __str__(self) -> str:
        return str(self.region)

    def required_documents(self, kind: str) -> list[str]:
        """Kinds of document that an application of this kind needs."""
        return getattr(self, f"documents_{kind}")
