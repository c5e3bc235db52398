from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cards.actions import (
    box_cards,
    check_cards,
    count_blanks,
    create_batch,
    hand_over,
    record_prints,
    release_batch,
    request_card,
    save_printer,
)
from cards.actions.checks import report_unusual
from cards.batches import make_batch
from cards.enums import BatchOrder, BatchState, CardState, PrintedBy, PrintOutcome, RequestSource, UnusualKind
from cards.models import Card, CardBatch, CardRequest
from core.dates import months_later
from core.demo import DEMO_ACCOUNTS, DEMO_ARTISAN_NIA, DEMO_HOLDER_NIA, DEMO_REGION
from core.models import Chamber, Commune, Province, Region, User
from core.roles import PARTNER_ROLES, Role
from events.demo import add_demo_meetings
from events.models import Meeting
from partners.demo import add_demo_benefits, demo_partner
from partners.demo_partnership import add_demo_partnership
from partners.models import Agreement, OfferUse, PartnerAgent
from registry.actions import ApplicationData, QualificationData, open_application, submit_application
from registry.demo.actions import add_demo_people
from registry.demo.bodies import add_demo_bodies
from registry.demo.duplicates import add_demo_duplicates
from registry.demo.imports import add_demo_import
from registry.demo.people import make_people, places
from registry.demo.portraits import draw_portrait
from registry.demo.trades import Trade
from registry.demo.work import Hands, add_demo_work
from registry.enums import PERSON_KINDS
from registry.models import Application, Craft, CraftBody, DuplicatePair, ImportJob, Proceeding, Registrant

# Each seed is one use of the generator of people.
SEED_COUNTRY, SEED_REGION, SEED_WAITING = 0, 1, 2
PEOPLE_IN_COUNTRY, PEOPLE_IN_REGION, WAITING, CARDS, REQUESTS = 300, 120, 6, 40, 5
DEMO_PROVINCE = "11.321"
BATCH_NAME = "دفعة تجريبية: لقاء العيون"
BATCH_TO_PRINT, CARDS_TO_PRINT = "دفعة تجريبية: للطبع", 12
BATCH_RUNNING_OUT, RUNNING_OUT, DAYS_LEFT = "دفعة تجريبية: للتجديد", 6, 40
PRINTER = "طابعة تجريبية"


