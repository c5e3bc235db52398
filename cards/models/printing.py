"""What happens to a batch's cards at the printer: files made, blanks used, printers and their values."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import Duplex, FileLayout, FileState, PrintedBy, PrintOutcome, SpoiledBy
from cards.models.batch import CardBatch
from cards.models.card import Card
from cards.printing.geometry import Adjustment
from cards.querysets import BatchFileQuerySet, BatchPartQuerySet, CardPrintQuerySet
from core.models import Region
from core.scoping import RegionScopedQuerySet

MOST_MOVED_MM = 5
LEAST_SCALE, MOST_SCALE = 0.95, 1.05


class CardPrinter(models.Model):
    """A printer and its passport: what its pages need so that they come out where they are meant to."""

    region = models.ForeignKey(Region, verbose_name=_("Region"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the printer"), max_length=80)
    right_mm = models.DecimalField(
        _("Moved to the right, in millimetres"), max_digits=4, decimal_places=2, default=0,
        validators=[MinValueValidator(-MOST_MOVED_MM), MaxValueValidator(MOST_MOVED_MM)],
    )  # fmt: skip
    down_mm = models.DecimalField(
        _("Moved down, in millimetres"), max_digits=4, decimal_places=2, default=0,
        validators=[MinValueValidator(-MOST_MOVED_MM), MaxValueValidator(MOST_MOVED_MM)],
    )  # fmt: skip
    scale_x = models.DecimalField(
        _("Scale across"), max_digits=5, decimal_places=4, default=1,
        validators=[MinValueValidator(LEAST_SCALE), MaxValueValidator(MOST_SCALE)],
    )  # fmt: skip
    scale_y = models.DecimalField(
        _("Scale down"), max_digits=5, decimal_places=4, default=1,
        validators=[MinValueValidator(LEAST_SCALE), MaxValueValidator(MOST_SCALE)],
    )  # fmt: skip
    back_upside_down = models.BooleanField(_("Backs come out upside down"), default=False)
    bleed = models.BooleanField(
        _("Pages reach over the edge"),
        default=True,
        help_text=_("By 0.5 mm on each side. Off: pages of exactly 85.60 x 53.98 mm."),
    )
    measured_at = models.DateTimeField(_("Measured"), null=True, blank=True)
    measured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired = models.BooleanField(_("No longer in use"), default=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("card printer")
        ordering = ["retired", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="printer_name_once"),
            models.CheckConstraint(
                condition=Q(right_mm__range=(-MOST_MOVED_MM, MOST_MOVED_MM))
                & Q(down_mm__range=(-MOST_MOVED_MM, MOST_MOVED_MM))
                & Q(scale_x__range=(LEAST_SCALE, MOST_SCALE))
                & Q(scale_y__range=(LEAST_SCALE, MOST_SCALE)),
                name="printer_values_are_small",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def adjustment(self) -> Adjustment:
        return Adjustment(
            float(self.right_mm),
            float(self.down_mm),
            float(self.scale_x),
            float(self.scale_y),
            self.back_upside_down,
            self.bleed,
        )


class BatchFile(models.Model):
    """A file made from a batch in the background. `ranges` are the first and last positions that it holds."""

    batch = models.ForeignKey(CardBatch, on_delete=models.CASCADE, related_name="files")
    layout = models.CharField(_("What"), max_length=10, choices=FileLayout)
    duplex = models.CharField(_("Backs"), max_length=10, choices=Duplex, blank=True)
    printer = models.ForeignKey(
        CardPrinter, verbose_name=_("Printer"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    # The printer's values when it was asked for; a passport may change later.
    adjustment = models.JSONField(default=dict, blank=True)
    ranges = models.JSONField(default=list)
    language = models.CharField(max_length=2, default="ar")
    state = models.CharField(_("State"), max_length=10, choices=FileState, default=FileState.PENDING)
    file = models.FileField(upload_to="batches/", blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # The passphrase of a package under the portal's own key, until the package is made and not longer.
    sealed = models.TextField(blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(_("Asked for"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True)

    objects = BatchFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a batch")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=FileState.MADE)
                | (~Q(file="") & ~Q(sha256="") & Q(made_at__isnull=False) & Q(size__isnull=False)),
                name="batch_file_made_is_there",
            ),
            models.CheckConstraint(
                condition=Q(sealed="") | Q(state=FileState.PENDING, layout=FileLayout.PACKAGE),
                name="batch_file_sealed_until_made",
            ),
            models.CheckConstraint(
                condition=Q(layout=FileLayout.SHEETS) ^ Q(duplex=""), name="batch_file_sheets_have_duplex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}-{self.pk}"

    @property
    def positions(self) -> list[int]:
        return [position for first, last in self.ranges for position in range(first, last + 1)]

    @property
    def count(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)


class CardPrint(models.Model):
    """A blank that went through the printer for a card. A card has one good one at most."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="prints")
    # Which blank of this card: the first, or one after as many were spoiled.
    attempt = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=PrintOutcome)
    spoiled_by = models.CharField(_("What went wrong"), max_length=10, choices=SpoiledBy, blank=True)
    how = models.CharField(max_length=8, choices=PrintedBy)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CardPrintQuerySet.as_manager()

    class Meta:
        verbose_name = _("print of a card")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "attempt"], name="print_attempt_once"),
            models.UniqueConstraint(
                fields=["card"], condition=Q(outcome=PrintOutcome.GOOD), name="print_good_once"
            ),
            models.CheckConstraint(condition=Q(attempt__gte=1), name="print_attempt_counts_from_one"),
            models.CheckConstraint(
                condition=Q(outcome=PrintOutcome.SPOILED) ^ Q(spoiled_by=""),
                name="print_spoiled_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}/{self.attempt}"


class PrintReceipt(models.Model):
    """What an outside printer sent back, read and looked through; entered when somebody confirms it."""

    batch = models.ForeignKey(CardBatch, on_delete=models.CASCADE, related_name="receipts")
    name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    # Lines that may be entered: position, outcome. Errors: line, code, words of the file.
    lines = models.JSONField(default=list)
    errors = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BatchPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("printer's receipt")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sha256"], condition=Q(entered_at__isnull=False), name="receipt_entered_once"
            ),
            models.CheckConstraint(
                condition=Q(entered_at__isnull=True) | Q(entered_by__isnull=False),
                name="receipt_entered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonList(models.Model):
    """People in an order that somebody gave them, such as a meeting's list, to make a batch of."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("List"), max_length=200)
    people = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
