"""Pages of requests and renewals, for staff and for artisans; the chamber's rules; a card's whole history."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cards.actions import hand_over, replace_card
from cards.enums import CardState, RequestState
from cards.models import CardRequest, CardRules
from core.models import AuditEvent
from core.roles import Role
from tests.factories.cards import CardFactory, CardRequestFactory, card_ground, new_batch
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


def page(response) -> str:
    return response.content.decode()


def near_its_end(**fields):
    until = timezone.localdate() + timedelta(days=20)
    return CardFactory(
        state=CardState.HANDED_OVER, issued_on=until - timedelta(days=500), valid_until=until, **fields
    )


@pytest.fixture
def officer(sign_in_english):
    return sign_in_english(Role.CARD_OFFICER)


class TestQueue:
    def test_those_to_decide_on_and_no_other_regions(self, officer):
        asked = CardRequestFactory()
        elsewhere = CardRequestFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
        shown = page(officer.get(reverse("cards:requests")))
        assert reverse("cards:request", args=[asked.pk]) in shown
        assert reverse("cards:request", args=[elsewhere.pk]) not in shown

    def test_several_are_approved_and_one_refused_stops_no_other(self, sign_in_english):
        client = sign_in_english(Role.REGIONAL_DIRECTOR)
        good, other = CardRequestFactory(), CardRequestFactory(registrant__state="suspended")
        sent = {"request": [good.pk, other.pk, "x"]}
        response = client.post(reverse("cards:requests_approve"), sent, follow=True)
        assert "1 card is approved." in page(response)
        assert "may not be given a card" in page(response)
        states = dict(CardRequest.objects.values_list("pk", "state"))
        assert states == {good.pk: RequestState.APPROVED, other.pk: RequestState.REQUESTED}

    def test_refused_with_ground_and_reason(self, sign_in_english):
        client, asked = sign_in_english(Role.REGIONAL_DIRECTOR), CardRequestFactory()
        url = reverse("cards:request_refuse", args=[asked.pk])
        ground = card_ground("no-photograph", "card_refusal").pk
        assert client.post(url, {"ground": ground, "reason": ""}).status_code == 422
        client.post(url, {"ground": ground, "reason": "No picture"})
        asked.refresh_from_db()
        assert (asked.state, asked.reason) == (RequestState.REFUSED, "No picture")

    def test_as_many_queries_for_three_as_for_one(self, officer, django_assert_max_num_queries):
        for _ in range(3):
            CardRequestFactory()
        with django_assert_max_num_queries(12):
            officer.get(reverse("cards:requests"))


class TestAsking:
    def test_for_all_found_or_for_those_ticked(self, officer):
        people = [RegistrantFactory(with_photograph=True) for _ in range(3)]
        CardFactory()
        url = reverse("cards:request_new")
        shown = page(officer.get(url))
        assert [f'value="{person.pk}"' in shown for person in people] == [True] * 3
        response = officer.post(url, {"person": [people[0].pk]}, follow=True)
        assert "1 card is asked for." in page(response)
        officer.post(url, {"who": "all"})
        assert set(CardRequest.objects.values_list("registrant", "source", "state")) == {
            (person.pk, "list", "approved") for person in people
        }

    def test_from_a_persons_file(self, officer):
        person = RegistrantFactory(with_photograph=True)
        url = reverse("cards:request_for", args=[person.pk])
        assert url in page(officer.get(reverse("registry:detail", args=[person.pk])))
        officer.post(url)
        assert "asked for already" in page(officer.post(url, follow=True))
        assert CardRequest.objects.count() == 1
        assert url not in page(officer.get(reverse("registry:detail", args=[person.pk])))


class TestOwnSpace:
    def test_the_artisan_asks_and_takes_it_back(self, sign_in_english):
        client = sign_in_english(Role.ARTISAN)
        person = RegistrantFactory(with_photograph=True, user=client.user)
        own = reverse("registry:own_space")
        assert "Ask for my card" in page(client.get(own))
        client.post(reverse("cards:own_request"))
        assert CardRequest.objects.get(registrant=person).state == RequestState.REQUESTED
        assert "is with the chamber" in page(client.get(own))
        client.post(reverse("cards:own_withdraw"))
        assert CardRequest.objects.get().state == RequestState.WITHDRAWN

    def test_a_card_far_from_its_end_is_not_asked_for_again(self, sign_in_english):
        client = sign_in_english(Role.ARTISAN)
        CardFactory(state=CardState.HANDED_OVER, registrant__user=client.user)
        assert reverse("cards:own_request") not in page(client.get(reverse("registry:own_space")))
        client.post(reverse("cards:own_request"))
        assert not CardRequest.objects.exists()


class TestRenewals:
    url = "/cards/renewals/"

    def test_the_nearest_end_first_and_only_those_in_time(self, officer):
        due = near_its_end()
        CardFactory(state=CardState.HANDED_OVER)
        assert due.serial in page(officer.get(self.url))
        officer.post(self.url, {"card": [due.pk]})
        asked = CardRequest.objects.get()
        assert (asked.kind, asked.predecessor, asked.state) == ("renewal", due, "approved")
        assert due.serial not in page(officer.get(self.url))

    def test_the_notice_is_the_chambers(self, officer):
        due = near_its_end()
        CardRules.objects.create(region_id="11", renewal_notice_days=5)
        assert due.serial not in page(officer.get(self.url))

    def test_the_list_and_its_panel_cost_the_same_for_one_and_for_three(self, officer):
        counts = []
        for more in (1, 2):
            for _ in range(more):
                near_its_end()
            for address in (self.url, "/"):
                with CaptureQueriesContext(connection) as queries:
                    assert officer.get(address).status_code == 200
                counts.append(len(queries))
        assert counts[:2] == counts[2:]

    def test_who_may_only_look_asks_for_nothing(self, sign_in_english):
        client, due = sign_in_english(Role.AUDITOR), near_its_end()
        client.post(self.url, {"card": [due.pk]})
        assert not CardRequest.objects.exists()


class TestRules:
    def test_saved_and_written_down(self, sign_in_english):
        client = sign_in_english(Role.REGIONAL_DIRECTOR)
        url = reverse("cards:rules", args=["11"])
        sent = {
            "approval_needed": "on",
            "renewal_notice_days": "60",
            "cards_per_proxy": "3",
            "days_between_reminders": "20",
            "reminders_most": "2",
            "checks_a_day": "30",
            "far_checks_minutes": "120",
            "version": "0",
        }
        client.post(url, sent)
        rules = CardRules.objects.of("11")
        assert (rules.approval_needed, rules.cards_per_proxy, rules.proxy_allowed) == (True, 3, False)
        assert (rules.checks_a_day, rules.far_checks_minutes) == (30, 120)
        assert AuditEvent.objects.about(rules).get().after["renewal_notice_days"] == 60
        assert "Somebody else changed" in page(client.post(url, sent | {"reminders_most": "9"}))
        assert client.post(url, sent | {"renewal_notice_days": "0", "version": "1"}).status_code == 200
        assert CardRules.objects.of("11").renewal_notice_days == 60

    @pytest.mark.parametrize(
        ("field", "value", "name"),
        [
            ("renewal_notice_days", 0, "card_rules_notice_sane"),
            ("checks_a_day", 1, "card_rules_unusual_sane"),
            ("far_checks_minutes", 0, "card_rules_unusual_sane"),
        ],
    )
    def test_the_database_holds_to_the_bounds(self, field, value, name):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            CardRules.objects.create(region_id="11", **{field: value})


class TestCardPage:
    def test_its_whole_history_and_what_comes_before_and_after(self, officer):
        by = UserFactory(roles=(Role.CARD_OFFICER,))
        card = new_batch(1, by=by).cards.get()
        for state in ("printed", "checked", "in_box"):
            type(card).objects.filter(pk=card.pk).update(state=state)
        hand_over(card=card, place="Laâyoune", by=by)
        asked = replace_card(card=card, ground=card_ground("lost"), reason="At the market", by=by)
        shown = page(officer.get(reverse("cards:card", args=[card.pk])))
        for words in ("Card batch composed", "Card handed over", "Card stopped", "At the market", "Perte"):
            assert words in shown, words
        assert reverse("cards:request", args=[card.request.pk]) in shown
        assert reverse("cards:request", args=[asked.pk]) in shown
        assert "Message to the holder" in shown

    def test_replaced_in_one_click(self, officer):
        card = CardFactory(state=CardState.HANDED_OVER)
        url = reverse("cards:replace_card", args=[card.pk])
        sent = {"ground": card_ground("stolen").pk}
        first = officer.post(url, sent)
        assert officer.post(url, sent)["Location"] == first["Location"]
        card.refresh_from_db()
        assert (card.state, CardRequest.objects.count()) == (CardState.STOLEN, 1)

    def test_left_out_of_its_batch(self, officer):
        card = CardFactory(state=CardState.IN_BATCH)
        officer.post(reverse("cards:leave_out", args=[card.pk]), {"reason": "Bad picture"})
        card.refresh_from_db()
        assert card.state == CardState.CANCELLED
