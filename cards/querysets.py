"""What is read of cards and batches, by name."""

from datetime import date, timedelta
from typing import Self

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cards.enums import (
    COMING_STATES,
    LIVE_STATES,
    OPEN_REQUEST_STATES,
    SUCCEEDED_STATES,
    UNFINISHED_STATES,
    BatchState,
    CardState,
    FileState,
    Fitting,
    PrintedBy,
    PrintOutcome,
    RequestState,
    RunState,
)
from cards.serials import normalise_serial
from core.arabic import clean, compact_number
from core.scoping import RegionScopedQuerySet
from registry.enums import ACTIVE_STATES
from registry.search.filtering import named

# Working value where a chamber has set none.
RENEWAL_NOTICE_DAYS = 90
RENEWAL_NOTICE_MOST = 730


class CardQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)

    def coming(self) -> Self:
        """On their way to the holder."""
        return self.filter(state__in=COMING_STATES)

    def in_hand(self) -> Self:
        """With their holders, and in force as far as the cards know."""
        return self.filter(state=CardState.HANDED_OVER)

    def to_renew(self, days: int) -> Self:
        """With their holders, and running out within so many days, or run out already."""
        return self.in_hand().filter(valid_until__lte=timezone.localdate() + timedelta(days=days))

    def due_for_renewal(self) -> Self:
        """With their holders and near their end by each chamber's notice, not renewed yet; soonest first."""
        notice = Coalesce(
            F("registrant__region__card_rules__renewal_notice_days"), Value(RENEWAL_NOTICE_DAYS)
        )
        from_day = ExpressionWrapper(F("valid_until") - notice, output_field=DateField())
        today = timezone.localdate()
        return (
            # The longest notice that a chamber may set lets the index find the few that matter.
            self.to_renew(RENEWAL_NOTICE_MOST)
            .filter(registrant__state__in=ACTIVE_STATES)
            .annotate(renewable_from=from_day)
            .filter(renewable_from__lte=today)
            .exclude(registrant__card_requests__state__in=OPEN_REQUEST_STATES)
            .exclude(registrant__cards__state__in=COMING_STATES)
            .order_by("valid_until", "pk")
        )

    def waiting_for_holder(self) -> Self:
        return self.filter(state=CardState.IN_BOX)

    def for_place(self) -> Self:
        """With no more than what says where each lies."""
        return self.only("serial", "box", "slot", "registrant")

    def not_left_out(self) -> Self:
        """Those that are, or are to be, printed with their batch."""
        return self.exclude(state=CardState.CANCELLED)

    def past_printing(self) -> Self:
        """Those that were printed, whatever became of them since."""
        return self.exclude(state__in=(CardState.IN_BATCH, CardState.CANCELLED))

    def waiting_for_printer(self) -> Self:
        return self.filter(state=CardState.IN_BATCH)

    def to_print_again(self) -> Self:
        """A blank was spoiled for each of them, and none came out well since."""
        return self.waiting_for_printer().filter(prints__isnull=False).distinct()

    def with_good_print(self) -> Self:
        good = PrintOutcome.GOOD
        prints = self.model._meta.get_field("prints").related_model.objects.filter(outcome=good)
        return self.annotate(has_good_print=Exists(prints.filter(card=OuterRef("pk"))))

    def misfits(self) -> Self:
        """A text of theirs is cut or smaller than planned."""
        return self.not_left_out().exclude(fitting=Fitting.WHOLE)

    def cut(self) -> Self:
        return self.not_left_out().filter(fitting=Fitting.CUT)

    def in_print_order(self) -> Self:
        return self.order_by("batch_id", "position")

    def with_holder(self) -> Self:
        return self.select_related("registrant__region", "registrant__commune", "batch")

    def for_check(self) -> Self:
        """With all that a check of a card asks for, in one query."""
        return self.select_related(
            "registrant__region__chamber", "registrant__region__card_rules", "batch"
        ).with_successor()

    def for_desk(self) -> Self:
        """With its holder, as far as a desk shows them."""
        return self.select_related("registrant__commune")

    def of_nia(self, nia: str) -> Self:
        """The cards of whoever has this registration number, with or without its separators."""
        return self.filter(registrant__nia_compact=compact_number(nia))

    def with_successor(self) -> Self:
        """With `is_succeeded`: whether its holder was given a newer card into the hand."""
        newer = self.model.objects.in_hand().filter(registrant=OuterRef("registrant"), pk__gt=OuterRef("pk"))
        return self.annotate(is_succeeded=Exists(newer))

    def not_to_be_accepted(self, today: date):
        """Rows of (serial, whether it only waits for its holder, whether another took its place)."""
        standing = Q(registrant__state__in=ACTIVE_STATES)
        waits = Q(state__in=COMING_STATES) & standing
        replaced = Q(state__in=SUCCEEDED_STATES) | Q(is_succeeded=True)
        return (
            self.filter(valid_until__gte=today)
            .filter(waits | ~Q(state__in=LIVE_STATES) | ~standing)
            .with_successor()
            .annotate(
                waits=Case(When(waits, then=Value(True)), default=Value(False)),
                replaced=Case(When(replaced & standing, then=Value(True)), default=Value(False)),
            )
            .values_list("serial", "waits", "replaced")
        )

    def live_first(self) -> Self:
        """The card in the holder's hands, then the one on its way, then those stopped, the newest first."""
        rank = Case(
            When(state=CardState.HANDED_OVER, then=Value(0)),
            When(state__in=COMING_STATES, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "-id")

    def search(self, text: str) -> Self:
        """Find by serial number, registration number or words of the holder's name, in either script."""
        typed = clean(text)
        if not typed:
            return self
        found = Q(registrant__nia_compact=compact_number(typed))
        serial = normalise_serial(typed)
        if serial:
            found |= Q(serial=serial)
        numbered = self.filter(found)
        # A name has no digit: whoever typed a number is not looked for by name as well.
        if any(char.isdigit() for char in typed) and numbered.exists():
            return numbered
        return self.filter(named(typed, of="registrant__"))


class CardRequestQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def open(self) -> Self:
        return self.filter(state__in=OPEN_REQUEST_STATES)

    def for_list(self) -> Self:
        return self.select_related(
            "registrant__commune", "predecessor", "requested_by", "decided_by", "ground", "card"
        )

    def awaiting_decision(self) -> Self:
        return self.filter(state=RequestState.REQUESTED)

    def approved(self) -> Self:
        """Those whose card may be put in a batch."""
        return self.filter(state=RequestState.APPROVED)


class HandOverQuerySet(RegionScopedQuerySet):
    region_lookup = "card__registrant__region_id"

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)

    def by_desk(self, user) -> Self:
        """What this person handed over today, the last first."""
        since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        mine = self.filter(handed_over_by=user, handed_over_at__gte=since)
        return mine.select_related("card__registrant", "proxy").order_by("-id")


