"""Proceedings for tests, at any stage; their dates lie where that stage may be."""

from datetime import timedelta

import factory
from django.utils import timezone

from core.roles import Role
from registry.enums import AFTER_DECISION, ProceedingKind, ProceedingStage, RegistrantState
from registry.models import Proceeding
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory, ground_for

S = ProceedingStage
_APPEALED = {S.APPEALED, S.CONFIRMED, S.OVERTURNED}
_TAKEN_OFF = {S.DECIDED, S.APPEALED, S.CONFIRMED}
_AFTER = {ProceedingKind.SUSPENSION: RegistrantState.SUSPENDED}


def _when(stages, value):
    return factory.LazyAttribute(lambda self: value(self) if self.stage in stages else None)


class ProceedingFactory(factory.django.DjangoModelFactory):
    """A notice of suspension given today. `age` moves its beginning back by as many days."""

    class Meta:
        model = Proceeding

    class Params:
        age = 0

    kind = ProceedingKind.SUSPENSION
    stage = S.NOTIFIED
    registrant = factory.LazyAttribute(
        lambda self: RegistrantFactory(
            state=_AFTER.get(self.kind, RegistrantState.STRUCK_OFF)
            if self.stage in _TAKEN_OFF
            else RegistrantState.REGISTERED
        )
    )
    notice_on = factory.LazyAttribute(lambda self: timezone.localdate() - timedelta(days=self.age))
    notice_by = factory.LazyAttribute(lambda self: director(self.registrant.region_id))
    notice_ground = factory.LazyAttribute(lambda self: ground_for(self.kind))
    notice_reason = "وثيقة غير مطابقة"
    reply_until = factory.LazyAttribute(lambda self: self.notice_on + timedelta(days=15))
    replied_on = _when({S.REPLIED, *AFTER_DECISION}, lambda self: self.notice_on)
    reply_text = factory.LazyAttribute(lambda self: "هذا جوابي" if self.replied_on else "")
    decided_on = _when(AFTER_DECISION, lambda self: self.notice_on)
    decided_by = _when(AFTER_DECISION, lambda self: director(self.registrant.region_id))
    ground = _when(AFTER_DECISION, lambda self: ground_for(self.kind))
    decision_reason = factory.LazyAttribute(
        lambda self: "" if self.stage in {S.NOTIFIED, S.REPLIED} else "سبب"
    )
    appeal_until = _when(AFTER_DECISION, lambda self: self.decided_on + timedelta(days=30))
    appealed_on = _when(_APPEALED, lambda self: self.decided_on)
    appeal_decided_on = _when({S.CONFIRMED, S.OVERTURNED}, lambda self: self.decided_on)
    appeal_decided_by = _when({S.CONFIRMED, S.OVERTURNED}, lambda self: director(self.registrant.region_id))
    appeal_ground = _when({S.CONFIRMED, S.OVERTURNED}, lambda self: ground_for("appeal"))
    appeal_reason = factory.LazyAttribute(lambda self: "سبب" if self.appeal_decided_on else "")


def director(region: str = "11"):
    return UserFactory(roles=[Role.REGIONAL_DIRECTOR], region=region)
