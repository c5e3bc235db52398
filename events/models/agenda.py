"""What is on a meeting's agenda, in order."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import ServiceDomain
from events.bilingual import in_readers_language
from events.enums import AgendaKind
from events.models.invitation import Invitation
from events.models.meeting import Meeting
from events.querysets import AgendaItemQuerySet


class AgendaItem(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=14, choices=AgendaKind)
    title_ar = models.CharField(_("Title in Arabic"), max_length=200)
    title_fr = models.CharField(_("Title in French"), max_length=200, blank=True)
    themes_ar = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    themes_fr = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    recipients_ar = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    recipients_fr = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("Minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    speakers = models.ManyToManyField(Invitation, blank=True, related_name="agenda_items")
    service_domains = models.ManyToManyField(ServiceDomain, blank=True, related_name="+")
    # Names as they are printed: meetings and partners' offers do not know each other.
    partners_ar = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    partners_fr = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("agenda item")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__isnull=True) | Q(duration_minutes__range=(1, 600)),
                name="agenda_duration_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.title_ar, self.title_fr)

    @property
    def themes(self) -> list[str]:
        return in_readers_language(self.themes_ar, self.themes_fr)

    @property
    def recipients(self) -> list[str]:
        return in_readers_language(self.recipients_ar, self.recipients_fr)

    @property
    def partners(self) -> list[str]:
        return in_readers_language(self.partners_ar, self.partners_fr)


class AgendaAttachment(models.Model):
    """A paper of an agenda item: a presentation, a leaflet; only what its pages show is kept."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(_("Title"), max_length=120)
    file = models.FileField(_("File"), upload_to="agendas/%Y/%m/")
    content_type = models.CharField(max_length=40)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.title
