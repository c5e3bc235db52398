"""Putting people in a batch: order, serial numbers, places in boxes, what each card says, and the chunks."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cards.designs import looks
from cards.enums import BatchOrder, BatchState, Fitting
from cards.faces import face_data
from cards.lifecycle import BATCH
from cards.models import BatchChunk, Card, CardBatch, CardRequest
from cards.overflow import fitting_of
from cards.serials import make_serial
from cards.settling import version_for_batch
from cards.tokens import sign
from core import bulk
from core.arabic import fold
from core.dates import months_later
from core.models import Chamber
from registry.models import Registrant

# Rows an INSERT carries.
ROWS = 1000


def in_order(people: Iterable[Registrant], ids: Sequence[int], order: BatchOrder) -> list[Registrant]:
    """The people in the order in which their cards are to lie; `ids` is the order of the list given."""
    if order == BatchOrder.AS_GIVEN:
        place = {pk: number for number, pk in enumerate(ids)}
        return sorted(people, key=lambda person: place[person.pk])
    if order == BatchOrder.COMMUNE:
        return sorted(people, key=lambda person: (person.commune_id, fold(person.name_ar), person.pk))
    return sorted(people, key=lambda person: (fold(person.name_ar), person.pk))


def compose(
    batch: CardBatch, people: Sequence[Registrant], requests: Mapping[int, CardRequest]
) -> list[Card]:
    """Write the cards of a batch in one statement, and its chunks; gives the cards.

    `requests` holds the request of each person by the person's key: it says what the card comes after. A
    batch with a text that does not fit is held until somebody has looked at it.
    """
    region, in_box = batch.region, batch.cards_per_box
    batch.design = version_for_batch(Chamber.objects.get(region=region))
    issued_on = batch.issued_on or timezone.localdate()
    by_kind = looks(batch.design)
    cards = []
    keys, numbers = bulk.reserve_keys(Card, len(people)), _serial_numbers(len(people))
    for index, (person, key, number) in enumerate(zip(people, keys, numbers, strict=True)):
        look = by_kind[person.kind]
        valid_until = months_later(issued_on, look.validity_months)
        serial = make_serial(number, region.pk)
        token = sign(serial, valid_until)
        face = face_data(
            person, look, serial=serial, token=token, issued_on=issued_on, valid_until=valid_until
        )
        cards.append(
            Card(
                pk=key,
                serial=serial,
                registrant=person,
                kind=requests[person.pk].kind,
                predecessor_id=requests[person.pk].predecessor_id,
                batch=batch,
                position=index + 1,
                box=index // in_box + 1,
                slot=index % in_box + 1,
                issued_on=issued_on,
                valid_until=valid_until,
                face=face,
                fitting=fitting_of(face),
                photograph=person.photograph.name,
                token=token,
            )
        )
    bulk.insert(Card, cards)
    BatchChunk.objects.bulk_create(_chunks(batch), batch_size=ROWS)
    held = any(card.fitting == Fitting.CUT for card in cards)
    batch.state = BatchState(BATCH.check("hold" if held else "compose", batch.state).to)
    batch.cards_total, batch.chosen, batch.issued_on = len(cards), [], issued_on
    batch.save(update_fields=["state", "design", "cards_total", "chosen", "issued_on"])
    return cards


def _chunks(batch: CardBatch) -> list[BatchChunk]:
    size, total = settings.CARDS_PER_CHUNK, batch.cards_total
    return [
        BatchChunk(
            batch=batch, number=number, first_position=first, last_position=min(first + size - 1, total)
        )
        for number, first in enumerate(range(1, total + 1, size), start=1)
    ]


def _serial_numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cards_serial_number') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]
