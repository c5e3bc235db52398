"""Cards and batches for tests. What they say is taken from the register as for real ones."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from cards.actions import box_cards, check_cards, count_blanks, create_batch, record_prints
from cards.batches import make_batch
from cards.designs import current_looks
from cards.enums import (
    LIVE_STATES,
    STOP_STATES,
    BatchOrder,
    BatchState,
    CardState,
    PrintedBy,
    PrintOutcome,
    RequestSource,
)
from cards.faces import face_data
from cards.models import Card, CardBatch, CardRequest
from cards.serials import make_serial
from cards.tokens import sign
from core.models import Chamber, Region
from core.roles import Role
from registry.models import Ground
from tests.factories.core import LAAYOUNE, UserFactory
from tests.factories.registry import RegistrantFactory


class CardBatchFactory(factory.django.DjangoModelFactory):
    """A batch that was made; its file does not exist. `region` may be a code."""

    class Meta:
        model = CardBatch

    region = LAAYOUNE
    name = factory.Sequence(lambda n: f"Batch {n}")
    state = BatchState.MADE
    cards_total = 1
    created_by = factory.LazyAttribute(
        lambda self: UserFactory(roles=(Role.CARD_OFFICER,), region=getattr(self.region, "pk", self.region))
    )
    started_at = factory.LazyFunction(timezone.now)
    finished_at = factory.LazyFunction(timezone.now)
    file = factory.Sequence(lambda n: f"batches/factory-{n}.pdf")
    file_sha256 = "0" * 64

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        if isinstance(kwargs["region"], str):
            kwargs["region"] = Region.objects.get(code=kwargs["region"])
        return kwargs


class CardFactory(factory.django.DjangoModelFactory):
    """A card that waits for its holder: `CardFactory(state=CardState.HANDED_OVER)` and so on."""

    class Meta:
        model = Card

    registrant = factory.SubFactory(RegistrantFactory, with_photograph=True)
    batch = factory.SubFactory(CardBatchFactory, region=factory.SelfAttribute("..registrant.region"))
    state = CardState.IN_BOX
    position = factory.Sequence(lambda n: n + 1)
    box = 3
    slot = factory.Sequence(lambda n: n + 1)
    issued_on = factory.LazyFunction(timezone.localdate)
    valid_until = factory.LazyAttribute(lambda self: self.issued_on + timedelta(days=1826))
    serial = factory.LazyAttributeSequence(
        lambda self, n: make_serial(n + 9_000_000, self.registrant.region_id)
    )
    token = factory.LazyAttribute(lambda self: sign(self.serial, self.valid_until))
    photograph = factory.LazyAttribute(lambda self: self.registrant.photograph.name or "")
    stop_reason = factory.LazyAttribute(lambda self: "Told" if self.state in STOP_STATES else "")
    stopped_at = factory.LazyAttribute(lambda self: None if self.state in LIVE_STATES else timezone.now())

    @factory.lazy_attribute
    def face(self):
        return face_data(
            self.registrant,
            current_looks(Chamber.objects.get(region_id=self.registrant.region_id))[self.registrant.kind],
            serial=self.serial,
            token=self.token,
            issued_on=self.issued_on,
            valid_until=self.valid_until,
        )


def card_ground(code: str, procedure: str = "card_replacement") -> Ground:
    """A ground of everybody's working list."""
    return Ground.objects.get(region=None, procedure=procedure, code=code)


class CardRequestFactory(factory.django.DjangoModelFactory):
    """A request by staff for a first card, waiting for a decision."""

    class Meta:
        model = CardRequest

    registrant = factory.SubFactory(RegistrantFactory, with_photograph=True)
    source = RequestSource.STAFF
    requested_by = factory.LazyAttribute(
        lambda self: UserFactory(roles=(Role.CARD_OFFICER,), region=self.registrant.region_id)
    )


def expired_card(**fields) -> Card:
    return CardFactory(issued_on=date(2019, 1, 1), valid_until=date(2024, 1, 1), **fields)


def new_batch(size: int = 3, *, by=None, **fields) -> CardBatch:
    """A batch composed of as many new people, and not made yet."""
    by = by or UserFactory(roles=(Role.CARD_OFFICER,))
    people = RegistrantFactory.create_batch(size, with_photograph=True)
    values = {"region": by.region, "name": "Batch", "order": BatchOrder.AS_GIVEN} | fields
    return create_batch(registrants=people, by=by, **values)


def put_away(batch: CardBatch, *, by) -> None:
    """Every card of a batch made, printed well at the first try, checked and put in its box."""
    make_batch(batch.pk)
    batch.refresh_from_db()
    count_blanks(batch=batch, count=batch.cards_total, by=by)
    positions = range(1, batch.cards_total + 1)
    prints = [(position, PrintOutcome.GOOD) for position in positions]
    record_prints(batch=batch, prints=prints, how=PrintedBy.NUMBER, by=by)
    check_cards(batch=batch, positions=positions, by=by)
    box_cards(batch=batch, positions=positions, by=by)
