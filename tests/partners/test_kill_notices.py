"""A mailing to artisans whose worker is killed: nobody is written to twice, and nobody is forgotten."""

from datetime import timedelta

import django_rq
import pytest
from django.utils import timezone

from partners.models import Favourite
from partners.notices import tell_of_endings
from registry.enums import MessageState
from registry.models import Notification
from tests.factories.partners import OfferFactory
from tests.factories.registry import RegistrantFactory
from tests.workers import kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

HOLDERS = 12


@pytest.mark.parametrize("queue_is_lost", [False, True])
def test_a_worker_is_killed_half_way_and_another_goes_on(start_worker, tmp_path, queue_is_lost):
    file = tmp_path / "sent"
    file.touch()
    gateway = {"SMS_BACKEND": "tests.gateway.FileSms", "SMS_FILE": str(file)}
    ending = OfferFactory(ends_on=timezone.localdate() + timedelta(days=5))
    holders = RegistrantFactory.create_batch(HOLDERS)
    for holder in holders:
        Favourite.objects.create(registrant=holder, offer=ending)
    everybody = sorted(holder.phone for holder in holders)
    assert len(set(everybody)) == HOLDERS

    def sent() -> list[str]:
        return sorted(file.read_text().split())

    victim = start_worker(**gateway)
    tell_of_endings()
    wait_until(lambda: len(sent()) >= 3)
    kill(victim)
    assert 3 <= len(sent()) < HOLDERS
    if queue_is_lost:
        django_rq.get_queue("default").connection.flushdb()
    # The daily command once more meanwhile: nobody is told of the same again.
    tell_of_endings()
    assert Notification.objects.count() == HOLDERS
    start_worker(**gateway)
    wait_until(lambda: not Notification.objects.filter(state=MessageState.QUEUED).exists())
    in_hands = Notification.objects.filter(state=MessageState.SENDING)
    wait_until(lambda: in_hands.count() <= 1)

    # The one that the killed worker was handing over may have gone out: it is not sent again, and stands in
    # the holder's own space in any case.
    unknown = list(in_hands.values_list("registrant__phone", flat=True))
    assert len(sent()) == len(set(sent()))
    assert sorted(set(sent()) | set(unknown)) == everybody
    assert Notification.objects.filter(state=MessageState.SENT).count() + len(unknown) == HOLDERS
