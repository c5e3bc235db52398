"""What `make run` shows the first time: the command that makes the demo, run as it is run there."""

import pytest
from django.core.management import call_command

from cards.actions import approve_request
from cards.models import Card, CardBatch, CardRequest
from chamber_portal.management.commands import load_demo
from core.demo import DEMO_ACCOUNTS, DEMO_HOLDER_NIA
from core.models import User
from events.board import board_of
from events.models import Meeting
from partners.enums import OfferState
from partners.models import Agreement, Offer
from registry.demo.duplicates import PAIRS
from registry.enums import Flag
from registry.models import (
    Application,
    ApplicationDraft,
    ChangeRequest,
    CraftBody,
    DuplicatePair,
    ImportJob,
    Registrant,
    RegistrationTarget,
)

pytestmark = pytest.mark.django_db


def test_the_demo_is_made_once(monkeypatch):
    monkeypatch.setattr(load_demo, "PEOPLE_IN_COUNTRY", 3)
    monkeypatch.setattr(load_demo, "PEOPLE_IN_REGION", 40)
    for name, number in (("CARDS", 25), ("CARDS_TO_PRINT", 3), ("RUNNING_OUT", 2)):
        monkeypatch.setattr(load_demo, name, number)
    for command in ("load_partners", "load_meetings", "load_demo"):
        call_command(command, verbosity=0)
    made = [model.objects.count() for model in (Registrant, Application, CraftBody, CardBatch, User)]
    assert set(User.objects.values_list("username", flat=True)) >= {one.username for one in DEMO_ACCOUNTS}
    assert Application.objects.awaiting_decision().count() == load_demo.WAITING - 1 + PAIRS
    assert DuplicatePair.objects.waiting().count() >= PAIRS
    assert Application.objects.to_correct().count() == Application.objects.overdue().count() == 1
    assert ApplicationDraft.objects.open().count() == 1
    assert set(ChangeRequest.objects.open().values_list("kind", flat=True)) == {"amendment", "transfer"}
    assert ImportJob.objects.get().planned == {"create": 12, "update": 4, "error": 2}
    assert Registrant.objects.filter(flags__contains=[Flag.SUPERVISOR_LOST]).exists()
    assert RegistrationTarget.objects.exists()
    assert Card.objects.due_for_renewal().count() == 2
    held, under_way, coming = Meeting.objects.filter(code=None).order_by("starts_at")
    assert (held.minutes.state, held.press_releases.get().state) == ("approved", "published")
    assert under_way.ceremony.exists()
    board = board_of(under_way)
    assert min(board.present, board.excused, board.handed_over, board.refused) > 0
    assert coming.tasks.filter(due_on__isnull=False).exists()
    holder = Registrant.objects.get(nia=DEMO_HOLDER_NIA)
    assert holder.cards.in_hand().exists() and holder.favourite_offers.exists()
    assert (holder.referrals.open().count(), holder.offer_uses.count()) == (1, 1)
    states = set(Offer.objects.filter(agreement__isnull=False).values_list("state", flat=True))
    assert states == set(OfferState.values)
    assert [queue.count() for queue in (Offer.objects.to_check(), Offer.objects.to_confirm())] == [2, 1]
    assert Offer.objects.hidden().count() == 1
    # Somebody works with it before it is made once more, after an update.
    for asked in CardRequest.objects.awaiting_decision():
        approve_request(request=asked, by=User.objects.get(username="cards"))
    requests = CardRequest.objects.count()
    call_command("load_demo", verbosity=0)
    assert CardRequest.objects.count() == requests
    assert Agreement.objects.get().adhesions.count() == 4
    assert [model.objects.count() for model in (Registrant, Application, CraftBody, CardBatch, User)] == made
