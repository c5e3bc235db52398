"""What waits on the desks of the demo: late files, a draft, requests, proceedings, targets."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.demo import DEMO_ARTISAN_NIA
from core.models import Commune, Province, Region, User
from registry.actions import (
    assign_application,
    decide_proceeding,
    enter_amendment,
    enter_transfer,
    give_notice,
    record_reply,
    return_application,
    save_draft,
)
from registry.actions.data_requests import ask_about_data
from registry.actions.targets import EnteredTarget, set_targets
from registry.enums import PERSON_KINDS, DataRequestKind, GroundProcedure, Kind, ProceedingKind
from registry.models import Application, Ground, Registrant

_TRANSFER_TO = "12.066.03.07"
_LATE_DAYS = 40
_DRAFT = {
    "given_name_ar": "خديجة",
    "family_name_ar": "التجريبية",
    "given_name_latin": "Khadija",
    "family_name_latin": "Tajribia",
}


@dataclass(frozen=True)
class Hands:
    """Who does the demo's work: makers and checkers differ."""

    registrar: User
    director: User
    admin: User


@transaction.atomic
def add_demo_work(*, region: Region, hands: Hands) -> None:
    """One of everything that somebody of a region may find waiting in the morning."""
    _targets(hands.admin)
    _applications(region, hands)
    _requests(region, hands.registrar)
    ask_about_data(
        registrant=_people(region)[0],
        kind=DataRequestKind.RECTIFICATION,
        words="اسم الحي في عنوان الورشة غير صحيح.",
        by=hands.director,
    )
    _proceedings(region, hands)
    save_draft(
        key=uuid.uuid4(),
        values={"fields": _DRAFT, "crafts": [], "qualifications": [], "members": []},
        files={},
        version=None,
        by=hands.registrar,
    )


def _targets(admin: User) -> None:
    """Round numbers near what the demo holds, so that some provinces are ahead and others behind."""
    year = timezone.localdate().year
    for region in Region.objects.all():
        provinces = Province.objects.with_communes().filter(region=region)
        entered = [
            EnteredTarget(province.pk, 5 * (1 + place % 4), "") for place, province in enumerate(provinces)
        ]
        set_targets(region=region, year=year, entered=entered, by=admin)


def _applications(region: Region, hands: Hands) -> None:
    waiting = list(Application.objects.awaiting_decision().filter(registrant__region=region)[:3])
    if len(waiting) < 3:
        return
    late, returned, taken = waiting
    Application.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - timedelta(days=_LATE_DAYS))
    return_application(
        application=returned,
        ground=_ground(GroundProcedure.RETURN),
        reason="صورة الشهادة غير واضحة، المرجو الإدلاء بنسخة مقروءة.",
        by=hands.director,
    )
    assign_application(application=taken, to=hands.director, by=hands.director)


def _requests(region: Region, registrar: User) -> None:
    amended, moving = _people(region)[:2]
    enter_amendment(
        registrant=amended,
        wanted={"phone": "+212661000200", "address": "رقم 12، حي القدس"},
        version=amended.version,
        explanation="انتقلت الورشة إلى حي آخر.",
        by=registrar,
    )
    enter_transfer(
        registrant=moving,
        commune=Commune.objects.select_related("province").get(pk=_TRANSFER_TO),
        address="حي المسيرة",
        explanation="انتقل إلى الداخلة للعمل بها.",
        by=registrar,
    )


def _proceedings(region: Region, hands: Hands) -> None:
    """A notice whose reply is awaited, and a suspension that leaves an enterprise without its supervisor."""
    noticed = _people(region)[2]
    _notice(noticed, hands.director)
    enterprises = Registrant.objects.registered().filter(region=region, kind=Kind.ENTERPRISE, is_demo=True)
    supervised = enterprises.filter(supervisor__region=region).exclude(supervisor__nia=DEMO_ARTISAN_NIA)
    enterprise = supervised.select_related("supervisor").first()
    if enterprise is None:
        return
    proceeding = _notice(enterprise.supervisor, hands.director)
    proceeding = record_reply(
        proceeding=proceeding,
        received_on=timezone.localdate(),
        text="توقفت عن العمل مدة ستة أشهر.",
        documents=[],
        by=hands.registrar,
    )
    decide_proceeding(
        proceeding=proceeding,
        ground=_ground(GroundProcedure.SUSPENSION),
        reason="توقف عن مزاولة الحرفة إلى حين استئنافها.",
        by=hands.admin,
    )


def _notice(person: Registrant, director: User):
    return give_notice(
        registrant=person,
        kind=ProceedingKind.SUSPENSION,
        ground=_ground(GroundProcedure.SUSPENSION),
        reason="لم يعد المحل مفتوحا عند زيارتين متتاليتين.",
        by=director,
    )


def _people(region: Region) -> list[Registrant]:
    """Some who supervise nobody; the demo's own artisan, who is the first, is left alone."""
    people = Registrant.objects.registered().filter(region=region, kind__in=PERSON_KINDS, is_demo=True)
    return list(people.filter(supervised__isnull=True).order_by("-id")[:3])


def _ground(procedure: GroundProcedure) -> Ground:
    return Ground.objects.filter(region=None, procedure=procedure, is_active=True).order_by("pk").first()
