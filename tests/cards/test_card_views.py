"""Pages of cards and batches: who sees what, what a click does, what it costs."""

import django_rq
import pytest
from django.urls import reverse
from django.utils import translation

from cards import batch_files, batches
from cards.actions import create_batch, hand_over
from cards.enums import BatchOrder, BatchState, CardState
from cards.models import Card, CardBatch
from core.models import AuditEvent
from core.roles import Role
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory, card_ground, new_batch
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_and_nothing_undefined(settings):
    settings.TEMPLATES = strict_templates()
    with translation.override("en"):
        yield


@pytest.fixture
def officer(sign_in):
    client = sign_in(Role.CARD_OFFICER)
    client.cookies["django_language"] = "en"
    return client


def card_elsewhere() -> Card:
    return CardFactory(registrant=RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE))


def text(response) -> str:
    return response.content.decode()


class TestList:
    url = "/cards/"

    def test_another_region_is_not_there(self, officer):
        here, elsewhere = CardFactory(), card_elsewhere()
        page = text(officer.get(self.url))
        assert here.serial in page
        assert elsewhere.serial not in page

    def test_search_by_serial_number_or_name(self, officer):
        wanted = CardFactory(registrant__given_name_ar="إدريس", registrant__given_name_latin="Driss")
        other = CardFactory()
        for asked in (wanted.serial.replace("-", ""), wanted.registrant.nia, "ادريس", "driss tajribi"):
            page = text(officer.get(self.url, {"q": asked}))
            assert (wanted.serial in page, other.serial in page) == (True, False), asked

    def test_filter_by_state_and_by_region(self, officer, sign_in):
        made, lost = CardFactory(), CardFactory(state=CardState.LOST)
        page = text(officer.get(self.url, {"state": "lost"}))
        assert (made.serial in page, lost.serial in page) == (False, True)
        elsewhere = card_elsewhere()
        page = text(sign_in(Role.NATIONAL_ADMIN).get(self.url, {"region": "12"}))
        assert (made.serial in page, elsewhere.serial in page) == (False, True)

    def test_nobody_found_says_what_to_do(self, officer):
        assert "No card found" in text(officer.get(self.url, {"q": "nobody"}))


class TestQueriesDoNotGrowWithRows:
    def same_cost(self, client, url, add, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        add()
        client.get(url)
        with CaptureQueriesContext(connection) as once:
            client.get(url)
        add()
        add()
        with django_assert_num_queries(len(once)):
            client.get(url)

    def test_list(self, officer, django_assert_num_queries):
        self.same_cost(officer, reverse("cards:list"), CardFactory, django_assert_num_queries)

    def test_batches(self, officer, django_assert_num_queries):
        self.same_cost(
            officer,
            reverse("cards:batches"),
            lambda: new_batch(1, by=officer.user),
            django_assert_num_queries,
        )

    @pytest.mark.parametrize("part", ["", "?part=overflow"])
    def test_cards_of_a_batch(self, officer, django_assert_num_queries, part):
        batch = CardFactory().batch
        url = reverse("cards:batch", args=[batch.pk]) + part
        self.same_cost(officer, url, lambda: CardFactory(batch=batch), django_assert_num_queries)

    def test_people_without_card(self, officer, django_assert_num_queries):
        def add():
            RegistrantFactory(with_photograph=True)
            RegistrantFactory()

        self.same_cost(officer, reverse("cards:batch_new"), add, django_assert_num_queries)

    def test_panels(self, officer, django_assert_num_queries):
        self.same_cost(officer, reverse("core:home"), CardFactory, django_assert_num_queries)
        person = RegistrantFactory(with_photograph=True)
        self.same_cost(
            officer,
            reverse("registry:detail", args=[person.pk]),
            lambda: CardFactory(registrant=person, state=CardState.LOST),
            django_assert_num_queries,
        )


class TestCompose:
    url = "/cards/batches/new/"

    def post(self, client, query="", **fields):
        return client.post(self.url + query, {"name": "Caravan", "order": "name", "who": "all"} | fields)

    def test_only_those_whose_card_can_be_made(self, officer):
        ready = RegistrantFactory(with_photograph=True, family_name_latin="Ready")
        RegistrantFactory(family_name_latin="Faceless")
        RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE, family_name_latin="Elsewhere")
        RegistrantFactory(with_photograph=True, state=RegistrantState.SUSPENDED, family_name_latin="Off")
        CardFactory(registrant__family_name_latin="Served")
        page = text(officer.get(self.url))
        assert f'value="{ready.pk}"' in page
        assert page.count('name="person"') == 1
        assert "1 person is left out: no photograph" in page
        assert "Faceless" in page
        assert {name for name in ("Elsewhere", "Off ", "Served") if name in page} == set()

    def test_all_found_by_the_filter(self, officer):
        wanted = RegistrantFactory.create_batch(2, with_photograph=True, given_name_latin="Driss")
        RegistrantFactory(with_photograph=True)
        response = self.post(officer, "?q=driss")
        batch = CardBatch.objects.get()
        assert response.url == reverse("cards:batch", args=[batch.pk])
        assert {card.registrant for card in batch.cards.all()} == set(wanted)

    def test_some_are_ticked_and_strangers_ticked_by_hand_are_not_taken(self, officer):
        wanted, _other = RegistrantFactory.create_batch(2, with_photograph=True)
        elsewhere = RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE)
        self.post(officer, who="ticked", person=[wanted.pk, elsewhere.pk, "x", "²", "9" * 5000])
        assert [card.registrant for card in Card.objects.all()] == [wanted]

    def test_ticked_and_all_at_once_is_asked_back_and_the_ticks_stay(self, officer):
        wanted, _other = RegistrantFactory.create_batch(2, with_photograph=True)
        response = self.post(officer, who="all", person=[wanted.pk])
        assert response.status_code == 422
        assert "1 person is ticked" in text(response)
        assert text(response).count(f'id="person-{wanted.pk}" checked') == 1
        assert not CardBatch.objects.exists()

    def test_nobody_ticked_keeps_what_was_typed(self, officer):
        RegistrantFactory(with_photograph=True)
        response = self.post(officer, who="ticked", name="My batch")
        assert response.status_code == 422
        assert "Choose at least one person" in text(response)
        assert 'value="My batch"' in text(response)

    def test_national_office_chooses_the_region_first(self, sign_in):
        here = RegistrantFactory(with_photograph=True)
        RegistrantFactory(with_photograph=True, commune=DAKHLA_COMMUNE)
        admin = sign_in(Role.NATIONAL_ADMIN)
        assert self.post(admin).status_code == 422
        assert not CardBatch.objects.exists()
        self.post(admin, "?region=11")
        batch = CardBatch.objects.get()
        assert (batch.region_id, batch.cards.get().registrant) == ("11", here)

    def test_a_second_click_finds_nobody_left(self, officer):
        RegistrantFactory(with_photograph=True)
        assert self.post(officer).status_code == 302
        assert self.post(officer).status_code == 422
        assert CardBatch.objects.count() == 1


