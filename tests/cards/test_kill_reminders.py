"""Reminders under workers that are killed: nobody is written to twice, and nobody is forgotten."""

import pytest

from cards.actions import start_reminders
from cards.enums import NoticeState, RunState
from cards.models import ReminderRun
from core.models import Region
from core.roles import Role
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.workers import kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

HOLDERS = 12


def test_a_worker_is_killed_half_way_and_another_goes_on(start_worker, tmp_path):
    file = tmp_path / "sent"
    file.touch()
    gateway = {"SMS_BACKEND": "tests.gateway.FileSms", "SMS_FILE": str(file)}
    cards = CardFactory.create_batch(HOLDERS)
    everybody = sorted(card.registrant.phone for card in cards)
    assert len(set(everybody)) == HOLDERS

    def sent() -> list[str]:
        return sorted(file.read_text().split())

    victim = start_worker(**gateway)
    officer = UserFactory(roles=(Role.CARD_OFFICER,))
    run = start_reminders(region=Region.objects.get(pk="11"), communes=None, by=officer)
    wait_until(lambda: len(sent()) >= 3)
    kill(victim)
    assert len(sent()) < HOLDERS
    start_worker(**gateway)
    wait_until(lambda: ReminderRun.objects.filter(pk=run.pk, state=RunState.DONE).exists())

    unknown = run.notices.filter(state=NoticeState.UNKNOWN).values_list("card__registrant__phone", flat=True)
    # The one that the killed worker had in its hands: it is told of, and not sent again by itself.
    assert len(unknown) <= 1
    assert len(sent()) == len(set(sent()))
    assert sorted(set(sent()) | set(unknown)) == everybody
    known = run.notices.filter(state=NoticeState.SENT).count()
    assert known + len(unknown) == HOLDERS
