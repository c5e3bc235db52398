"""Outreach meetings: when, where, who organises, what is on the agenda."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Commune, Region, ServiceDomain
from core.models.territory import BilingualName
from events.enums import OPEN_FOR_CHECK_IN, AgendaKind, MeetingState, OrganiserRole
from events.models.programme import Caravan
from events.querysets import MeetingQuerySet


class Meeting(models.Model):
    caravan = models.ForeignKey(
        Caravan, verbose_name=_("Caravan"), on_delete=models.PROTECT, related_name="meetings"
    )
    region = models.ForeignKey(Region, verbose_name=_("Region"), on_delete=models.PROTECT)
    code = models.SlugField(max_length=60, null=True, blank=True, unique=True)
    title_ar = models.CharField(_("Title in Arabic"), max_length=200)
    title_fr = models.CharField(_("Title in French"), max_length=200)
    purpose_ar = models.TextField(_("Purpose in Arabic"), blank=True)
    purpose_fr = models.TextField(_("Purpose in French"), blank=True)
    outcome_ar = models.TextField(_("Outcome in Arabic"), blank=True)
    outcome_fr = models.TextField(_("Outcome in French"), blank=True)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"), null=True, blank=True)
    venue_ar = models.CharField(_("Venue in Arabic"), max_length=160)
    venue_fr = models.CharField(_("Venue in French"), max_length=160)
    commune = models.ForeignKey(Commune, verbose_name=_("Commune"), on_delete=models.PROTECT)
    state = models.CharField(_("State"), max_length=10, choices=MeetingState, default=MeetingState.SCHEDULED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("outreach meeting")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("A meeting ends after it starts."),
            ),
            # The form sent twice is one meeting.
            models.UniqueConstraint(
                fields=["caravan", "starts_at", "venue_ar"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="meeting_once",
                violation_error_message=_("This meeting is scheduled already."),
            ),
        ]
        indexes = [models.Index(fields=["region", "starts_at"], name="meeting_region_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_ar if _reads_arabic() else self.title_fr

    @property
    def venue(self) -> str:
        return self.venue_ar if _reads_arabic() else self.venue_fr

    @property
    def purpose(self) -> str:
        return self.purpose_ar if _reads_arabic() else (self.purpose_fr or self.purpose_ar)

    @property
    def outcome(self) -> str:
        return self.outcome_ar if _reads_arabic() else (self.outcome_fr or self.outcome_ar)

    @property
    def is_open_for_check_in(self) -> bool:
        return self.state in OPEN_FOR_CHECK_IN


class Organiser(BilingualName):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    role = models.CharField(_("Role"), max_length=10, choices=OrganiserRole)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]


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
    speakers = models.ManyToManyField("events.Guest", blank=True, related_name="agenda_items")
    service_domains = models.ManyToManyField(ServiceDomain, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        verbose_name = _("agenda item")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_ar if _reads_arabic() else (self.title_fr or self.title_ar)

    @property
    def themes(self) -> list[str]:
        return self.themes_ar if _reads_arabic() else (self.themes_fr or self.themes_ar)

    @property
    def recipients(self) -> list[str]:
        return self.recipients_ar if _reads_arabic() else (self.recipients_fr or self.recipients_ar)


def _reads_arabic() -> bool:
    return (get_language() or "ar").startswith("ar")
