"""Batches of cards, made in chunks so that a killed worker loses at most the chunk in its hands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cards.enums import PRINTABLE_STATES, BatchOrder, BatchState, ChunkState
from cards.models.design import DesignVersion
from cards.querysets import BatchPartQuerySet, CardBatchQuerySet
from core.models import Region


class CardBatch(models.Model):
    region = models.ForeignKey(Region, verbose_name=_("Region"), on_delete=models.PROTECT)
    name = models.CharField(_("Name of the batch"), max_length=120)
    state = models.CharField(_("State"), max_length=10, choices=BatchState, default=BatchState.QUEUED)
    order = models.CharField(
        _("Order of the cards"), max_length=10, choices=BatchOrder, default=BatchOrder.NAME
    )
    # Empty for batches composed before designs were kept.
    design = models.ForeignKey(
        DesignVersion,
        verbose_name=_("Design"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="batches",
    )
    # The keys of its people in the order given, until each has a card.
    chosen = models.JSONField(default=list, blank=True)
    cards_per_box = models.PositiveIntegerField(null=True, blank=True)
    # What its cards bear; empty until they are composed, unless whoever ordered it gave a day.
    issued_on = models.DateField(_("Date of issue"), null=True, blank=True)
    cards_total = models.PositiveIntegerField(_("Cards"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="batches/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    last_error = models.TextField(blank=True)
    # The printer's blanks: counted in, used for a card that came out well, spoiled, and left at the end.
    blanks_in = models.PositiveIntegerField(_("Blanks counted in"), default=0)
    good = models.PositiveIntegerField(default=0)
    spoiled = models.PositiveIntegerField(default=0)
    blanks_left = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CardBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("card batch")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=PRINTABLE_STATES) | (~Q(file="") & Q(finished_at__isnull=False)),
                name="batch_made_has_file",
            ),
            models.CheckConstraint(
                condition=Q(blanks_in__gte=F("good") + F("spoiled")), name="batch_uses_blanks_it_has"
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.CLOSED)
                | Q(
                    blanks_in=F("good") + F("spoiled") + F("blanks_left"),
                    blanks_left__isnull=False,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="batch_closed_balances",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.CANCELLED) | Q(good=0, file=""),
                name="batch_cancelled_unprinted",
            ),
            models.CheckConstraint(condition=Q(cards_total__gt=0), name="batch_not_empty"),
            models.CheckConstraint(
                condition=~Q(state=BatchState.COMPOSING) | (~Q(chosen=[]) & Q(cards_per_box__isnull=False)),
                name="batch_composing_knows_its_people",
            ),
        ]
        indexes = [models.Index(fields=["region", "-id"], name="batch_region")]

    def __str__(self) -> str:
        return self.name


class BatchChunk(models.Model):
    """Consecutive cards of a batch, made by one worker in one transaction."""

    batch = models.ForeignKey(CardBatch, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    first_position = models.PositiveIntegerField()
    last_position = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=ChunkState, default=ChunkState.PENDING)
    file = models.FileField(upload_to="chunks/", blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="chunk_once"),
            models.CheckConstraint(
                condition=Q(first_position__lte=F("last_position")), name="chunk_holds_cards"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChunkState.MADE) | (~Q(file="") & Q(made_at__isnull=False)),
                name="chunk_made_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"

    @property
    def size(self) -> int:
        return self.last_position - self.first_position + 1
