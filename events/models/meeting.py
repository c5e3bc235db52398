"""Outreach meetings: when, where, and who organises."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Commune, Region
from core.models.territory import BilingualName
from events.bilingual import in_readers_language
from events.enums import (
    OPEN_FOR_CHECK_IN,
    UNSETTLED_STATES,
    MeetingGround,
    MeetingState,
    OrganiserRole,
    WheelchairAccess,
)
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
    # As a Moroccan clock showed it when it was entered (`2026-12-15T10:00`): see `events.hours`.
    hour_entered = models.CharField(max_length=16, blank=True, editable=False)
    venue_ar = models.CharField(_("Venue in Arabic"), max_length=160)
    venue_fr = models.CharField(_("Venue in French"), max_length=160)
    commune = models.ForeignKey(Commune, verbose_name=_("Commune"), on_delete=models.PROTECT)
    capacity = models.PositiveIntegerField(
        _("Seats"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    wheelchair_access = models.CharField(
        _("Access for wheelchairs"), max_length=8, choices=WheelchairAccess, default=WheelchairAccess.UNKNOWN
    )
    map_url = models.URLField(_("Link to a map"), max_length=400, blank=True)
    director = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Led by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(_("State"), max_length=10, choices=MeetingState, default=MeetingState.SCHEDULED)
    # Why it was postponed or cancelled, the last time.
    ground = models.CharField(_("Ground"), max_length=12, choices=MeetingGround, blank=True)
    ground_note = models.TextField(_("In words, for those invited"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Counts changes of the agenda's order, so that two people who arrange it do not undo each other's work.
    agenda_version = models.PositiveIntegerField(default=1, editable=False)
    # What calendars know the meeting by (RFC 5545), and how often they were told of a change.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

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
            models.CheckConstraint(
                condition=~Q(state__in=UNSETTLED_STATES) | (~Q(ground="") & ~Q(ground_note="")),
                name="meeting_off_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__range=(1, 100_000)),
                name="meeting_capacity_sane",
            ),
        ]
        indexes = [models.Index(fields=["region", "starts_at"], name="meeting_region_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:meeting", args=[self.pk])

    @property
    def title(self) -> str:
        return in_readers_language(self.title_ar, self.title_fr)

    @property
    def venue(self) -> str:
        return in_readers_language(self.venue_ar, self.venue_fr)

    @property
    def purpose(self) -> str:
        return in_readers_language(self.purpose_ar, self.purpose_fr)

    @property
    def outcome(self) -> str:
        return in_readers_language(self.outcome_ar, self.outcome_fr)

    @property
    def is_open_for_check_in(self) -> bool:
        return self.state in OPEN_FOR_CHECK_IN


class Organiser(BilingualName):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    role = models.CharField(_("Role"), max_length=10, choices=OrganiserRole)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
