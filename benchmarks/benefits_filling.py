# ruff: noqa: E501
"""Made-up holders with cards and uses, partners with places, and offers, put in with COPY."""

import random
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import search_filling
from cards.enums import BatchState, CardState
from cards.models import Card, CardBatch
from core.bulk import copy
from core.models import Chamber, Commune, Region, ServiceDomain, User
from core.roles import Role
from partners.enums import AdhesionState, AgreementState, OfferState, UsePeriod, UseWay
from partners.models import Adhesion, Agreement, Branch, Offer, OfferUse, Partner
from registry.enums import Kind
from registry.models import Craft, Registrant

PARTNERS, BRANCHES = 150, 6_000
USES_A_HOLDER = 1
# Whether an offer names regions, kinds or crafts, is limited, or stands on an agreement.
NARROW = 0.3
WORDS_AR = (
    "تخفيض",
    "اشتراك",
    "تجهيز",
    "تكوين",
    "تأمين",
    "سفر",
    "إقامة",
    "أدوات",
    "قرض",
    "شحن",
    "استشارة",
    "معرض",
)
WORDS_FR = ("remise", "abonnement", "équipement", "formation", "assurance", "voyage", "séjour", "outils", "crédit",
            "envoi", "conseil", "salon")  # fmt: skip


def fill(url: str, holders: int, offers: int) -> None:
    call_command("load_service_domains", verbosity=0)
    search_filling.fill(url, holders)
    chance = random.Random(61)
    staff = User.objects.create_user("bench-staff", roles=[Role.NATIONAL_ADMIN])
    _cards(staff)
    partners, agreements = _partners(chance)
    made = _offers(chance, offers, partners, agreements)
    _uses(chance, staff, made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _cards(staff: User) -> None:
    """A card in hand for everybody on the register, each region in a batch of its own."""
    today = timezone.localdate()
    for region in Region.objects.all():
        batch = CardBatch.objects.create(
            region=region, name="bench", state=BatchState.MADE, created_by=staff, file="batches/bench.pdf",
            cards_total=1, finished_at=timezone.now(),
        )  # fmt: skip
        people = Registrant.objects.registered().filter(region=region).order_by("pk")
        # Read whole: the connection says nothing else while rows are sent.
        keys = list(people.values_list("pk", flat=True))
        names = [
            "serial",
            "registrant",
            "kind",
            "state",
            "batch",
            "position",
            "box",
            "slot",
            "issued_on",
            "valid_until",
            "face",
            "photograph",
            "token",
            "fitting",
            "stop_reason",
        ]
        copy(
            Card,
            names,
            (
                [f"{region.pk}-{pk:07d}-00", pk, "first", CardState.HANDED_OVER, batch.pk, number, 1, number,
                 today - timedelta(days=30), today + timedelta(days=900), {}, "", "", "whole", ""]
                for number, pk in enumerate(keys, start=1)
            ),
        )  # fmt: skip


def _partners(chance: random.Random) -> tuple[list[int], dict[int, int]]:
    """Partners with places in communes drawn by lot; a third of them with an agreement some chambers joined."""
    partners = [
        Partner.objects.create(code=f"bench-{n}", name_ar=f"شريك {n}", name_fr=f"Partenaire {n}").pk
        for n in range(PARTNERS)
    ]
    communes = list(Commune.objects.values_list("pk", flat=True))
    copy(
        Branch,
        ["partner", "code", "commune", "name_ar", "name_fr", "address_ar", "address_fr", "phone", "access", "is_open"],
        (
            [chance.choice(partners), f"B{n}", chance.choice(communes), "وكالة", "Agence", "", "", "", "unknown",
             True]
            for n in range(BRANCHES)
        ),
    )  # fmt: skip
    agreements = {}
    today = timezone.localdate()
    for partner in partners[::3]:
        agreement = Agreement.objects.create(
            partner_id=partner,
            name_ar="اتفاقية",
            name_fr="Convention",
            state=AgreementState.SIGNED,
            signed_on=today,
        )
        agreements[partner] = agreement.pk
        for chamber in Chamber.objects.all():
            if chance.random() < 0.6:
                Adhesion.objects.create(
                    agreement=agreement, chamber=chamber, state=AdhesionState.VOTED, voted_on=today
                )
    return partners, agreements


def _offers(
    chance: random.Random, count: int, partners: list[int], agreements: dict[int, int]
) -> list[Offer]:
    today = timezone.localdate()
    offers = []
    for n in range(count):
        partner = chance.choice(partners)
        place = chance.randrange(len(WORDS_AR))
        offer = Offer(
            code=f"bench-{n}", partner_id=partner, agreement_id=agreements.get(partner), state=OfferState.PUBLISHED,
            name_ar=f"{WORDS_AR[place]} {n}", name_fr=f"{WORDS_FR[place].capitalize()} {n}",
            what_ar=f"وصف العرض {n}", what_fr=f"Description de l'offre {n}", published_on=today,
            fresh_until=today + timedelta(days=100), ways=[UseWay.CARD, UseWay.VOUCHER],
            kinds=[chance.choice(Kind.values)] if chance.random() < NARROW else [],
            limit_per_person=chance.randint(1, 3) if chance.random() < NARROW else None,
            limit_period=chance.choice(UsePeriod.values),
        )  # fmt: skip
        offer.save()
        offers.append(offer)
    keys = [offer.pk for offer in offers]
    domains = list(ServiceDomain.objects.values_list("pk", flat=True))
    regions = list(Region.objects.values_list("pk", flat=True))
    crafts = list(Craft.objects.current().values_list("pk", flat=True))
    _link(chance, Offer.domains.through, "servicedomain", domains, keys, 0.95, 2)
    _link(chance, Offer.regions.through, "region", regions, keys, NARROW, 3)
    _link(chance, Offer.crafts.through, "craft", crafts, keys, NARROW / 2, 6)
    return offers


def _link(chance, through, name: str, others: list, keys: list[int], part: float, most: int) -> None:
    copy(
        through,
        ["offer", name],
        (
            [key, other]
            for key in keys
            if chance.random() < part
            for other in chance.sample(others, chance.randint(1, most))
        ),
    )


def _uses(chance: random.Random, staff: User, offers: list[Offer]) -> None:
    """A use for each holder on the average, so that limits are looked up in a large table."""
    people = list(Registrant.objects.registered().values_list("pk", "region_id"))
    now = timezone.now()
    seen = set()

    def rows():
        for _use in range(len(people) * USES_A_HOLDER):
            person, region = chance.choice(people)
            offer = chance.choice(offers)
            if (person, offer.pk) in seen:
                continue
            seen.add((person, offer.pk))
            period = {"month": f"{now:%Y-%m}", "year": f"{now:%Y}"}.get(offer.limit_period, "")
            yield [
                offer.pk,
                person,
                region,
                UseWay.CARD,
                period,
                1,
                offer.limit_per_person,
                now,
                staff.pk,
                "",
            ]

    names = [
        "offer",
        "registrant",
        "region",
        "way",
        "period",
        "number",
        "limit",
        "used_at",
        "recorded_by",
        "cancel_reason",
    ]
    copy(OfferUse, names, rows())