class TestCardPage:
    def test_another_region_is_not_there(self, officer):
        elsewhere = card_elsewhere()
        for name, args in (("card", []), ("stop_card", []), ("card_picture", ["front"])):
            assert officer.get(reverse(f"cards:{name}", args=[elsewhere.pk, *args])).status_code == 404

    def test_it_tells_place_history_and_hand_over(self, officer):
        card = CardFactory(box=4, slot=77)
        hand_over(card=card, place="At the caravan", by=officer.user)
        page = text(officer.get(reverse("cards:card", args=[card.pk])))
        assert "box 4, slot 77" in page
        assert "At the caravan" in page
        assert "Card handed over" in page

    @pytest.mark.parametrize("side", ["front", "back"])
    def test_both_sides_are_shown_as_printed(self, officer, side):
        card = CardFactory()
        response = officer.get(reverse("cards:card_picture", args=[card.pk, side]))
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"] == "private, no-store"
        assert response.content[8:12] == b"WEBP"

    def test_a_side_that_is_none_is_not_there(self, officer):
        card = CardFactory()
        assert officer.get(reverse("cards:card_picture", args=[card.pk, "top"])).status_code == 404

    def test_it_is_stopped_on_a_ground(self, officer):
        card = CardFactory(state=CardState.HANDED_OVER)
        url = reverse("cards:stop_card", args=[card.pk])
        assert officer.post(url, {"ground": "", "reason": "x"}).status_code == 422
        officer.post(url, {"ground": card_ground("lost").pk, "reason": "Lost at the market"})
        card.refresh_from_db()
        assert (card.state, card.stop_reason) == ("lost", "Lost at the market")

    def test_a_second_stop_says_so_and_changes_nothing(self, officer):
        card = CardFactory(state=CardState.LOST)
        url = reverse("cards:stop_card", args=[card.pk])
        response = officer.post(url, {"ground": card_ground("stolen").pk}, follow=True)
        assert "This card was stopped already" in text(response)
        card.refresh_from_db()
        assert card.state == CardState.LOST

    def test_who_may_look_may_not_stop(self, sign_in):
        card, client = CardFactory(), sign_in(Role.REGISTRAR)
        assert "Stop the card" not in text(client.get(reverse("cards:card", args=[card.pk])))
        assert client.post(reverse("cards:stop_card", args=[card.pk]), {}).status_code == 403


