"""A body's founding assembly: who was called, who came, who was elected."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.enums import LIVE_ASSEMBLIES, SINGLE_POSTS, AssemblyState, Attendance, Convoked, Post
from registry.models.craft_body import CraftBody
from registry.models.registrant import Registrant
from registry.querysets_bodies import CandidacyQuerySet, ConvocationQuerySet, OfBodyQuerySet


class FoundingAssembly(models.Model):
    """One meeting that founds a body or fails to. Its list of people is frozen when it is convoked."""

    body = models.ForeignKey(CraftBody, on_delete=models.PROTECT, related_name="assemblies")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("State"), max_length=10, choices=AssemblyState, default=AssemblyState.CONVOKED)
    starts_at = models.DateTimeField(_("Starts"))
    venue_ar = models.CharField(_("Venue in Arabic"), max_length=200)
    venue_fr = models.CharField(_("Venue in French"), max_length=200)
    convoked = models.CharField(_("Who is called"), max_length=16, choices=Convoked)
    proxies_each = models.PositiveSmallIntegerField(
        _("Proxies that one person may hold"),
        default=0,
        help_text=_("0 where nobody may be represented. A working value: no rule is published."),
    )
    # The chamber's rule on the day of the convocation; empty where it has set none.
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    called_count = models.PositiveIntegerField(default=0)
    attending_count = models.PositiveIntegerField(_("Present or represented"), default=0)
    ballots = models.PositiveIntegerField(_("Ballots cast"), null=True, blank=True)
    blank_ballots = models.PositiveIntegerField(_("Blank or invalid ballots"), null=True, blank=True)
    statutes_adopted = models.BooleanField(_("The assembly adopted the statutes"), default=False)
    note = models.TextField(_("For the minutes"), blank=True)
    closing_reason = models.TextField(_("Reason"), blank=True)
    convoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    convoked_at = models.DateTimeField(_("Convoked on"), auto_now_add=True)
    held_at = models.DateTimeField(_("Attendance closed"), null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("founding assembly")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="assembly_number"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(state__in=LIVE_ASSEMBLIES), name="assembly_one_live"
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | Q(quorum_percent__range=(1, 100)),
                name="assembly_quorum_is_percentage",
            ),
            models.CheckConstraint(
                condition=Q(attending_count__lte=F("called_count")), name="assembly_attendance_within_called"
            ),
            models.CheckConstraint(
                condition=Q(blank_ballots__isnull=True) | Q(ballots__gte=F("blank_ballots")),
                name="assembly_ballots_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssemblyState.CLOSED) | ~Q(closing_reason=""),
                name="assembly_closed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} ({self.number})"

    @property
    def venue(self) -> str:
        return self.venue_ar if (get_language() or "ar").startswith("ar") else self.venue_fr


class Convocation(models.Model):
    """Somebody called to an assembly, and whether they came."""

    assembly = models.ForeignKey(FoundingAssembly, on_delete=models.PROTECT, related_name="convocations")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="convocations")
    # By name, as the printed list has it.
    position = models.PositiveIntegerField()
    attendance = models.CharField(
        _("Attendance"), max_length=12, choices=Attendance, default=Attendance.ABSENT
    )
    proxy_holder = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="represents"
    )
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = ConvocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("convocation")
        ordering = ["assembly_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "registrant"], name="convocation_once"),
            models.UniqueConstraint(fields=["assembly", "position"], name="convocation_position"),
            models.CheckConstraint(
                condition=Q(attendance=Attendance.REPRESENTED) ^ Q(proxy_holder__isnull=True),
                name="convocation_represented_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(attendance=Attendance.ABSENT) ^ Q(noted_at__isnull=False),
                name="convocation_attendance_is_noted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assembly", "-noted_at"],
                condition=~Q(attendance=Attendance.ABSENT),
                name="convocation_attending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_id}/{self.position}"


class Candidacy(models.Model):
    """Somebody who stood for election at an assembly, with the votes and the post."""

    assembly = models.ForeignKey(FoundingAssembly, on_delete=models.PROTECT, related_name="candidacies")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveIntegerField(_("Votes"))
    # Empty: not elected.
    post = models.CharField(_("Post"), max_length=20, choices=Post, blank=True)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidacy")
        ordering = ["-votes", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "registrant"], name="candidacy_once"),
            models.UniqueConstraint(
                fields=["assembly", "post"],
                condition=Q(post__in=SINGLE_POSTS),
                name="candidacy_one_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}: {self.votes}"
