"""The API keeps to its OpenAPI description, tried with requests that fit it and requests that do not."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from cards.enums import CardState
from chamber_portal.wsgi import application
from core.roles import Role
from partners.actions import make_key
from partners.enums import ApiScope
from partners.models import ApiAnswer
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db


schema = schemathesis.openapi.from_wsgi("/api/tills/v1/openapi.json", application)


@pytest.fixture
def secret(db, settings):
    """A key that may do everything and never asks too often."""
    settings.TILL_REQUESTS_A_MINUTE = settings.TILL_UNKNOWN_CARDS = settings.TILL_WRONG_KEYS = 10**6
    partner = PartnerFactory()
    OfferFactory(partner=partner, code="partner-offer")
    CardFactory(state=CardState.HANDED_OVER)
    admin = UserFactory(roles=[Role.PARTNER_ADMIN])
    # A server closes its connection after each request; this one holds the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield make_key(partner=partner, name="Caisse", scopes=list(ApiScope), days=1, by=admin)[1]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis_settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_the_description(case, secret):
    # An idempotency key that another example used is no fault of this one.
    ApiAnswer.objects.all().delete()
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
