"""What offers show on the home page and in the artisan's own space."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from cards.enums import CardState
from core.roles import Role
from partners.enums import OfferState
from partners.models import Offer
from partners.panels import own_benefits
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


def shown(response):
    """The offers that a list shows, by heading for the catalogue."""
    if "groups" in response.context:
        return [
            (group["code"], [offer.code for offer in group["offers"]]) for group in response.context["groups"]
        ]
    return [offer.code for offer in response.context["page"]]


def artisan(**fields):
    """An artisan's account with its entry of the register."""
    return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), **fields)


def test_my_benefits_counts_the_offers_of_my_region_by_domain():
    holder = artisan()
    OfferFactory(domains=["rail", "tools"])
    OfferFactory(domains=["rail"], regions=["11"])
    OfferFactory(domains=["rail"], regions=["01"])
    OfferFactory(domains=["banking"], state=OfferState.DRAFT)
    OfferFactory()
    with translation.override("fr"):
        domains = own_benefits(None, holder)["domains"]
    assert [(domain["count"], domain["url"]) for domain in domains] == [
        (1, "/benefits/mine/?domain=tools"),
        (2, "/benefits/mine/?domain=rail"),
        (1, "/benefits/mine/?domain=general"),
    ]
    assert [domain["label"] for domain in domains][:2] == ["Outillage", "Transport ferroviaire"]


@pytest.mark.parametrize(
    "state", [RegistrantState.SUSPENDED, RegistrantState.STRUCK_OFF, RegistrantState.CANDIDATE]
)
def test_benefits_are_shown_only_while_the_registration_stands(state):
    candidate = {"nia": None, "registered_on": None} if state == RegistrantState.CANDIDATE else {}
    OfferFactory()
    assert own_benefits(None, artisan(state=state, **candidate)) is None


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, "Offers need a professional card: your chamber makes it."),
        (CardState.IN_BATCH, "Your card is being made."),
        (CardState.IN_BOX, "Your card is made and waits for you."),
        (CardState.HANDED_OVER, "Show your card to the partner to use an offer."),
        (CardState.LOST, "Offers need a professional card: your chamber makes it."),
    ],
)
def test_my_benefits_says_what_the_card_allows(state, said):
    holder = artisan()
    if state:
        CardFactory(registrant=holder, state=state)
    with translation.override("en"):
        assert own_benefits(None, holder)["card"]["text"] == said


def test_a_card_grown_old_is_said_to_be_so():
    holder = artisan()
    today = timezone.localdate()
    CardFactory(
        registrant=holder,
        state=CardState.HANDED_OVER,
        issued_on=today - timedelta(days=9),
        valid_until=today - timedelta(days=1),
    )
    with translation.override("en"):
        assert own_benefits(None, holder)["card"] == {
            "kind": "warning",
            "text": "Your card has expired: ask your chamber to renew it.",
        }


def test_home_counts_what_offers_lack_and_leads_to_them(sign_in):
    OfferFactory()
    OfferFactory(terms_ar="أ", terms_fr="b")
    OfferFactory(state=OfferState.DRAFT)
    client = sign_in(Role.NATIONAL_ADMIN)
    counts = next(
        panel["context"]["counts"]
        for panel in client.get("/").context["panels"]
        if panel["template"] == "partners/_to_complete_panel.html"
    )
    assert [item["count"] for item in counts] == [0, 0, 0, 1, 2]
    assert [client.get(item["url"]).context["page"].paginator.count for item in counts] == [0, 0, 0, 1, 2]


def test_a_partners_agent_begins_at_the_counter(sign_in):
    agent = PartnerAgentFactory()
    OfferFactory(partner=agent.partner)
    OfferFactory()
    response = sign_in(user=agent.user).get("/")
    panel = response.context["panels"][0]["context"]
    assert (panel["partner"], panel["offer_count"], panel["check_url"]) == (
        agent.partner,
        1,
        "/benefits/check/",
    )
    assert Offer.objects.running().count() == 2
    assert panel["check_url"] in response.content.decode()
