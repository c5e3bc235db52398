"""Cards received by proxies, signed for, refused, brought back; their holders told once."""

import base64
import threading
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from cards import notices
from cards.actions import ProxyData, hand_over, refuse_hand_over, return_card, undo_hand_over
from cards.enums import CardState, CheckOutcome, NoticeKind, NoticeState
from cards.held import erase_cards, held_cards
from cards.models import Card, CardNotice, CardRules, HandOver, Proxy
from cards.search import by_serial
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from core.sms import MemorySms
from registry.models import Registrant
from tests.factories.cards import CardFactory, card_ground
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory, portrait_bytes

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


@pytest.fixture
def agent():
    return UserFactory(roles=(Role.DESK_AGENT,))


@pytest.fixture
def desk(sign_in_english):
    return sign_in_english(Role.DESK_AGENT)


@pytest.fixture(autouse=True)
def _no_messages():
    MemorySms.outbox.clear()


def proxy(number: str = "ZT777") -> ProxyData:
    return ProxyData(
        name="Fatima",
        national_id=number,
        relation="spouse",
        power=ContentFile(b"x", name="power.jpg"),
        power_type="image/jpeg",
    )


def png() -> bytes:
    out = BytesIO()
    drawn = Image.new("RGBA", (800, 300), (0, 0, 0, 0))
    drawn.paste((18, 35, 63, 255), (100, 140, 600, 150))
    drawn.save(out, "PNG")
    return out.getvalue()


def page(response) -> str:
    return response.content.decode()


class TestProxy:
    def test_who_came_and_on_which_paper_is_kept(self, agent):
        card = CardFactory()
        given = hand_over(card=card, place="", by=agent, proxy=proxy())
        assert (given.proxy.name, given.proxy.relation, given.proxy.region_id) == ("Fatima", "spouse", "11")
        assert AuditEvent.objects.about(card).get().after["proxy"] == "Husband or wife"

    def test_as_many_as_the_chamber_allows(self, agent):
        CardRules.objects.create(region_id="11", cards_per_proxy=2)
        first = hand_over(card=CardFactory(), place="", by=agent, proxy=proxy())
        hand_over(card=CardFactory(), place="", by=agent, proxy=proxy())
        third = CardFactory()
        with pytest.raises(ActionRefused, match="allows 2"):
            hand_over(card=third, place="", by=agent, proxy=proxy())
        assert hand_over(card=CardFactory(), place="", by=agent, proxy=proxy("ZT778")).pk
        undo_hand_over(hand_over=first, reason="Wrong card", by=agent)
        assert hand_over(card=third, place="", by=agent, proxy=proxy()).pk

    def test_not_where_the_chamber_wants_the_holder(self, agent):
        CardRules.objects.create(region_id="11", proxy_allowed=False)
        with pytest.raises(ActionRefused, match="holders only"):
            hand_over(card=CardFactory(), place="", by=agent, proxy=proxy())
        assert not HandOver.objects.exists()

    def test_the_holder_is_no_proxy(self, agent):
        card = CardFactory()
        with pytest.raises(ActionRefused, match="own identity number"):
            hand_over(card=card, place="", by=agent, proxy=proxy(card.registrant.national_id))


@pytest.mark.django_db(transaction=True)
def test_two_counters_that_serve_one_proxy_keep_the_limit():
    CardRules.objects.create(region_id="11", cards_per_proxy=1)
    agent, cards = UserFactory(roles=(Role.DESK_AGENT,)), [CardFactory() for _ in range(3)]
    barrier, refusals = threading.Barrier(3), []

    def give(card):
        barrier.wait()
        try:
            hand_over(card=card, place="", by=agent, proxy=proxy())
        except ActionRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(card,)) for card in cards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refusals), Proxy.objects.count(), Card.objects.in_hand().count()) == (2, 1, 1)


def test_what_a_proxy_left_goes_with_the_holders_data(agent):
    card = CardFactory()
    signature = ContentFile(png(), name="signature.png")
    given = hand_over(card=card, place="", by=agent, proxy=proxy(), signature=signature)
    told = held_cards(registrant=card.registrant)
    assert ("A proxy", "Fatima") in told["entries"][0]
    erase_cards(registrant=card.registrant)
    given = HandOver.objects.select_related("proxy").get(pk=given.pk)
    assert (given.proxy.name, given.proxy.national_id) == ("—", "")
    assert not (given.proxy.power or given.signature)


