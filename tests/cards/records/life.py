"""The cards' further addresses and the records they are opened on: requests, counter, reminders, rules."""

from typing import Any

from django.core.files.base import ContentFile

from cards.enums import CardKind, CardState
from cards.models import HandOver, Proxy, ReminderRun
from tests.address import Address, of
from tests.factories.cards import CardFactory, CardRequestFactory
from tests.factories.registry import RegistrantFactory

ADDRESSES: dict[str, Address] = {
    "cards:replace_card": of("card"),
    "cards:leave_out": of("unprinted"),
    "cards:own_request": Address(),
    "cards:own_withdraw": Address(),
    "cards:requests": Address(),
    "cards:request_new": Address(),
    "cards:requests_approve": Address(),
    "cards:request_for": of("registrant"),
    "cards:request": of("card_request"),
    "cards:request_refuse": of("card_request"),
    "cards:request_withdraw": of("card_request"),
    "cards:renewals": Address(),
    "cards:rules": Address(lambda r: {"region_code": r["region"]}, regional=True),
    "cards:counter": Address(),
    "cards:counter_frame": Address(),
    "cards:counter_card": of("card"),
    "cards:counter_refuse": of("card"),
    "cards:counter_return": of("held_card"),
    "cards:counter_photograph": of("card"),
    "cards:undo_hand_over": of("hand_over"),
    "cards:signature": of("hand_over"),
    "cards:power": of("hand_over"),
    "cards:uncollected": Address(),
    "cards:remind": Address(lambda r: {"region_code": r["region"]}, regional=True),
    "cards:reminder_run": of("reminder_run"),
    "cards:reminder_progress": of("reminder_run"),
    "cards:reminder_cancel": of("reminder_run"),
    "cards:reminder_free": of("reminder_run"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A request, a card in its batch, one given to a proxy who signed, and a run of reminders."""
    commune = records["registrant"].commune

    def person():
        return RegistrantFactory(commune=commune, with_photograph=True)

    held = CardFactory(registrant=person(), state=CardState.HANDED_OVER)
    officer = held.batch.created_by
    proxy = Proxy.objects.create(
        region_id=records["region"],
        name="وكيل",
        national_id="ZT555",
        relation="spouse",
        power=ContentFile(b"x", name="power.jpg"),
        power_type="image/jpeg",
    )
    given = HandOver.objects.create(
        card=held, handed_over_by=officer, proxy=proxy, signature=ContentFile(b"x", name="signature.png")
    )
    unprinted = CardFactory(
        registrant=held.registrant, state=CardState.IN_BATCH, kind=CardKind.RENEWAL, predecessor=held
    )
    return {
        "held_card": held,
        "hand_over": given,
        "unprinted": unprinted,
        "card_request": CardRequestFactory(registrant=person()),
        "reminder_run": ReminderRun.objects.create(region_id=records["region"], total=1, created_by=officer),
    }
