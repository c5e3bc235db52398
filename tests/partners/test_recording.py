"""Recording a use at a partner's counter, and taking it back."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cards.enums import CardState
from core.models import AuditEvent, Chamber
from core.roles import Role
from partners import counter_forms
from partners.enums import UseWay
from partners.models import OfferUse
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import (
    BranchFactory,
    OfferFactory,
    PartnerAgentFactory,
    UseFactory,
    VoucherFactory,
)
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db):
    return CardFactory(state=CardState.HANDED_OVER)


@pytest.fixture
def agent(db):
    found = PartnerAgentFactory()
    found.branch = BranchFactory(partner=found.partner)
    found.save()
    return found


def check(client, text):
    return client.post(reverse("partners:agent"), {"card": text})


def record(client, shown, offer):
    return client.post(reverse("partner_space:use_record"), {"shown": shown, "offer": offer.code})


def test_the_form_under_an_answer_records_one_use_however_often_it_is_sent(sign_in, agent, card):
    offer, client = OfferFactory(partner=agent.partner), sign_in(user=agent.user)
    shown = check(client, card.serial).context["shown"]
    answers = [record(client, shown, offer).url for _click in range(2)]
    use = OfferUse.objects.get()
    assert answers == [reverse("partner_space:use", args=[use.pk])] * 2
    assert (use.offer, use.registrant, use.branch, use.recorded_by) == (
        offer,
        card.registrant,
        agent.branch,
        agent.user,
    )
    assert AuditEvent.objects.filter(action="partners.use.recorded").count() == 1


def test_a_second_check_records_a_second_use(sign_in, agent, card):
    offer, client = OfferFactory(partner=agent.partner), sign_in(user=agent.user)
    for _visit in range(2):
        record(client, check(client, card.serial).context["shown"], offer)
    assert sorted(OfferUse.objects.values_list("number", flat=True)) == [1, 2]


def test_no_use_without_a_check_of_ones_own_a_moment_ago(sign_in, agent, card, monkeypatch):
    offer, client = OfferFactory(partner=agent.partner), sign_in(user=agent.user)
    own = counter_forms.sign(card, agent.user)
    others = counter_forms.sign(card, UserFactory(roles=[Role.PARTNER_AGENT]))
    made_up = signing.dumps([card.pk, agent.user.pk, "00"], salt="another")
    for shown in ("", "nonsense", others, made_up, own[:-1]):
        assert record(client, shown, offer).url == reverse("partners:agent")
    monkeypatch.setattr(counter_forms, "GOOD_FOR_SECONDS", -1)
    assert record(client, own, offer).url == reverse("partners:agent")
    assert not OfferUse.objects.exists()


def test_a_card_stopped_between_check_and_record_gives_nothing(sign_in, agent, card):
    offer, client = OfferFactory(partner=agent.partner), sign_in(user=agent.user)
    shown = check(client, card.serial).context["shown"]
    card.issued_on, card.valid_until = (
        card.issued_on - timedelta(days=9),
        timezone.localdate() - timedelta(days=1),
    )
    card.save()
    record(client, shown, offer)
    assert not OfferUse.objects.exists()


def test_another_partners_offer_is_not_recorded(sign_in, agent, card):
    client = sign_in(user=agent.user)
    shown = check(client, card.serial).context["shown"]
    assert record(client, shown, OfferFactory()).status_code == 404


def test_a_vouchers_code_shows_whom_it_is_of_and_is_used_once(sign_in, agent, card):
    voucher = VoucherFactory(
        offer=OfferFactory(partner=agent.partner, ways=[UseWay.VOUCHER]), registrant=card.registrant
    )
    client = sign_in(user=agent.user)
    answer = check(client, f"{voucher.code[:4]} {voucher.code[4:].lower()}").context["answer"]
    assert (answer.voucher, answer.holder, [right.holds for right in answer.rights]) == (
        voucher,
        card.registrant,
        [True],
    )
    clicks = [client.post(reverse("partner_space:use_redeem"), {"code": voucher.code}).url for _click in "12"]
    use = OfferUse.objects.get()
    assert clicks == [reverse("partner_space:use", args=[use.pk])] * 2
    assert "Taken" not in client.get(clicks[0]).content.decode()
    # Shown once more, the code says that it was used and offers nothing.
    assert b"use_redeem" not in check(client, voucher.code).content
    assert reverse("partner_space:use_redeem").encode() not in check(client, voucher.code).content


def test_a_voucher_of_another_partner_or_of_none_is_unknown(sign_in, agent, card):
    others = VoucherFactory(registrant=card.registrant)
    client = sign_in(user=agent.user)
    assert check(client, others.code).context["answer"].outcome == "unknown"
    assert client.post(reverse("partner_space:use_redeem"), {"code": others.code}).url == reverse(
        "partners:agent"
    )
    assert not OfferUse.objects.exists()


def test_the_photograph_is_in_the_answer_only_where_chamber_and_holder_allow_it(sign_in, agent):
    holder = RegistrantFactory(with_photograph=True)
    card = CardFactory(registrant=holder, state=CardState.HANDED_OVER)
    client = sign_in(user=agent.user)
    seen = []
    for allowed, agreed in ((False, False), (True, False), (True, True), (False, True)):
        Chamber.objects.filter(region=holder.region_id).update(photograph_on_verification=allowed)
        holder.consents.all().delete()
        if agreed:
            holder.consents.create(purpose="photograph_on_check")
        seen.append(b"data:image/jpeg;base64," in check(client, card.serial).content)
    assert seen == [False, False, True, False]


def test_an_agent_takes_back_todays_own_use_with_a_reason(sign_in, agent):
    own = UseFactory(offer__partner=agent.partner, recorded_by=agent.user)
    client = sign_in(user=agent.user)
    path = reverse("partner_space:use_undo", args=[own.pk])
    client.post(path, {"reason": " "})
    own.refresh_from_db()
    assert own.cancelled_at is None
    for _click in range(2):
        client.post(path, {"reason": "خطأ"})
    own.refresh_from_db()
    assert own.cancel_reason == "خطأ"
    assert AuditEvent.objects.filter(action="partners.use.cancelled").count() == 1


def test_what_others_recorded_or_another_day_is_not_an_agents_to_see_or_take_back(sign_in, agent):
    old = UseFactory(
        offer__partner=agent.partner, recorded_by=agent.user, used_at=timezone.now() - timedelta(days=1)
    )
    colleagues = UseFactory(offer__partner=agent.partner)
    others = UseFactory(recorded_by=agent.user)
    client = sign_in(user=agent.user)
    for use in (old, colleagues, others):
        assert client.get(reverse("partner_space:use", args=[use.pk])).status_code == 404
        assert (
            client.post(reverse("partner_space:use_undo", args=[use.pk]), {"reason": "x"}).status_code == 404
        )
    assert list(client.get(reverse("partner_space:uses")).context["page"]) == []


def test_the_administrator_sees_every_use_of_the_partner_and_takes_back_todays(sign_in, agent):
    admin = PartnerAgentFactory(partner=agent.partner, user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    old = UseFactory(offer__partner=agent.partner, used_at=timezone.now() - timedelta(days=40))
    today = UseFactory(offer__partner=agent.partner, recorded_by=agent.user)
    UseFactory()
    client = sign_in(user=admin.user)
    assert list(client.get(reverse("partner_space:uses")).context["page"]) == [today, old]
    since = {"since": timezone.localdate().isoformat()}
    assert list(client.get(reverse("partner_space:uses"), since).context["page"]) == [today]
    for use in (old, today):
        client.post(reverse("partner_space:use_undo", args=[use.pk]), {"reason": "خطأ"})
        use.refresh_from_db()
    assert (old.cancelled_at is None, today.cancelled_at is None) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_uses_asks_as_much_for_one_as_for_three(sign_in, agent, django_assert_num_queries, count):
    admin = PartnerAgentFactory(partner=agent.partner, user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    for _use in range(count):
        UseFactory(offer__partner=agent.partner, branch=agent.branch)
    client = sign_in(user=admin.user)
    with django_assert_num_queries(8):
        client.get(reverse("partner_space:uses"))


def test_a_check_and_its_record_ask_little_of_the_database(
    sign_in, agent, card, django_assert_max_num_queries
):
    offers = [OfferFactory(partner=agent.partner) for _offer in range(5)]
    client = sign_in(user=agent.user)
    with django_assert_max_num_queries(20):
        shown = check(client, card.serial).context["shown"]
    with django_assert_max_num_queries(26):
        record(client, shown, offers[0])
