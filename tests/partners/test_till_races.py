"""Two requests of one till at once, on real transactions."""

import json
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cards.enums import CardState
from core.roles import Role
from partners.actions import make_key
from partners.enums import ApiScope
from partners.models import ApiAnswer, OfferUse
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory


@pytest.mark.django_db(transaction=True)
def test_the_same_request_eight_times_at_once_records_one_use_and_is_answered_alike():
    offer, card = OfferFactory(), CardFactory(state=CardState.HANDED_OVER)
    admin = UserFactory(roles=[Role.PARTNER_ADMIN])
    _key, secret = make_key(partner=offer.partner, name="Caisse", scopes=[ApiScope.RECORD], days=1, by=admin)
    ready, answers = Barrier(8), []

    def send():
        ready.wait()
        response = Client().post(
            reverse("tills:use"),
            json.dumps({"card": card.serial, "offer": offer.code}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "one"},
        )
        answers.append((response.status_code, response.json()))
        connection.close()

    threads = [Thread(target=send) for _till in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 8
    assert answers[0][0] == 201
    assert (OfferUse.objects.count(), ApiAnswer.objects.count()) == (1, 1)
