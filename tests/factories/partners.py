"""Partners and offers for tests; none of them exists."""

import factory

from core.models import Region, ServiceDomain
from core.roles import Role
from partners.enums import OfferState
from partners.models import Offer, Partner, PartnerAgent
from tests.factories.core import UserFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    """A partner without a group."""

    class Meta:
        model = Partner

    code = factory.Sequence(lambda n: f"test-partner-{n}")
    name_ar = factory.Sequence(lambda n: f"شريك تجريبي {n}")
    name_fr = factory.Sequence(lambda n: f"Partenaire de test {n}")


class OfferFactory(factory.django.DjangoModelFactory):
    """A published offer in the whole country. `domains` and `regions` may be lists of codes."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    code = factory.Sequence(lambda n: f"test-offer-{n}")
    name_ar = factory.Sequence(lambda n: f"عرض تجريبي {n}")
    name_fr = factory.Sequence(lambda n: f"Offre de test {n}")
    state = OfferState.PUBLISHED

    @factory.post_generation
    def domains(self, create, codes, **kwargs):
        if create and codes:
            self.domains.set(ServiceDomain.objects.filter(code__in=codes))

    @factory.post_generation
    def regions(self, create, codes, **kwargs):
        if create and codes:
            self.regions.set(Region.objects.filter(code__in=codes))


class PartnerAgentFactory(factory.django.DjangoModelFactory):
    """An account that acts for a partner."""

    class Meta:
        model = PartnerAgent

    partner = factory.SubFactory(PartnerFactory)
    user = factory.LazyFunction(lambda: UserFactory(roles=[Role.PARTNER_AGENT]))
