"""Pages of benefits asked for by holders, partners and readers drawn by lot."""

import random
import time
from urllib.parse import urlencode

from django.test import Client

from benchmarks.benefits_filling import WORDS_AR, WORDS_FR
from benchmarks.search_timing import Clock, timed
from cards.models import Card
from core.models import Region, ServiceDomain, User
from core.roles import Role
from partners.eligibility import rights
from partners.holders import facts_now
from partners.models import Offer, Partner, PartnerAgent
from registry.models import Registrant

READERS = 40
PAGE = 20


class Visits:
    """Each method asks for one page and gives what it took."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        # A process loads what every request passes through once, not once a reader.
        self.handler = Client().handler
        keys = list(Registrant.objects.registered().values_list("pk", flat=True))
        people = Registrant.objects.filter(pk__in=chance.sample(keys, READERS)).order_by("pk")
        self.holders = [self._holder(person) for person in people]
        self.agents = [self._agent(partner) for partner in Partner.objects.order_by("?")[:READERS]]
        self.offers = list(Offer.objects.running().values_list("pk", flat=True))
        self.domains = list(ServiceDomain.objects.values_list("pk", flat=True))
        self.regions = list(Region.objects.values_list("pk", flat=True))
        self.serials = list(
            Card.objects.filter(registrant__in=chance.sample(keys, 500)).values_list("serial", flat=True)
        )

    def own_benefits(self) -> Clock:
        return self._get(self._client(), "/benefits/mine/", page=self.chance.choice([1, 1, 1, 2, 5]))

    def own_domain(self) -> Clock:
        return self._get(self._client(), "/benefits/mine/", domain=self.chance.choice(self.domains))

    def own_offer(self) -> Clock:
        return self._get(self._client(), f"/benefits/mine/{self.chance.choice(self.offers)}/")

    def filtered(self) -> Clock:
        return self._get(
            self._client(),
            "/benefits/",
            domain=self.chance.choice(["", *self.domains]),
            region=self.chance.choice(["", *self.regions]),
        )

    def searched(self) -> Clock:
        return self._get(self._client(), "/benefits/", q=self.chance.choice(WORDS_AR + WORDS_FR))

    def check(self) -> Clock:
        """As a till asks: a card that is scanned, and the rights to all of the partner's offers."""
        client = self.chance.choice(self.agents)
        return self._timed(client.post, "/benefits/check/", {"card": self.chance.choice(self.serials)})

    def plain(self) -> float:
        """Milliseconds of the data of one page of benefits where Python judges and sorts every offer."""
        holder, _client = self.chance.choice(self.holders)
        begun = time.perf_counter()
        outcome = facts_now(holder).outcome
        offers = Offer.objects.running().in_catalogue_order().with_list_columns()
        page = rights(offers=offers, holder=holder, outcome=outcome)[:PAGE]
        assert page
        return (time.perf_counter() - begun) * 1000

    def _client(self) -> Client:
        return self.chance.choice(self.holders)[1]

    def _get(self, client: Client, path: str, **query) -> Clock:
        return self._timed(client.get, f"{path}?{urlencode(query)}")

    def _timed(self, ask, *arguments) -> Clock:
        with timed() as clock:
            answer = ask(*arguments)
        if answer.status_code != 200:
            raise SystemExit(f"{arguments[0]} was answered with {answer.status_code}.")
        return clock

    def _holder(self, person: Registrant) -> tuple[Registrant, Client]:
        user, _made = User.objects.get_or_create(
            username=f"bench-{person.pk}", defaults={"roles": [Role.ARTISAN]}
        )
        Registrant.objects.filter(pk=person.pk).update(user=user)
        return person, self._signed_in(user)

    def _agent(self, partner: Partner) -> Client:
        user, _made = User.objects.get_or_create(
            username=f"bench-agent-{partner.pk}", defaults={"roles": [Role.PARTNER_AGENT]}
        )
        PartnerAgent.objects.get_or_create(user=user, defaults={"partner": partner})
        return self._signed_in(user)

    def _signed_in(self, user: User) -> Client:
        client = Client()
        client.handler = self.handler
        client.force_login(user)
        return client