class TestRefusedAndReturned:
    ground = "wrong-data", "hand_over_failure"

    def test_refused_it_stays_in_its_box_and_the_ground_is_kept(self, agent):
        card = CardFactory()
        failure = refuse_hand_over(card=card, ground=card_ground(*self.ground), note="Name", by=agent)
        card.refresh_from_db()
        assert (card.state, failure.kind, failure.note) == (CardState.IN_BOX, "refused", "Name")
        assert AuditEvent.objects.about(card).get().action == "cards.card.refused"
        assert hand_over(card=card, place="", by=agent).pk

    def test_brought_back_it_waits_again_and_is_not_in_force(self, agent):
        card = CardFactory()
        hand_over(card=card, place="", by=agent)
        return_card(card=card, ground=card_ground(*self.ground), note="", by=agent)
        card.refresh_from_db()
        assert card.state == CardState.IN_BOX
        assert by_serial(card.serial).outcome == CheckOutcome.NOT_YET_VALID
        assert not card.hand_overs.standing().exists()

    def test_each_only_where_the_card_is(self, agent):
        waiting, held = CardFactory(), CardFactory(state=CardState.HANDED_OVER)
        with pytest.raises(ActionRefused, match="holder's hands"):
            return_card(card=waiting, ground=card_ground(*self.ground), note="", by=agent)
        with pytest.raises(ActionRefused, match="does not wait"):
            refuse_hand_over(card=held, ground=card_ground(*self.ground), note="", by=agent)
        with pytest.raises(ActionRefused, match="ground"):
            refuse_hand_over(card=waiting, ground=card_ground("lost"), note="", by=agent)


class TestTold:
    def test_the_holder_is_told_once_and_only_once_committed(self, agent, django_capture_on_commit_callbacks):
        card = CardFactory()
        with django_capture_on_commit_callbacks() as callbacks:
            hand_over(card=card, place="", by=agent)
        notice = CardNotice.objects.get()
        assert (notice.state, len(callbacks) > 0, MemorySms.outbox) == (NoticeState.QUEUED, True, [])
        notices.send(notice.pk)
        notices.send(notice.pk)
        sent = MemorySms.outbox
        assert [message.phone for message in sent] == [card.registrant.phone]
        assert "سُلمت بطاقتكم" in sent[0].text
        assert card.serial not in sent[0].text
        notice.refresh_from_db()
        assert (notice.state, notice.channel) == (NoticeState.SENT, "sms")

    def test_by_mail_in_both_languages_without_a_telephone(self, agent, mailoutbox):
        card = CardFactory(registrant__email="holder@example.ma")
        Registrant.objects.filter(pk=card.registrant_id).update(phone="")
        hand_over(card=card, place="", by=agent)
        notices.send(CardNotice.objects.get().pk)
        assert [mail.to for mail in mailoutbox] == [["holder@example.ma"]]
        assert "Votre carte professionnelle a été remise" in mailoutbox[0].body

    def test_a_message_that_a_dying_worker_left_is_not_sent_again(self, agent):
        hand_over(card=CardFactory(), place="", by=agent)
        notice = CardNotice.objects.get()
        CardNotice.objects.update(state=NoticeState.SENDING)
        notices.send(notice.pk)
        assert MemorySms.outbox == []

    def test_a_hand_over_after_an_undone_one_is_told_too(self, agent):
        card = CardFactory()
        given = hand_over(card=card, place="", by=agent)
        undo_hand_over(hand_over=given, reason="Wrong person", by=agent)
        hand_over(card=card, place="", by=agent)
        assert CardNotice.objects.filter(kind=NoticeKind.HANDED_OVER).count() == 2


