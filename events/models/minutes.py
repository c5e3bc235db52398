"""Minutes of a meeting: words that people edit, versions, and the approved text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.enums import MinutesState
from events.models.meeting import Meeting
from events.querysets_after import AnnexQuerySet, OfMeetingQuerySet


class Minutes(models.Model):
    """In Arabic. `sections` holds only what people wrote themselves: all else is made of the facts.

    Approved minutes hold everything in `frozen`; a trigger refuses to change or delete them.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(_("State"), max_length=8, choices=MinutesState, default=MinutesState.DRAFT)
    # {section's slug: text}
    sections = models.JSONField(default=dict, blank=True)
    # Keys of agenda items that were not held after all.
    not_held = models.JSONField(default=list, blank=True)
    frozen = models.JSONField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("Approved on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=MinutesState.DRAFT,
                    frozen__isnull=True,
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                )
                | Q(
                    state=MinutesState.APPROVED,
                    frozen__isnull=False,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                ),
                name="minutes_approved_are_frozen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} ({self.get_state_display()})"

    @property
    def is_approved(self) -> bool:
        return self.state == MinutesState.APPROVED


class MinutesVersion(models.Model):
    """One saving of the minutes: what each changed section said before and says since. Only ever added to."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # [{"section", "title", "before", "after"}]
    changes = models.JSONField(default=list)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_once"),
            models.CheckConstraint(condition=~Q(changes=[]), name="minutes_version_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} v{self.number}"


class MinutesAnnex(models.Model):
    """A paper that goes with the minutes, such as the attendance sheet with its signatures; saved anew by us.

    Once the minutes are approved a trigger refuses to add, change or remove any.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="annexes")
    title = models.CharField(_("Title of the annex"), max_length=120)
    file = models.FileField(_("Scan"), upload_to="minutes/%Y/%m/")
    content_type = models.CharField(max_length=40)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AnnexQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("annex of the minutes")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(file=""), name="minutes_annex_whole")
        ]

    def __str__(self) -> str:
        return self.title
