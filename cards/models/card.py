"""Professional cards: what each says, where it lies, and whether it may be used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import COMING_STATES, LIVE_STATES, STOP_STATES, CardKind, CardState, Fitting
from cards.models.batch import CardBatch
from cards.querysets import CardQuerySet
from registry.models import Ground, Registrant


class Card(models.Model):
    """One card. What is printed on it is kept in `face` and never changes afterwards."""

    serial = models.CharField(_("Serial number"), max_length=20, unique=True)
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="cards")
    kind = models.CharField(_("Kind of card"), max_length=12, choices=CardKind, default=CardKind.FIRST)
    # The card that this one replaces or renews.
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    state = models.CharField(_("State"), max_length=12, choices=CardState, default=CardState.IN_BATCH)
    batch = models.ForeignKey(CardBatch, on_delete=models.PROTECT, related_name="cards")
    position = models.PositiveIntegerField()
    box = models.PositiveIntegerField(_("Box"))
    slot = models.PositiveIntegerField(_("Slot"))
    issued_on = models.DateField(_("Date of issue"))
    valid_until = models.DateField(_("Valid until"))
    face = models.JSONField(default=dict)
    # The picture the card was made with; the register's may change later.
    photograph = models.CharField(max_length=200, blank=True)
    token = models.TextField(blank=True)
    # Known from its composition, so that a batch tells of its misfits before it is made.
    fitting = models.CharField(max_length=8, choices=Fitting, default=Fitting.WHOLE)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_ground = models.ForeignKey(
        Ground, verbose_name=_("Ground"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stop_reason = models.TextField(_("Reason"), blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("professional card")
        ordering = ["-id"]
        constraints = [
            # A renewal on its way is not live yet: the card in the holder's hands is, until the hand-over.
            models.UniqueConstraint(
                fields=["registrant"],
                condition=Q(state=CardState.HANDED_OVER)
                | Q(state__in=COMING_STATES, kind__in=(CardKind.FIRST, CardKind.REPLACEMENT)),
                name="card_one_live_a_registrant",
            ),
            models.UniqueConstraint(
                fields=["registrant"],
                condition=Q(state__in=COMING_STATES),
                name="card_one_coming_a_registrant",
            ),
            models.UniqueConstraint(
                fields=["predecessor"], condition=~Q(state=CardState.CANCELLED), name="card_one_successor"
            ),
            models.CheckConstraint(
                condition=Q(kind=CardKind.FIRST, predecessor__isnull=True)
                | (~Q(kind=CardKind.FIRST) & Q(predecessor__isnull=False)),
                name="card_kind_goes_with_predecessor",
            ),
            models.UniqueConstraint(fields=["batch", "position"], name="card_position_once"),
            models.UniqueConstraint(fields=["batch", "box", "slot"], name="card_place_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("issued_on")), name="card_valid_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE_STATES) | Q(stopped_at__isnull=False), name="card_stop_is_dated"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STOP_STATES) | Q(stop_ground__isnull=False) | ~Q(stop_reason=""),
                name="card_stop_has_ground",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="card_state"),
            # What runs out soon, soonest first.
            models.Index(
                fields=["valid_until"], condition=Q(state=CardState.HANDED_OVER), name="card_running_out"
            ),
            models.Index(fields=["batch"], condition=~Q(fitting=Fitting.WHOLE), name="card_misfits"),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def is_coming(self) -> bool:
        """Whether it is on its way to the holder."""
        return self.state in COMING_STATES

    def has_successor(self) -> bool:
        """Whether its holder was given a newer card into the hand."""
        return Card.objects.in_hand().filter(registrant_id=self.registrant_id, pk__gt=self.pk).exists()
