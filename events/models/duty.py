"""Who works at a meeting, and may do there, that day, what desk agents do."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.meeting import Meeting
from events.querysets import DutyQuerySet


class Duty(models.Model):
    """One person on duty at one meeting: the desk's rights, for that meeting, from midnight to midnight.

    `task` says in words what they do; somebody who has the desk agents' role keeps its rights on other days.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="duties")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("Person"), on_delete=models.PROTECT, related_name="duties"
    )
    task = models.CharField(_("Task"), max_length=120, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("duty at a meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                name="duty_once",
                violation_error_message=_("This person is on duty at this meeting already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.user_id}"
