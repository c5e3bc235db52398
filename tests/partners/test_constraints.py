"""What the database refuses of offers, their checks and the rules, by the name of the constraint."""

import pytest
from django.db import IntegrityError, transaction

from core.roles import Role
from partners.enums import ReviewOutcome
from partners.models import OfferReview, PartnershipRules
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory

pytestmark = pytest.mark.django_db


def returned_without_reason():
    OfferReview.objects.create(
        offer=OfferFactory(),
        outcome=ReviewOutcome.RETURNED,
        checked_by=UserFactory(roles=[Role.PARTNERSHIP_OFFICER]),
    )


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("offer_what_in_both_languages", lambda: OfferFactory(what_ar="أ")),
        ("offer_what_in_both_languages", lambda: OfferFactory(what_fr="a")),
        ("offer_how_in_both_languages", lambda: OfferFactory(how_ar="أ")),
        ("offer_how_in_both_languages", lambda: OfferFactory(how_fr="a")),
        ("offer_access_in_both_languages", lambda: OfferFactory(access_ar="أ")),
        ("offer_access_in_both_languages", lambda: OfferFactory(access_fr="a")),
        ("offer_has_a_way", lambda: OfferFactory(ways=[])),
        ("offer_limit_at_least_one", lambda: OfferFactory(limit_per_person=0)),
        ("offer_published_has_dates", lambda: OfferFactory(published_on=None)),
        ("offer_published_has_dates", lambda: OfferFactory(fresh_until=None)),
        ("offer_return_has_reason", returned_without_reason),
        ("partnership_rules_one_row", lambda: PartnershipRules.objects.create(pk=2)),
        (
            "offer_asked_before_hidden",
            lambda: PartnershipRules.objects.create(pk=1, ask_after_days=90, hide_after_days=90),
        ),
    ],
)
def test_the_database_refuses(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()
