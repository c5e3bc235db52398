"""Partners and offers for tests; none of them exists."""

from datetime import timedelta

import factory
from django.utils import timezone

from core.models import Chamber, Region, ServiceDomain
from core.roles import Role
from partners.enums import AdhesionState, AgreementState, OfferState, UseWay
from partners.models import (
    Adhesion,
    Agreement,
    Branch,
    BranchImport,
    Offer,
    OfferChange,
    OfferUse,
    Partner,
    PartnerAgent,
    Referral,
    Voucher,
)
from partners.voucher_codes import new_code
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory


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
    published_on = factory.LazyFunction(timezone.localdate)
    fresh_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=180))

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


class AgreementFactory(factory.django.DjangoModelFactory):
    """An agreement in force that each chamber joins by a vote."""

    class Meta:
        model = Agreement

    partner = factory.SubFactory(PartnerFactory)
    name_ar = factory.Sequence(lambda n: f"اتفاقية تجريبية {n}")
    name_fr = factory.Sequence(lambda n: f"Convention de test {n}")
    state = AgreementState.SIGNED
    signed_on = factory.LazyFunction(timezone.localdate)


class AdhesionFactory(factory.django.DjangoModelFactory):
    """A vote of the chamber of `region`, in force."""

    class Meta:
        model = Adhesion

    class Params:
        region = "11"

    agreement = factory.SubFactory(AgreementFactory)
    chamber = factory.LazyAttribute(lambda made: Chamber.objects.get(region_id=made.region))
    state = AdhesionState.VOTED
    voted_on = factory.LazyFunction(timezone.localdate)


class BranchFactory(factory.django.DjangoModelFactory):
    """A place in Laâyoune."""

    class Meta:
        model = Branch

    partner = factory.SubFactory(PartnerFactory)
    code = factory.Sequence(lambda n: f"B{n}")
    name_ar = factory.Sequence(lambda n: f"وكالة تجريبية {n}")
    name_fr = factory.Sequence(lambda n: f"Agence de test {n}")
    commune_id = "11.321.01.03"


class BranchImportFactory(factory.django.DjangoModelFactory):
    """A file with one new branch and one line that cannot be taken."""

    class Meta:
        model = BranchImport

    partner = factory.SubFactory(PartnerFactory)
    file_name = "branches.csv"
    header = factory.LazyFunction(lambda: ["code", "name_ar", "name_fr", "commune"])
    rows = factory.LazyFunction(
        lambda: [[2, ["N1", "وكالة", "Agence", "11.321.01.03"]], [3, ["N2", "وكالة", "Agence", "nulle part"]]]
    )
    sent_by = factory.SubFactory(UserFactory)


class OfferChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferChange

    offer = factory.SubFactory(OfferFactory)
    values = factory.LazyFunction(lambda: {"terms_ar": "شروط جديدة", "terms_fr": "Nouvelles conditions"})
    on_version = 1
    proposed_by = factory.SubFactory(UserFactory)


class VoucherFactory(factory.django.DjangoModelFactory):
    """A code good for a quarter of an hour."""

    class Meta:
        model = Voucher

    offer = factory.SubFactory(OfferFactory, ways=[UseWay.VOUCHER])
    registrant = factory.SubFactory(RegistrantFactory)
    code = factory.LazyFunction(new_code)
    issued_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda made: made.issued_at + timedelta(minutes=15))


class ReferralFactory(factory.django.DjangoModelFactory):
    """A request just sent."""

    class Meta:
        model = Referral

    number = factory.Sequence(lambda n: f"TEST-{n:06d}")
    offer = factory.SubFactory(OfferFactory, ways=[UseWay.REFERRAL])
    registrant = factory.SubFactory(RegistrantFactory)
    region_id = factory.LazyAttribute(lambda made: made.registrant.region_id)
    sent_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=15))


class UseFactory(factory.django.DjangoModelFactory):
    """A use just recorded by showing the card."""

    class Meta:
        model = OfferUse

    offer = factory.SubFactory(OfferFactory)
    registrant = factory.SubFactory(RegistrantFactory)
    region_id = factory.LazyAttribute(lambda made: made.registrant.region_id)
    way = UseWay.CARD
    number = 1
    used_at = factory.LazyFunction(timezone.now)
    recorded_by = factory.LazyFunction(lambda: UserFactory(roles=[Role.PARTNER_AGENT]))
