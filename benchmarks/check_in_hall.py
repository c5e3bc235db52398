"""A meeting with people, cards and signed-in desks, for `benchmarks.check_in`; all of it made up."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cards.enums import BatchState, CardState
from cards.keys import ensure_key
from cards.models import Card, CardBatch
from cards.qr import card_url
from cards.serials import make_serial
from cards.tokens import sign
from core.models import Commune, User
from core.roles import Role
from events.enums import ListKind
from events.models import CheckIn, CheckInList, Meeting, Scan
from registry.demo.actions import add_demo_people
from registry.models import Registrant

REGION = "11"


@dataclass
class Hall:
    """`desks` are the sessions of agents, `codes` what the QR of each card says."""

    door: CheckInList
    desks: list[str]
    codes: list[str]
    csrf: str = "b" * 32
    _given: int = field(default=0)

    @property
    def address(self) -> str:
        return reverse("events:scan", args=[self.door.pk])

    @property
    def plain_address(self) -> str:
        return f"/plain/{self.door.pk}/"

    def next_code(self) -> str:
        """A card that no desk has scanned, from the end of the list."""
        self._given += 1
        return self.codes[-self._given]


def make_hall(desks: int, *, cards: int) -> Hall:
    for command in ("migrate", "load_territory", "load_crafts", "load_service_domains", "load_meetings"):
        call_command(command, verbosity=0)
    ensure_key()
    for _progress in add_demo_people(n=cards, seed=3, region=REGION, portraits=False):
        pass
    past = Meeting.objects.select_related("caravan").first()
    meeting = Meeting.objects.create(
        caravan=past.caravan,
        region_id=REGION,
        title_ar="لقاء للقياس",
        title_fr="Rencontre de mesure",
        venue_ar="دار",
        venue_fr="Maison",
        starts_at=timezone.now(),
        commune=Commune.objects.get(pk=past.commune_id),
    )
    people = list(Registrant.objects.filter(region_id=REGION).order_by("pk")[:cards])
    return Hall(
        door=CheckInList.objects.get(meeting=meeting, kind=ListKind.DOOR),
        desks=[_signed_in(number) for number in range(desks)],
        codes=_codes(people),
    )


def doubles(hall: Hall) -> int:
    """People who are present more than once, and scans that are no scan of somebody present."""
    twice = (
        CheckIn.objects.standing()
        .filter(list=hall.door)
        .order_by()
        .values("registrant")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
    )
    astray = Scan.objects.filter(list=hall.door, check_in__isnull=True)
    return twice.count() + astray.count()


def _signed_in(number: int) -> str:
    agent = User.objects.create_user(
        f"bench-{number}", roles=[Role.DESK_AGENT], region_id=REGION, is_demo=True
    )
    client = Client()
    client.force_login(agent)
    return client.cookies["sessionid"].value


def _codes(people: list[Registrant]) -> list[str]:
    officer = User.objects.create_user("bench-officer", roles=[Role.CARD_OFFICER], region_id=REGION)
    batch = CardBatch.objects.create(
        region_id=REGION,
        name="bench",
        state=BatchState.MADE,
        cards_total=len(people),
        created_by=officer,
        finished_at=timezone.now(),
        file="batches/bench.pdf",
    )
    today = timezone.localdate()
    until = today + timedelta(days=900)
    cards = []
    for number, person in enumerate(people, start=1):
        serial = make_serial(number + 8_000_000, REGION)
        place = {"position": number, "box": 1 + number // 200, "slot": 1 + number % 200}
        cards.append(
            Card(
                registrant=person,
                batch=batch,
                serial=serial,
                token=sign(serial, until),
                state=CardState.HANDED_OVER,
                issued_on=today,
                valid_until=until,
                **place,
            )
        )
    Card.objects.bulk_create(cards)
    return [card_url(card.token) for card in cards]