class Command(BaseCommand):
    help = "Make the demo: an account for each role, invented people, applications waiting, a batch of cards."

    def handle(self, *args, **options):
        if not settings.DEMO_NOTICE:
            raise CommandError("Demo accounts have a known password: only for settings with DEMO_NOTICE.")
        accounts = {account.role: self._account(account) for account in DEMO_ACCOUNTS}
        # The region first: its numbers, and so the demo artisan's, are then always the same.
        for seed, number, region in (
            (SEED_REGION, PEOPLE_IN_REGION, DEMO_REGION),
            (SEED_COUNTRY, PEOPLE_IN_COUNTRY, None),
        ):
            for progress in add_demo_people(n=number, seed=seed, region=region):
                self.stdout.write(f"{progress.seen} demo people")
        registrar = User.objects.get(username="registrar")
        if not Application.objects.filter(entered_by=registrar).exists():
            self._applications(registrar)
        if not CardBatch.objects.filter(name=BATCH_NAME).exists():
            self._batch(accounts[Role.CARD_OFFICER])
        # Once: somebody may have decided on them since.
        if not CardRequest.objects.filter(source=RequestSource.HOLDER).exists():
            self._requests(registrar)
        if not CraftBody.objects.exists():
            province = Province.objects.select_related("region").get(code=DEMO_PROVINCE)
            add_demo_bodies(province=province, by=accounts[Role.REGIONAL_DIRECTOR])
        if not OfferUse.objects.filter(offer__partner=demo_partner()).exists():
            self._benefits(accounts[Role.CARD_OFFICER], accounts[Role.PARTNER_AGENT])
        held = Meeting.objects.filter(region_id=DEMO_REGION).order_by("starts_at").first()
        if not held.caravan.meetings.exclude(pk=held.pk).exists():
            people = {"director": accounts[Role.REGIONAL_DIRECTOR], "agent": accounts[Role.DESK_AGENT]}
            add_demo_meetings(pattern=held, **people)
        if not Proceeding.objects.exists():
            hands = Hands(registrar, accounts[Role.REGIONAL_DIRECTOR], accounts[Role.NATIONAL_ADMIN])
            add_demo_work(region=Region.objects.get(code=DEMO_REGION), hands=hands)
        if not DuplicatePair.objects.exists():
            add_demo_duplicates(region=Region.objects.get(code=DEMO_REGION), by=registrar)
        if not ImportJob.objects.exists():
            region = Region.objects.get(code=DEMO_REGION)
            add_demo_import(region=region, by=accounts[Role.REGIONAL_DIRECTOR])
        if not Agreement.objects.exists():
            add_demo_partnership(
                partner=demo_partner(),
                author=accounts[Role.PARTNER_ADMIN],
                checker=accounts[Role.PARTNERSHIP_OFFICER],
            )

    def _account(self, account) -> User:
        user = User.objects.filter(username=account.username).first()
        if user is None:
            user = User.objects.create_user(
                account.username,
                account.password,
                roles=[account.role],
                region_id=account.region,
                name_ar=account.name_ar,
                name_latin=account.name_latin,
                is_demo=True,
            )
        if account.role in PARTNER_ROLES:
            PartnerAgent.objects.get_or_create(user=user, defaults={"partner": demo_partner()})
        return user

    def _applications(self, registrar: User) -> None:
        """People who ask to be registered, waiting for somebody to decide."""
        crafts = {craft.code: craft for craft in Craft.objects.current()}
        homes = [place for place in places() if place.region_code == DEMO_REGION]
        trades = [Trade(craft.code, craft.branch.code) for craft in crafts.values()]
        people = make_people(WAITING * 3, seed=SEED_WAITING, communes=homes, crafts=trades)
        for person in [person for person in people if person.kind in PERSON_KINDS][:WAITING]:
            fields = {name: getattr(person, name) for name in _COPIED}
            fields["commune"] = Commune.objects.select_related("province").get(code=person.commune_code)
            data = ApplicationData(
                fields={**fields, "supervisor": None},
                crafts=[crafts[code] for code in person.craft_codes],
                qualifications=[
                    QualificationData(
                        person.qualification_kind, person.qualification_title, person.years_of_exercise
                    )
                ],
                consent=True,
                photograph=ContentFile(
                    draw_portrait(person.portrait_seed, person.gender), name="portrait.jpg"
                ),
            )
            application = open_application(data=data, by=registrar)
            Registrant.objects.filter(pk=application.registrant_id).update(is_demo=True)
            submit_application(application=application, by=registrar)

    def _batch(self, officer: User) -> None:
        """Cards in their boxes, the demo's artisan's among them, and others in the making."""
        people = list(
            Registrant.objects.registered().filter(region_id=DEMO_REGION, is_demo=True).order_by("id")
        )
        people.sort(key=lambda person: person.nia != DEMO_ARTISAN_NIA)
        region = Region.objects.get(code=DEMO_REGION)
        of_the_batch = {"region": region, "order": BatchOrder.NAME, "by": officer}
        boxed = create_batch(registrants=people[:CARDS], name=BATCH_NAME, **of_the_batch)
        self._put_away(boxed, officer)
        report_unusual(card=boxed.cards.order_by("position").last(), kind=UnusualKind.IN_BOX)
        if others := people[CARDS:][:CARDS_TO_PRINT]:
            create_batch(registrants=others, name=BATCH_TO_PRINT, **of_the_batch)
        if holders := people[CARDS + CARDS_TO_PRINT :][:RUNNING_OUT]:
            self._running_out(holders, of_the_batch)
        save_printer(printer=None, region=region, values={"name": PRINTER}, by=officer)

    def _running_out(self, holders: list[Registrant], of_the_batch: dict) -> None:
        """Cards in their holders' hands that are to be renewed: the last days of their validity run."""
        months = Chamber.objects.get(region=of_the_batch["region"]).card_validity_months
        issued_on = months_later(timezone.localdate() + timedelta(days=DAYS_LEFT), -months)
        old = create_batch(registrants=holders, name=BATCH_RUNNING_OUT, issued_on=issued_on, **of_the_batch)
        self._put_away(old, of_the_batch["by"])
        for card in old.cards.in_print_order():
            hand_over(card=card, place="", by=of_the_batch["by"])

    def _put_away(self, batch: CardBatch, officer: User) -> None:
        """Made and printed here and now, one blank spoiled, so that the desks have cards to hand over."""
        if batch.state == BatchState.HELD:
            release_batch(batch=batch, by=officer)
        make_batch(batch.pk)
        batch.refresh_from_db()
        positions = range(1, batch.cards_total + 1)
        count_blanks(batch=batch, count=batch.cards_total + 5, by=officer)
        good = [(position, PrintOutcome.GOOD) for position in positions]
        prints = [(1, PrintOutcome.SPOILED), *good]
        record_prints(batch=batch, prints=prints, how=PrintedBy.NUMBER, by=officer)
        check_cards(batch=batch, positions=positions, by=officer)
        box_cards(batch=batch, positions=positions, by=officer)

    def _benefits(self, officer: User, agent: User) -> None:
        """The second artisan has the card in hand, and uses it."""
        live = Card.objects.live().filter(registrant__nia=DEMO_HOLDER_NIA)
        card = live.select_related("registrant").live_first().first()
        # At the demo's meeting it may have been handed over already.
        if card is not None and card.state == CardState.IN_BOX:
            hand_over(card=card, place="", by=officer)
        if card is not None:
            add_demo_benefits(holder=card.registrant, agent=agent)

    def _requests(self, registrar: User) -> None:
        """Cards asked for in people's names, waiting for the card officer."""
        free = Registrant.objects.registered().exclude(card_requests__in=CardRequest.objects.open())
        without = free.filter(region_id=DEMO_REGION, is_demo=True, cards=None)
        for person in without.order_by("-id")[:REQUESTS]:
            request_card(registrant=person, source=RequestSource.HOLDER, by=registrar)


_COPIED = (
    "kind",
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "organisation_name_ar",
    "organisation_name_latin",
    "gender",
    "birth_date",
    "national_id",
    "phone",
    "email",
    "address",
)
