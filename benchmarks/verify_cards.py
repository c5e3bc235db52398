"""Cards in their holders' hands, as a fair has them; invented, and without pictures."""

from datetime import timedelta

from django.utils import timezone

from cards.designs import current_looks
from cards.enums import BatchState, CardState
from cards.faces import face_data
from cards.keys import ensure_key
from cards.models import Card, CardBatch
from cards.serials import make_serial
from cards.tokens import sign
from core.models import Chamber, Commune, User
from core.roles import Role
from registry.demo.actions import add_demo_people
from registry.models import Registrant

REGION = "11"


def make_cards(count: int) -> list[str]:
    """Register so many people, give each a card, and return the tokens of their codes."""
    ensure_key()
    assert Commune.objects.exists()
    for _progress in add_demo_people(n=count, seed=0, region=REGION):
        pass
    people = list(Registrant.objects.registered().filter(region=REGION).with_list_columns()[:count])
    by = User.objects.create_user("bench", roles=[Role.NATIONAL_ADMIN], name_ar="bench", name_latin="bench")
    now, today = timezone.now(), timezone.localdate()
    batch = CardBatch.objects.create(
        region_id=REGION,
        name="bench",
        cards_total=len(people),
        state=BatchState.MADE,
        created_by=by,
        finished_at=now,
        file="none.pdf",
    )
    looks = current_looks(Chamber.objects.get(region_id=REGION))
    until = today + timedelta(days=1800)
    cards = []
    for number, person in enumerate(people, start=1):
        serial = make_serial(number, REGION)
        token = sign(serial, until)
        face = face_data(
            person, looks[person.kind], serial=serial, token=token, issued_on=today, valid_until=until
        )
        cards.append(
            Card(
                serial=serial,
                registrant=person,
                batch=batch,
                state=CardState.HANDED_OVER,
                position=number,
                box=1,
                slot=number,
                issued_on=today,
                valid_until=until,
                face=face,
                token=token,
            )
        )
    Card.objects.bulk_create(cards, batch_size=500)
    return [card.token for card in cards]
