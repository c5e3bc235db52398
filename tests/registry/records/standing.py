"""Suspension, striking off, appeal, reinstatement, and the chamber's rules."""

from typing import Any

from django.db import transaction

from registry.actions.letters import write_letter
from registry.models import Ground
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import RegistrantFactory

ADDRESSES: dict[str, Address] = {
    "registry:proceedings": Address(),
    "registry:proceeding": of("appealed"),
    "registry:proceeding_reply": of("notified"),
    "registry:proceeding_decision": of("replied"),
    "registry:proceeding_appeal": of("decided_proceeding"),
    "registry:appeal_decision": of("appealed"),
    "registry:notice": of("registrant", kind="striking_off"),
    "registry:reinstatement": of("suspended"),
    "registry:letter": of("letter", language="ar"),
    "registry:own_letter": Address(lambda r: {"pk": r["letter"].pk, "language": "ar"}),
    "registry:rules": Address(lambda r: {"region_code": r["region"]}, regional=True),
    "registry:grounds": Address(lambda r: {"region_code": r["region"]}, regional=True),
    "registry:ground_use": Address(
        lambda r: {"region_code": r["region"], "pk": r["ground"].pk}, regional=True
    ),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A proceeding at each stage that has a page, a letter to the registrant, a ground of the chamber."""
    region, commune = records["region"], records["registrant"].commune

    def proceeding(stage: str, state: str = "registered", **changes):
        registrant = RegistrantFactory(commune=commune, state=state)
        return ProceedingFactory(registrant=registrant, stage=stage, **changes)

    notified = proceeding("notified", age=20)
    with transaction.atomic():
        letter = write_letter(
            kind="notice",
            registrant=records["registrant"],
            by=UserFactory(region=region),
            proceeding=notified,
            ground=notified.notice_ground,
            reason=notified.notice_reason,
            dates={"notice_on": notified.notice_on, "reply_until": notified.reply_until},
            sanction="suspension",
        )
    return {
        "notified": notified,
        "replied": proceeding("replied"),
        "decided_proceeding": proceeding("decided", "suspended"),
        "appealed": proceeding("appealed", "struck_off", kind="striking_off"),
        "suspended": RegistrantFactory(commune=commune, state="suspended"),
        "letter": letter,
        "ground": Ground.objects.create(
            region_id=region,
            procedure="suspension",
            code="own",
            name_ar="سبب خاص بالغرفة",
            name_fr="Motif propre",
        ),
    }