class TestCounter:
    url = "/cards/counter/"

    def test_a_number_leads_to_the_card_with_box_and_slot_in_large(self, desk):
        card = CardFactory(box=7, slot=12)
        for typed in (card.serial, card.registrant.nia, card.face["url"]):
            response = desk.post(self.url, {"text": typed})
            assert response["Location"] == reverse("cards:counter_card", args=[card.pk])
        shown = page(desk.get(response["Location"]))
        place = shown.split('class="desk-place"')[1].split("</dl>")[0]
        assert (">7<" in place, ">12<" in place) == (True, True)
        assert reverse("cards:counter_photograph", args=[card.pk]) in shown

    def test_a_name_borne_by_several_is_chosen_from_a_list(self, desk):
        same = {"given_name_ar": "خديجة", "family_name_ar": "الفاسي", "with_photograph": True}
        cards = [CardFactory(registrant=RegistrantFactory(**same)) for _ in range(2)]
        elsewhere = CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE, **same))
        response = desk.post(self.url, {"text": "خديجة الفاسي"})
        shown = page(response)
        assert response.status_code == 200
        for card in cards:
            assert reverse("cards:counter_card", args=[card.pk]) in shown
        assert reverse("cards:counter_card", args=[elsewhere.pk]) not in shown

    @pytest.mark.parametrize("typed", ["nobody", "11-0000001-00", "https://x.example/V/FORGED"])
    def test_what_means_nothing_here_says_so(self, desk, typed):
        response = desk.post(self.url, {"text": typed})
        assert response.status_code == 422
        assert "No card of this region is found" in page(response)

    def test_another_regions_card_is_not_found(self, desk):
        card = CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE, with_photograph=True))
        assert desk.post(self.url, {"text": card.serial}).status_code == 422
        assert desk.get(reverse("cards:counter_card", args=[card.pk])).status_code == 404

    def test_a_renewal_that_waits_comes_before_the_card_in_hand(self, desk):
        held = CardFactory(state=CardState.HANDED_OVER)
        new = CardFactory(registrant=held.registrant, kind="renewal", predecessor=held)
        response = desk.post(self.url, {"text": held.registrant.nia})
        assert response["Location"] == reverse("cards:counter_card", args=[new.pk])

    def test_the_holder_in_person(self, desk):
        card = CardFactory()
        url = reverse("cards:counter_card", args=[card.pk])
        response = desk.post(url, {"receiver": "holder"}, follow=True)
        assert f"Card {card.serial} is handed over." in page(response)
        assert HandOver.objects.get().place == card.registrant.region.chamber.name_ar

    def test_a_proxy_with_everything_and_a_signature(self, desk):
        card = CardFactory()
        sent = {
            "receiver": "proxy",
            "proxy_name": "Fatima",
            "proxy_national_id": "zt 777",
            "proxy_relation": "spouse",
            "power": SimpleUploadedFile("power.png", portrait_bytes(), "image/png"),
            "signature": "data:image/png;base64," + base64.b64encode(png()).decode(),
        }
        desk.post(reverse("cards:counter_card", args=[card.pk]), sent)
        given = HandOver.objects.get()
        assert (given.proxy.national_id, given.proxy.power_type) == ("ZT777", "image/jpeg")
        with given.signature.open() as file, Image.open(file) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (800, 300))

    def test_a_proxy_without_papers_is_asked_for_them_and_nothing_typed_is_lost(self, desk):
        card = CardFactory()
        sent = {"receiver": "proxy", "proxy_name": "Fatima", "proxy_national_id": "Z"}
        response = desk.post(reverse("cards:counter_card", args=[card.pk]), sent)
        shown = page(response)
        assert response.status_code == 422
        assert 'value="Fatima"' in shown
        assert "letters and digits" in shown
        assert shown.count("This is needed for a proxy.") >= 2
        assert not HandOver.objects.exists()

    @pytest.mark.parametrize("colour", [(0, 0, 0, 0), (255, 255, 255, 255)])
    def test_a_picture_without_ink_is_no_signature(self, desk, colour):
        CardRules.objects.create(region_id="11", signature_needed=True)
        card, out = CardFactory(), BytesIO()
        Image.new("RGBA", (800, 300), colour).save(out, "PNG")
        empty = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
        sent = {"receiver": "holder", "signature": empty}
        assert desk.post(reverse("cards:counter_card", args=[card.pk]), sent).status_code == 422
        assert not HandOver.objects.exists()

    @pytest.mark.parametrize(
        "signature", ["data:image/png;base64,AAAA", "data:image/png;base64,%%%", "javascript:alert(1)"]
    )
    def test_what_is_no_drawing_is_refused(self, desk, signature):
        card = CardFactory()
        sent = {"receiver": "holder", "signature": signature}
        assert desk.post(reverse("cards:counter_card", args=[card.pk]), sent).status_code == 422
        assert not HandOver.objects.exists()

    def test_a_signature_where_the_chamber_wants_one(self, desk):
        CardRules.objects.create(region_id="11", signature_needed=True)
        card = CardFactory()
        response = desk.post(reverse("cards:counter_card", args=[card.pk]), {"receiver": "holder"})
        assert "signs on the screen" in page(response)
        assert not HandOver.objects.exists()

    def test_refused_brought_back_and_undone_at_the_counter(self, desk):
        card, ground = CardFactory(), card_ground("wrong-data", "hand_over_failure").pk
        desk.post(reverse("cards:counter_refuse", args=[card.pk]), {"ground": ground, "note": "x"})
        desk.post(reverse("cards:counter_card", args=[card.pk]), {"receiver": "holder"})
        given = HandOver.objects.get()
        assert "Undo the hand-over" in page(desk.get(self.url))
        desk.post(reverse("cards:undo_hand_over", args=[given.pk]), {"reason": "Wrong person"})
        desk.post(reverse("cards:counter_card", args=[card.pk]), {"receiver": "holder"})
        desk.post(reverse("cards:counter_return", args=[card.pk]), {"ground": ground})
        card.refresh_from_db()
        assert card.state == CardState.IN_BOX
        assert [failure.kind for failure in card.failures.order_by("pk")] == ["refused", "returned"]

    def test_a_ground_is_needed(self, desk):
        response = desk.post(reverse("cards:counter_refuse", args=[CardFactory().pk]), {"ground": ""})
        assert response.status_code == 422

    def test_as_many_queries_for_three_as_for_one(self, desk, django_assert_max_num_queries):
        for _ in range(3):
            card = CardFactory()
            desk.post(reverse("cards:counter_card", args=[card.pk]), {"receiver": "holder"})
        with django_assert_max_num_queries(12):
            desk.get(self.url)

    def test_who_looks_at_a_power_is_kept(self, sign_in_english, agent):
        card = CardFactory()
        given = hand_over(card=card, place="", by=agent, proxy=proxy())
        response = sign_in_english(Role.CARD_OFFICER).get(reverse("cards:power", args=[given.pk]))
        assert (response["Content-Type"], response.getvalue()) == ("image/jpeg", b"x")
        assert AuditEvent.objects.about(card).filter(action="cards.power.read").count() == 1
        assert (
            sign_in_english(Role.DESK_AGENT).get(reverse("cards:power", args=[given.pk])).status_code == 403
        )
