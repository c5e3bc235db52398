"""Every address of ours and the records to open it on, once in each of two regions.

The permission matrix and the tests of pages walk this list: an address that is missing here fails them.
"""

from typing import Any

from django.core.files.base import ContentFile

from cards.actions.checks import report_unusual
from cards.enums import CardState, UnusualKind
from cards.settling import version_for_batch
from core.models import Chamber
from tests.address import Address, of
from tests.cards import records as card_areas
from tests.events import day_records
from tests.events import records as planning
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import CheckInFactory, MeetingFactory
from tests.factories.partners import OfferFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory, portrait_bytes
from tests.partners import records as partnership
from tests.partners import records_figures as partner_figures
from tests.partners import records_own as own_benefits
from tests.partners import space_records
from tests.registry import records as registry_areas

HERE, ELSEWHERE = "11", "12"
COMMUNES = {HERE: "11.321.01.03", ELSEWHERE: "12.066.03.07"}


ADDRESSES: dict[str, Address] = {
    "core:home": Address(),
    "core:healthz": Address(),
    "core:audit": Address(),
    "core:chambers": Address(),
    "core:chamber_settings": Address(lambda r: {"region_code": r["region"]}, regional=True),
    "core:chamber_picture": Address(lambda r: {"region_code": r["region"], "field": "logo"}, regional=True),
    "core:accounts": Address(),
    "core:account_new": Address(),
    "core:account": of("registrar"),
    "core:account_close": of("registrar"),
    "core:account_reopen": of("registrar"),
    "core:account_reset": of("registrar"),
    "core:commune_options": Address(query="?province=11.321"),
    "core:gallery": Address(),
    "core:legal": Address(),
    "account_login": Address(),
    "account_request_login_code": Address(),
    "account_confirm_login_code": Address(),
    "registry:list": Address(),
    "registry:search": Address(),
    "registry:filters": Address(),
    "registry:saved_filters": Address(),
    "registry:saved_filter_remove": Address(),
    "registry:detail": of("registrant"),
    "registry:photograph": of("registrant"),
    "registry:document": of("document"),
    "registry:apply": Address(),
    "registry:queue": Address(),
    "registry:application_edit": of("draft"),
    "registry:decide": of("application"),
    "registry:own_space": Address(),
    "registry:own_photograph": Address(),
    "events:calendar": Address(),
    "events:meeting_new": Address(),
    "events:meeting": of("meeting"),
    "events:meeting_edit": of("meeting"),
    "events:card_list": of("meeting"),
    "partners:agent": Address(),
    "cards:list": Address(),
    "cards:card": of("card"),
    "cards:stop_card": of("card"),
    "cards:unusual": Address(),
    "cards:unusual_dismiss": of("unusual_check"),
    "cards:designs": Address(),
    "cards:design": Address(lambda r: {"region_code": r["region"], "kind": "artisan"}, regional=True),
    "cards:design_preview": Address(lambda r: {"region_code": r["region"], "kind": "artisan"}, regional=True),
    "cards:design_version": of("design_version"),
    "cards:batches": Address(),
    "cards:batch_new": Address(),
    "cards:batch": of("batch"),
    "cards:batch_progress": of("batch"),
    "cards:batch_cancel": of("batch"),
    "cards:batch_retry": of("batch"),
    "cards:batch_file": of("batch"),
    "cards:card_picture": of("card", side="front"),
    "cards:own_card": Address(),
    "cards:own_card_pdf": Address(),
    "cards:own_card_worker": Address(),
    "cards:own_card_picture": Address(lambda r: {"side": "front"}),
    "verification:check": Address(lambda r: {"token": r["card"].token}),
    "verification:photograph": Address(lambda r: {"token": r["card_in_hand"].token}),
    "verification:form": Address(),
    "verification:frame": Address(),
    "verification:offline": Address(),
    "verification:revoked": Address(),
    "verification:manifest": Address(),
    "verification:worker": Address(),
    "verification:card_keys": Address(),
}
AREAS = (
    *registry_areas.AREAS,
    planning,
    day_records,
    *card_areas.AREAS,
    partnership,
    own_benefits,
    partner_figures,
    space_records,
)
for area in AREAS:
    ADDRESSES |= area.ADDRESSES


def make_records(region: str) -> dict[str, Any]:
    """One of everything in the region."""
    commune = COMMUNES[region]
    registrant = RegistrantFactory(commune=commune, with_photograph=True)
    registrar = UserFactory(region=region)
    card = CardFactory(registrant=registrant, state=CardState.IN_BOX)
    card.batch.file.save("batch.pdf", ContentFile(b"%PDF-1.7"), save=True)
    chamber = Chamber.objects.get(region_id=region)
    chamber.photograph_on_verification = True
    registrant.consents.create(purpose="photograph_on_check")
    in_hand = CardFactory(
        registrant=RegistrantFactory(commune=commune, with_photograph=True), state=CardState.HANDED_OVER
    )
    in_hand.registrant.consents.create(purpose="photograph_on_check")
    chamber.logo.save("logo.png", ContentFile(portrait_bytes()), save=True)
    document = registrant.documents.create(
        kind="identity",
        content_type="image/jpeg",
        uploaded_by=registrar,
        file=ContentFile(b"x", name="x.jpg"),
    )
    meeting = MeetingFactory(commune=commune)

    def candidate():
        return RegistrantFactory(commune=commune, candidate=True)

    records = {
        "region": region,
        "registrar": registrar,
        "registrant": registrant,
        "document": document,
        "application": ApplicationFactory(registrant=candidate()),
        "draft": ApplicationFactory(registrant=candidate(), state="draft", submitted_at=None),
        "card": card,
        "card_in_hand": in_hand,
        "unusual_check": report_unusual(card=card, kind=UnusualKind.IN_BOX, regions=[region]),
        "design_version": version_for_batch(chamber),
        "batch": card.batch,
        "meeting": meeting,
        "check_in": CheckInFactory(meeting=meeting, registrant=registrant, card=card),
        "offer": OfferFactory(),
    }
    for area in AREAS:
        records |= area.make_records(records)
    return records
