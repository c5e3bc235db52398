"""Registrants for tests; their people are invented. Territory and crafts are the real reference data."""

from datetime import date
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from core.models import Commune
from registry.demo.portraits import draw_portrait
from registry.enums import ApplicationState, Kind, RegistrantState
from registry.models import (
    Application,
    ApplicationDraft,
    Craft,
    Ground,
    Member,
    Qualification,
    Registrant,
    RegistrantCraft,
)
from tests.factories.core import UserFactory

LAAYOUNE_COMMUNE = "11.321.01.03"
DAKHLA_COMMUNE = "12.066.03.07"


def portrait_bytes(size: tuple[int, int] = (300, 400)) -> bytes:
    """A plain grey portrait-shaped JPEG."""
    out = BytesIO()
    Image.new("RGB", size, (200, 190, 180)).save(out, "JPEG")
    return out.getvalue()


class RegistrantFactory(factory.django.DjangoModelFactory):
    """A registered artisan of Laâyoune. `commune` may be a code; `with_photograph=True` adds a picture."""

    class Meta:
        model = Registrant
        skip_postgeneration_save = True

    class Params:
        candidate = factory.Trait(state=RegistrantState.CANDIDATE, nia=None, registered_on=None)

    kind = Kind.ARTISAN
    state = RegistrantState.REGISTERED
    nia = factory.LazyAttributeSequence(lambda self, n: f"{self.region.code}-{n + 900000:06d}-0")
    registered_on = date(2026, 1, 5)
    commune = factory.LazyFunction(lambda: Commune.objects.get(code=LAAYOUNE_COMMUNE))
    region = factory.LazyAttribute(lambda self: self.commune.province.region)
    given_name_ar = "محمد"
    family_name_ar = factory.Sequence(lambda n: f"التجريبي {n}")
    given_name_latin = "Mohamed"
    family_name_latin = factory.Sequence(lambda n: f"Tajribi {n}")
    gender = "male"
    birth_date = date(1980, 5, 17)
    national_id = factory.Sequence(lambda n: f"ZT{n + 100000}")
    phone = factory.Sequence(lambda n: f"+2126{n + 10000000:08d}")

    @classmethod
    def _generate(cls, strategy, params):
        if isinstance(params.get("commune"), str):
            params["commune"] = Commune.objects.select_related("province__region").get(code=params["commune"])
        return super()._generate(strategy, params)

    @factory.post_generation
    def with_photograph(self, create, wanted, **kwargs):
        if create and wanted:
            self.photograph.save("portrait.jpg", ContentFile(portrait_bytes()), save=True)

    @factory.post_generation
    def craft(self, create, wanted, **kwargs):
        if create:
            craft = wanted or Craft.objects.current().first()
            RegistrantCraft.objects.create(registrant=self, craft=craft, is_principal=True)
            Qualification.objects.create(
                registrant=self, kind="attestation", title="جمعية", years_of_exercise=12
            )
            if self.kind == Kind.COOPERATIVE:
                Member.objects.create(
                    cooperative=self, name_ar="عضو تجريبي", name_latin="Membre", national_id="ZM1000"
                )


def drawn_portrait(seed: int = 1) -> bytes:
    """The portrait of a person who does not exist, in which the check finds one face."""
    return draw_portrait(seed, "female", age=30)


def ground_for(procedure: str) -> Ground:
    """The first ground of the working list for this procedure."""
    return Ground.objects.filter(region=None, procedure=procedure, is_active=True).first()


REFUSALS = {ApplicationState.TO_CORRECT: "return", ApplicationState.REJECTED: "rejection"}


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A submitted application of a candidate, entered by a registrar of the same region."""

    class Meta:
        model = Application

    registrant = factory.SubFactory(RegistrantFactory, candidate=True)
    state = ApplicationState.SUBMITTED
    tracking_number = factory.Sequence(lambda n: f"TEST-{n // 100:04d}-{n % 100:02d}")
    entered_by = factory.LazyAttribute(lambda self: UserFactory(region=self.registrant.region_id))
    submitted_at = factory.LazyFunction(timezone.now)
    consent_at = factory.SelfAttribute("submitted_at")
    ground = factory.LazyAttribute(
        lambda self: ground_for(REFUSALS[self.state]) if self.state in REFUSALS else None
    )
    decision_reason = factory.LazyAttribute(lambda self: "سبب تجريبي" if self.state in REFUSALS else "")


class DraftFactory(factory.django.DjangoModelFactory):
    """Something begun at the counter: an identity number and nothing more."""

    class Meta:
        model = ApplicationDraft

    region = factory.LazyAttribute(lambda self: self.entered_by.region)
    entered_by = factory.SubFactory(UserFactory)
    saved_by = factory.SelfAttribute("entered_by")
    values = factory.LazyFunction(lambda: {"fields": {"national_id": "ZT987"}})
    version = 1
