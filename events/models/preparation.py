"""What is to be done before a meeting, and meetings that serve as a pattern for others."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName
from events.bilingual import in_readers_language
from events.enums import TaskKind
from events.models.meeting import Meeting


class PreparationTask(models.Model):
    """One line of the preparation list, ticked by whoever did it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("Kind"), max_length=8, choices=TaskKind, default=TaskKind.OTHER)
    title_ar = models.CharField(_("In Arabic"), max_length=160)
    title_fr = models.CharField(_("In French"), max_length=160, blank=True)
    due_on = models.DateField(_("To be done by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        # What is due first comes first, what has no date last.
        ordering = ["due_on", "pk"]
        verbose_name = _("task")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "title_ar"],
                name="task_once",
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.title_ar, self.title_fr)

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()


class MeetingTemplate(BilingualName):
    """A meeting that others follow: its agenda, its guests by function, its preparation list.

    One that a regional director keeps is the region's; the national administration's is everybody's.
    """

    source = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="template")
    is_national = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name_ar"]
        verbose_name = _("template of meetings")
