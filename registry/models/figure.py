"""The register counted at one moment: small tables that every dashboard reads instead of millions of people.

`registry.actions.figures` counts; nobody changes a number afterwards. What a figure means is said once, in
`registry.figures.definitions`.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Province, Region


class Subject(models.TextChoices):
    """What a line counts by; the line's key is the value: a code, or several between bars."""

    PROVINCE = "province", _("Province")
    BRANCH = "branch", _("Branch")
    KIND = "kind", _("Kind")
    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    STATE = "state", _("State")
    CARD = "card", _("Card")
    UNCOLLECTED = "uncollected", _("Cards not collected")
    APPLICATION = "application", _("Applications")
    # Everything at once, of people on the register now: what open data is made from.
    CELL = "cell", _("Open data")


class AgeBand(models.TextChoices):
    """Age in full years on the day of counting, by the first year of the band."""

    UNDER_25 = "00", _("Under 25")
    FROM_25 = "25", _("25 to 34")
    FROM_35 = "35", _("35 to 44")
    FROM_45 = "45", _("45 to 54")
    FROM_55 = "55", _("55 to 64")
    FROM_65 = "65", _("65 and over")


class Waiting(models.TextChoices):
    """How long a made card has waited for its holder, as far as the register was told."""

    MONTH = "030", _("Up to 30 days")
    QUARTER = "090", _("31 to 90 days")
    HALF_YEAR = "180", _("91 to 180 days")
    LONGER = "999", _("More than 180 days")
    UNKNOWN = "unknown", _("Not known since when")


class SnapshotQuerySet(models.QuerySet):
    def newest(self) -> "FigureSnapshot | None":
        return self.order_by("-taken_at", "-id").first()


class FigureSnapshot(models.Model):
    """One counting of the whole register."""

    taken_at = models.DateTimeField(_("As of"))
    registered = models.PositiveIntegerField(_("On the register"))
    milliseconds = models.PositiveIntegerField()

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures")
        get_latest_by = "taken_at"

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"


class FigureQuerySet(models.QuerySet):
    def within(self, first_month, last_month) -> Self:
        """Only what happened from one month to another, both included; None leaves a side open."""
        found = self
        if first_month:
            found = found.filter(month__gte=first_month)
        if last_month:
            found = found.filter(month__lte=last_month)
        return found


class Figure(models.Model):
    """How many of a region, by one subject; by month of registration (of entry, for applications)."""

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.CASCADE, related_name="figures")
    subject = models.CharField(max_length=12, choices=Subject)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    month = models.DateField(null=True)
    number = models.PositiveIntegerField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["snapshot", "subject", "region"], name="figure_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}: {self.number}"


class DecisionTime(models.Model):
    """Days from submission to decision. Without a region: of the nation; without a month: of all time."""

    snapshot = models.ForeignKey(FigureSnapshot, on_delete=models.CASCADE, related_name="decision_times")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True)
    number = models.PositiveIntegerField()
    median_days = models.FloatField()
    ninth_decile_days = models.FloatField()

    class Meta:
        ordering = ["month"]
        indexes = [models.Index(fields=["snapshot", "region"], name="decision_time_of_region")]

    def __str__(self) -> str:
        return f"{self.region_id or 'MA'} {self.month}: {self.median_days}"


class DailyTotal(models.Model):
    """How many were on the register of a province at the last counting of a day: kept, for the trend."""

    day = models.DateField()
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["day", "province"], name="daily_total_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.province_id}: {self.number}"


class PublicFigures(models.Model):
    """What may be published of a counting, made safe at once by `registry.figures.disclosure`."""

    snapshot = models.OneToOneField(FigureSnapshot, on_delete=models.CASCADE, related_name="public")
    rows = models.JSONField()

    def __str__(self) -> str:
        return str(self.snapshot)
