"""Cards that nobody fetches: counted by commune and age, and their holders reminded, each once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cards import reminders, waiting
from cards.actions import cancel_reminders, count_as_not_sent, start_reminders, stop_card
from cards.enums import CardState, NoticeState, RunState
from cards.models import Card, CardNotice, CardRules, ReminderRun
from core.exceptions import ActionRefused
from core.models import Region
from core.roles import Role
from core.sms import MemorySms, SmsNotSent
from registry.enums import CardStanding, RegistrantState
from registry.models import Registrant
from tests.factories.cards import CardFactory, card_ground
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, LAAYOUNE_COMMUNE, RegistrantFactory

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]
BOUJDOUR = "11.121.01.01"


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture(autouse=True)
def _no_messages():
    MemorySms.outbox.clear()


def card_waiting(days: int | None = 1, commune: str = LAAYOUNE_COMMUNE, **fields) -> Card:
    since = None if days is None else timezone.localdate() - timedelta(days=days)
    holder = RegistrantFactory(commune=commune, with_photograph=True)
    Registrant.objects.filter(pk=holder.pk).update(card_standing=CardStanding.MADE, card_standing_since=since)
    return CardFactory(registrant=holder, **fields)


def remind(officer) -> ReminderRun:
    return start_reminders(region=Region.objects.get(pk="11"), communes=None, by=officer)


def refuse(self, phone, text):
    raise SmsNotSent("busy")


def remind_with_one_left_behind(officer) -> tuple[ReminderRun, Card]:
    card = card_waiting()
    run = remind(officer)
    run.notices.update(state=NoticeState.SENDING)
    return run, card


class TestAges:
    def test_each_card_is_in_one_age_and_its_commune(self):
        for days in (0, 30, 31, 90, 91, 180, 181, None):
            card_waiting(days)
        card_waiting(5, commune=BOUJDOUR)
        CardFactory(state=CardState.HANDED_OVER)
        first, second = waiting.by_commune(Card.objects.all())
        assert (first.code, first.total) == (LAAYOUNE_COMMUNE, 8)
        assert first.ages == {"30": 2, "90": 2, "180": 2, "more": 2}
        assert (second.code, second.ages["30"]) == (BOUJDOUR, 1)
        assert list(waiting.by_province([first, second]).values()) == [8, 1]

    def test_the_page_links_to_the_cards_behind_each_number(self, sign_in_english):
        client = sign_in_english(Role.CARD_OFFICER)
        old, _new, elsewhere = card_waiting(200), card_waiting(1), card_waiting(200, commune=DAKHLA_COMMUNE)
        shown = client.get(reverse("cards:uncollected")).content.decode()
        link = f"/cards/?region=11&amp;commune={LAAYOUNE_COMMUNE}&amp;waiting=more"
        assert link in shown
        listed = client.get(link.replace("&amp;", "&")).content.decode()
        assert old.serial in listed
        assert _new.serial not in listed
        assert elsewhere.registrant.commune_id not in shown

    def test_a_director_schedules_a_meeting_from_it(self, sign_in_english):
        card_waiting()
        shown = sign_in_english(Role.REGIONAL_DIRECTOR).get(reverse("cards:uncollected")).content.decode()
        assert f"{reverse('events:meeting_new')}?commune={LAAYOUNE_COMMUNE}" in shown
        shown = sign_in_english(Role.CARD_OFFICER).get(reverse("cards:uncollected")).content.decode()
        assert reverse("events:meeting_new") not in shown

    def test_as_many_queries_for_three_as_for_one(self, sign_in_english, django_assert_max_num_queries):
        client = sign_in_english(Role.CARD_OFFICER)
        for commune in (LAAYOUNE_COMMUNE, BOUJDOUR, "11.321.01.01"):
            card_waiting(commune=commune)
        with django_assert_max_num_queries(12):
            client.get(reverse("cards:uncollected"))


class TestReminders:
    def test_nobody_is_called_for_a_card_that_does_not_wait_any_more(self, officer):
        handed, stopped, struck_off, waits = (card_waiting() for _card in range(4))
        run = remind(officer)
        Card.objects.filter(pk=handed.pk).update(state=CardState.HANDED_OVER)
        stop_card(card=stopped, ground=card_ground("lost"), by=officer)
        Registrant.objects.filter(pk=struck_off.registrant_id).update(state=RegistrantState.STRUCK_OFF)
        reminders.send_all(run.pk)
        told = dict(run.notices.values_list("card", "state"))
        assert told == {
            waits.pk: NoticeState.SENT,
            **{card.pk: NoticeState.CANCELLED for card in (handed, stopped, struck_off)},
        }
        assert [message.phone for message in MemorySms.outbox] == [waits.registrant.phone]
        run.refresh_from_db()
        assert run.state == RunState.DONE

    def test_everybody_whose_card_waits_gets_one_message(self, officer):
        cards = [card_waiting(), card_waiting(40)]
        card_waiting(commune=DAKHLA_COMMUNE)
        CardFactory(state=CardState.HANDED_OVER)
        run = remind(officer)
        reminders.send_all(run.pk)
        reminders.send_all(run.pk)
        phones = {card.registrant.phone for card in cards}
        assert sorted(message.phone for message in MemorySms.outbox) == sorted(phones)
        run.refresh_from_db()
        assert (run.state, run.total) == (RunState.DONE, 2)

    def test_nobody_is_written_to_twice_within_the_chambers_days(self, officer):
        card_waiting()
        reminders.send_all(remind(officer).pk)
        with pytest.raises(ActionRefused, match="Nobody"):
            remind(officer)
        earlier = timezone.now() - timedelta(days=31)
        CardNotice.objects.update(created_at=earlier)
        reminders.send_all(remind(officer).pk)
        assert [notice.number for notice in CardNotice.objects.order_by("pk")] == [1, 2]

    def test_nor_more_often_than_the_chamber_wants(self, officer):
        CardRules.objects.create(region_id="11", reminders_most=1, days_between_reminders=1)
        card_waiting()
        reminders.send_all(remind(officer).pk)
        CardNotice.objects.update(created_at=timezone.now() - timedelta(days=9))
        with pytest.raises(ActionRefused, match="Nobody"):
            remind(officer)

    def test_nor_who_left_the_register_or_cannot_be_reached(self, officer):
        suspended, silent = card_waiting(), card_waiting()
        Registrant.objects.filter(pk=suspended.registrant_id).update(state=RegistrantState.SUSPENDED)
        Registrant.objects.filter(pk=silent.registrant_id).update(phone="", email="")
        assert not reminders.due("11").exists()

    def test_one_run_of_a_region_at_a_time(self, officer):
        card_waiting()
        remind(officer)
        card_waiting()
        with pytest.raises(ActionRefused, match="already"):
            remind(officer)

    def test_a_worker_that_died_loses_nothing_and_doubles_nothing(self, officer):
        for _ in range(3):
            card_waiting()
        run = remind(officer)
        first = run.notices.order_by("pk").first()
        # It had sent the first, or was about to: nobody can know.
        CardNotice.objects.filter(pk=first.pk).update(state=NoticeState.SENDING)
        reminders.send_all(run.pk)
        assert len(MemorySms.outbox) == 2
        assert reminders.progress(run).done == 3

    def test_a_message_that_a_worker_died_with_is_told_of_and_may_be_counted_as_not_sent(self, officer):
        run, card = remind_with_one_left_behind(officer)
        reminders.finish(run.pk)
        run.refresh_from_db()
        assert (run.state, run.notices.get().state) == (RunState.DONE, NoticeState.UNKNOWN)
        assert not reminders.due("11").exists()
        assert count_as_not_sent(run=run, by=officer) == 1
        with pytest.raises(ActionRefused, match="known"):
            count_as_not_sent(run=run, by=officer)
        assert list(reminders.due("11")) == [card]

    def test_what_the_gateway_refused_may_be_sent_again_at_once(self, officer, monkeypatch):
        card_waiting()
        with monkeypatch.context() as broken:
            broken.setattr(MemorySms, "send", refuse)
            reminders.send_all(remind(officer).pk)
        assert CardNotice.objects.get().state == NoticeState.FAILED
        reminders.send_all(remind(officer).pk)
        assert len(MemorySms.outbox) == 1

    def test_cancelled_the_rest_is_not_sent_and_may_be_sent_later(self, officer):
        card_waiting()
        run = remind(officer)
        cancel_reminders(run=run, by=officer)
        reminders.send_all(run.pk)
        assert MemorySms.outbox == []
        with pytest.raises(ActionRefused, match="already"):
            cancel_reminders(run=run, by=officer)
        reminders.send_all(remind(officer).pk)
        assert len(MemorySms.outbox) == 1

    def test_from_the_page_with_its_bar(self, sign_in_english):
        client = sign_in_english(Role.CARD_OFFICER)
        card_waiting()
        assert "1 holder may be written to now" in client.get(reverse("cards:uncollected")).content.decode()
        response = client.post(reverse("cards:remind", args=["11"]), follow=True)
        run = ReminderRun.objects.get()
        assert response.redirect_chain[-1][0] == reverse("cards:reminder_run", args=[run.pk])
        assert "0" in client.get(reverse("cards:reminder_progress", args=[run.pk])).content.decode()
        reminders.send_all(run.pk)
        assert client.get(reverse("cards:reminder_progress", args=[run.pk]))["HX-Refresh"] == "true"

    def test_the_page_offers_to_count_a_lost_one_as_not_sent(self, sign_in_english, officer):
        run, _card = remind_with_one_left_behind(officer)
        reminders.finish(run.pk)
        client, address = sign_in_english(Role.CARD_OFFICER), reverse("cards:reminder_free", args=[run.pk])
        assert address in client.get(reverse("cards:reminder_run", args=[run.pk])).content.decode()
        client.post(address)
        assert address not in client.get(reverse("cards:reminder_run", args=[run.pk])).content.decode()

    def test_the_national_office_sends_by_region_and_by_each_chambers_rules(self, sign_in_english, officer):
        client = sign_in_english(user=UserFactory(roles=(Role.NATIONAL_ADMIN,), region=None))
        here, there = card_waiting(), card_waiting(commune=DAKHLA_COMMUNE)
        CardRules.objects.create(region_id="12", reminders_most=0)
        shown = client.get(reverse("cards:uncollected")).content.decode()
        assert reverse("cards:remind", args=["11"]) in shown
        assert reverse("cards:remind", args=["12"]) not in shown
        client.post(reverse("cards:remind", args=["12"]))
        client.post(reverse("cards:remind", args=["11"]))
        assert list(CardNotice.objects.values_list("card", flat=True)) == [here.pk]
        assert not there.notices.exists()
