"""Refusals that holders told of, for tests."""

import factory

from partners.enums import Experience, FollowUpState, RefusalGround
from partners.models import Feedback
from tests.factories.partners import OfferFactory
from tests.factories.registry import RegistrantFactory


class RefusalFactory(factory.django.DjangoModelFactory):
    """A refusal that nobody follows up yet."""

    class Meta:
        model = Feedback

    offer = factory.SubFactory(OfferFactory)
    registrant = factory.SubFactory(RegistrantFactory)
    region_id = factory.LazyAttribute(lambda made: made.registrant.region_id)
    experience = Experience.REFUSED
    ground = RefusalGround.UNKNOWN_OFFER
    words = "لم يعرف الشباك هذا العرض"
    follow_up = FollowUpState.OPEN