class ReminderRunQuerySet(RegionScopedQuerySet):
    def running(self) -> Self:
        return self.filter(state=RunState.RUNNING)


class CardRulesQuerySet(RegionScopedQuerySet):
    def of(self, region_id: str):
        """The rules of a region's chamber; the working values where it has set none."""
        return self.filter(region_id=region_id).first() or self.model(region_id=region_id)


class CardBatchQuerySet(RegionScopedQuerySet):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED_STATES)

    def composing(self) -> Self:
        """Ordered, and not composed yet."""
        return self.filter(state=BatchState.COMPOSING)

    def to_print(self) -> Self:
        return self.filter(state=BatchState.MADE)


class BatchPartQuerySet(RegionScopedQuerySet):
    """What belongs to a batch: its chunks, files and receipts."""

    region_lookup = "batch__region_id"


class BatchFileQuerySet(BatchPartQuerySet):
    def waiting(self) -> Self:
        """To be made, as far as nothing went wrong."""
        return self.filter(state=FileState.PENDING, last_error="")

    def made(self) -> Self:
        return self.filter(state=FileState.MADE)


class CardPrintQuerySet(QuerySet):
    def spoiled_by_receipts(self, batch) -> Self:
        """Spoiled blanks of a batch that an outside printer's receipts told of."""
        return self.filter(card__batch=batch, outcome=PrintOutcome.SPOILED, how=PrintedBy.RECEIPT)

    def latest_of(self, batch) -> Self:
        """The last blank of each card of a batch, the one counted last first."""
        last = self.filter(card__batch=batch).order_by("card_id", "-attempt").distinct("card_id")
        return self.filter(pk__in=last.values("pk")).order_by("-id").select_related("card", "recorded_by")


class DesignVersionQuerySet(RegionScopedQuerySet):
    def current(self, region_id: str):
        """The version that the next batch of a region is made with; None where none was settled."""
        return self.filter(region_id=region_id).order_by("-number").first()

    def with_use(self) -> Self:
        """With `batch_count`: how many batches were composed with each."""
        return self.select_related("created_by", "region").annotate(batch_count=Count("batches"))


class UnusualCheckQuerySet(RegionScopedQuerySet):
    region_lookup = "card__registrant__region_id"

    def open(self) -> Self:
        return self.filter(dismissed_at__isnull=True)

    def with_card(self) -> Self:
        return self.select_related("card__registrant__region", "dismissed_by")