class TestBatchPage:
    def test_progress_without_scripts_and_with(self, officer):
        batch = new_batch(2, by=officer.user)
        page = text(officer.get(reverse("cards:batch", args=[batch.pk])))
        assert "0 of 2" in page
        assert reverse("cards:batch_progress", args=[batch.pk]) in page
        assert "0 of 2" in text(officer.get(reverse("cards:batch_progress", args=[batch.pk])))

    def test_progress_of_a_batch_that_is_ready_loads_the_page_again(self, officer):
        response = officer.get(reverse("cards:batch_progress", args=[CardFactory().batch_id]))
        assert response["HX-Refresh"] == "true"

    def test_a_look_at_a_forgotten_batch_asks_for_workers(self, officer, django_capture_on_commit_callbacks):
        batch = new_batch(2, by=officer.user)
        queue = django_rq.get_queue("default")
        queue.connection.flushdb()
        with django_capture_on_commit_callbacks(execute=True):
            officer.get(reverse("cards:batch_progress", args=[batch.pk]))
        assert len(queue.job_ids) == 1
        queue.connection.flushdb()

    def test_cancelled_with_a_reason(self, officer):
        batch = new_batch(1, by=officer.user)
        url = reverse("cards:batch_cancel", args=[batch.pk])
        officer.post(url, {"reason": ""})
        batch.refresh_from_db()
        assert batch.state == BatchState.QUEUED
        page = text(officer.post(url, {"reason": "Wrong list"}, follow=True))
        batch.refresh_from_db()
        assert batch.state == BatchState.CANCELLED
        assert "Wrong list" in page
        assert officer.get(url).status_code == 405

    def test_an_error_is_told_and_the_making_goes_on(self, officer):
        batch = new_batch(1, by=officer.user)
        CardBatch.objects.filter(pk=batch.pk).update(last_error="picture 11-0000001-22")
        page = text(officer.get(reverse("cards:batch", args=[batch.pk])))
        assert "A picture of card 11-0000001-22 is missing or damaged." in page
        officer.post(reverse("cards:batch_retry", args=[batch.pk]))
        batch.refresh_from_db()
        assert batch.last_error == ""

    def test_names_that_do_not_fit_are_listed(self, officer):
        long = RegistrantFactory(with_photograph=True, family_name_latin="Abdelouahhabi " * 4)
        short = RegistrantFactory(with_photograph=True)
        batch = create_batch(
            registrants=[long, short], region=long.region, name="x", order=BatchOrder.NAME, by=officer.user
        )
        page = text(officer.get(reverse("cards:batch", args=[batch.pk]), {"part": "overflow"}))
        assert "Abdelouahhabi" in page
        assert short.family_name_latin not in page

    def test_the_file_is_given_and_each_time_kept(self, officer):
        card = CardFactory()
        with batch_files.put_in_place(card.batch.file.name) as path:
            path.write_bytes(b"%PDF-1.7 cards")
        response = officer.get(reverse("cards:batch_file", args=[card.batch_id]))
        assert b"".join(response.streaming_content) == b"%PDF-1.7 cards"
        assert response["Content-Disposition"].startswith("attachment")
        event = AuditEvent.objects.about(card.batch).get()
        assert (event.action, event.actor_id) == ("cards.batch.downloaded", str(officer.user.pk))

    def test_no_file_before_it_is_made_or_for_another_region(self, officer):
        batch = new_batch(1, by=officer.user)
        assert officer.get(reverse("cards:batch_file", args=[batch.pk])).status_code == 302
        elsewhere = card_elsewhere().batch
        for name in ("batch", "batch_progress", "batch_file"):
            assert officer.get(reverse(f"cards:{name}", args=[elsewhere.pk])).status_code == 404

    def test_a_registrar_looks_and_takes_nothing(self, sign_in):
        batch, client = CardFactory().batch, sign_in(Role.REGISTRAR)
        assert client.get(reverse("cards:batch", args=[batch.pk])).status_code == 200
        for name in ("batch_file", "batch_cancel", "batch_retry"):
            assert client.post(reverse(f"cards:{name}", args=[batch.pk])).status_code == 403
        assert client.get(reverse("cards:batch_new")).status_code == 403


def test_made_batch_is_offered_for_download(officer):
    batch = new_batch(1, by=officer.user)
    batches.make_batch(batch.pk)
    page = text(officer.get(reverse("cards:batch", args=[batch.pk])))
    batch.refresh_from_db()
    assert batch.file_sha256 in page
    assert reverse("cards:batch_file", args=[batch.pk]) in page


class TestOwnSpace:
    def artisan(self, sign_in, **fields):
        client = sign_in(Role.ARTISAN)
        client.cookies["django_language"] = "en"
        person = RegistrantFactory(with_photograph=True, user=client.user, **fields)
        return client, person

    def test_my_card_with_its_code(self, sign_in):
        client, person = self.artisan(sign_in)
        card = CardFactory(registrant=person, state=CardState.HANDED_OVER)
        page = text(client.get(reverse("registry:own_space")))
        assert card.serial in page
        assert "<svg" in page.split('class="own-code"')[1]
        assert "Valid card" in page
        response = client.get(reverse("cards:own_card_picture", args=["front"]))
        assert response["Content-Type"] == "image/webp"

    def test_no_card_yet(self, sign_in):
        client, _person = self.artisan(sign_in)
        assert "Your card is not made yet" in text(client.get(reverse("registry:own_space")))
        assert client.get(reverse("cards:own_card_picture", args=["front"])).status_code == 404

    def test_nobody_elses(self, sign_in):
        client, _person = self.artisan(sign_in)
        other = CardFactory()
        assert client.get(reverse("cards:own_card_picture", args=["front"])).status_code == 404
        assert client.get(reverse("cards:card_picture", args=[other.pk, "front"])).status_code == 403
