"""Caravans and meetings for tests; none of them takes place."""

from datetime import timedelta

import factory
from django.utils import timezone

from core.models import Commune
from core.roles import Role
from events.enums import UNSETTLED_STATES, AgendaKind, ListKind, MeetingGround, ScanMethod
from events.models import (
    AgendaItem,
    Caravan,
    CheckIn,
    CheckInList,
    Duty,
    Guest,
    Institution,
    Invitation,
    Meeting,
    Programme,
)
from tests.factories.core import UserFactory
from tests.factories.registry import LAAYOUNE_COMMUNE, RegistrantFactory


def _commune(code: str) -> Commune:
    return Commune.objects.select_related("province__region").get(code=code)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "test-programme"
    name_ar = "برنامج تجريبي"
    name_fr = "Programme de test"


class CaravanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Caravan

    code = factory.Sequence(lambda n: f"test-caravan-{n}")
    name_ar = factory.Sequence(lambda n: f"قافلة تجريبية {n}")
    name_fr = factory.Sequence(lambda n: f"Caravane de test {n}")
    programme = factory.SubFactory(ProgrammeFactory)
    region_id = "11"


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting tomorrow in Laâyoune; another `commune` (a code) puts it in that commune's region."""

    class Meta:
        model = Meeting

    commune = factory.LazyFunction(lambda: _commune(LAAYOUNE_COMMUNE))
    region = factory.LazyAttribute(lambda self: self.commune.province.region)
    caravan = factory.SubFactory(CaravanFactory, region_id=factory.SelfAttribute("..region.code"))
    title_ar = factory.Sequence(lambda n: f"لقاء تجريبي {n}")
    title_fr = factory.Sequence(lambda n: f"Rencontre de test {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    venue_ar = "دار تجريبية"
    venue_fr = "Maison de test"
    ground = factory.LazyAttribute(
        lambda self: MeetingGround.WEATHER if getattr(self, "state", "") in UNSETTLED_STATES else ""
    )
    ground_note = factory.LazyAttribute(lambda self: "طرق مقطوعة" if self.ground else "")

    @classmethod
    def _generate(cls, strategy, params):
        if isinstance(params.get("commune"), str):
            params["commune"] = _commune(params["commune"])
        return super()._generate(strategy, params)


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    name_ar = factory.Sequence(lambda n: f"مؤسسة تجريبية {n}")
    name_fr = factory.Sequence(lambda n: f"Institution de test {n}")


class GuestFactory(factory.django.DjangoModelFactory):
    """A function of the directory in Laâyoune's region, whose holder is not named."""

    class Meta:
        model = Guest

    title_ar = "مدير تجريبي"
    title_fr = "Directeur de test"
    institution = factory.SubFactory(InstitutionFactory)
    region_id = "11"


class InvitationFactory(factory.django.DjangoModelFactory):
    """A guest invited; `registrant=...` with `guest=None` invites somebody of the register."""

    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    guest = factory.SubFactory(GuestFactory, region_id=factory.SelfAttribute("..meeting.region_id"))
    institution = factory.LazyAttribute(lambda self: self.guest and self.guest.institution)
    name_ar = factory.LazyAttribute(lambda self: self.guest.name_ar if self.guest else "")
    name_fr = factory.LazyAttribute(lambda self: self.guest.name_fr if self.guest else "")
    title_ar = factory.LazyAttribute(lambda self: self.guest.title_ar if self.guest else "")
    title_fr = factory.LazyAttribute(lambda self: self.guest.title_fr if self.guest else "")


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Duty

    meeting = factory.SubFactory(MeetingFactory)
    user = factory.LazyAttribute(
        lambda self: UserFactory(roles=(Role.REGISTRAR,), region=self.meeting.region_id)
    )
    given_by = factory.LazyAttribute(
        lambda self: UserFactory(roles=(Role.REGIONAL_DIRECTOR,), region=self.meeting.region_id)
    )


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = AgendaKind.PRESENTATION
    title_ar = "عرض تجريبي"
    title_fr = "Présentation de test"
    themes_ar = ("موضوع",)
    themes_fr = ("Thème",)


class CheckInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CheckIn

    meeting = factory.SubFactory(MeetingFactory)
    list = factory.LazyAttribute(lambda self: self.meeting.lists.get(kind=ListKind.DOOR))
    registrant = factory.SubFactory(RegistrantFactory)
    method = ScanMethod.SCANNER
    checked_in_by = factory.LazyAttribute(
        lambda self: UserFactory(roles=(Role.DESK_AGENT,), region=self.meeting.region_id)
    )


def door_of(meeting: Meeting, **rules) -> CheckInList:
    """The meeting's door, with other rules on demand."""
    meeting.lists.filter(kind=ListKind.DOOR).update(**rules or {"is_open": True})
    return meeting.lists.select_related("meeting").get(kind=ListKind.DOOR)


def card_desk_of(meeting: Meeting, **rules) -> CheckInList:
    meeting.lists.filter(kind=ListKind.CARDS).update(**rules or {"is_open": True})
    return meeting.lists.select_related("meeting").get(kind=ListKind.CARDS)
