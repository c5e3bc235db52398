"""Uses and vouchers: the limit a person holds whatever number of tills ask at once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.enums import UsePeriod, UseWay, VoucherState
from partners.models import OfferUse, Voucher
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import AdhesionFactory, AgreementFactory, OfferFactory, PartnerAgentFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db
BOTH = [UseWay.CARD, UseWay.VOUCHER]


@pytest.fixture
def holder(db):
    registrant = RegistrantFactory(state=RegistrantState.REGISTERED)
    CardFactory(registrant=registrant, state=CardState.HANDED_OVER)
    return registrant


@pytest.fixture
def agent(db):
    return PartnerAgentFactory()


def test_two_clicks_show_one_voucher_and_a_lapsed_one_is_followed_by_another(holder):
    offer, user = OfferFactory(ways=BOTH), UserFactory(roles=[Role.ARTISAN])
    first = actions.issue_voucher(offer=offer, registrant=holder, by=user)
    assert actions.issue_voucher(offer=offer, registrant=holder, by=user) == first
    Voucher.objects.update(issued_at=timezone.now() - timedelta(hours=2), expires_at=timezone.now())
    second = actions.issue_voucher(offer=offer, registrant=holder, by=user)
    first.refresh_from_db()
    assert (first.state, second.state) == (VoucherState.LAPSED, VoucherState.ISSUED)
    assert second.code != first.code


def test_a_voucher_is_used_once_and_the_till_that_asks_again_hears_the_same(holder, agent):
    offer = OfferFactory(partner=agent.partner, ways=BOTH)
    voucher = actions.issue_voucher(offer=offer, registrant=holder, by=agent.user)
    typed = f" {voucher.code[:4].lower()}-{voucher.code[4:]} "
    first = actions.redeem_voucher(code=typed, partner=agent.partner, by=agent.user)
    again = actions.redeem_voucher(code=voucher.code, partner=agent.partner, by=agent.user)
    assert (first.is_new, again.is_new, again.use) == (True, False, first.use)
    assert AuditEvent.objects.filter(action="partners.use.recorded").count() == 1


def test_another_partners_till_does_not_know_the_code(holder, agent):
    voucher = actions.issue_voucher(offer=OfferFactory(ways=BOTH), registrant=holder, by=agent.user)
    with pytest.raises(ActionRefused):
        actions.redeem_voucher(code=voucher.code, partner=agent.partner, by=agent.user)
    assert not OfferUse.objects.exists()


def test_a_code_whose_minutes_are_over_is_refused(holder, agent):
    offer = OfferFactory(partner=agent.partner, ways=BOTH)
    voucher = actions.issue_voucher(offer=offer, registrant=holder, by=agent.user)
    Voucher.objects.update(issued_at=timezone.now() - timedelta(hours=2), expires_at=timezone.now())
    with pytest.raises(ActionRefused):
        actions.redeem_voucher(code=voucher.code, partner=agent.partner, by=agent.user)


def test_a_use_taken_back_leaves_its_number_to_the_next(holder, agent):
    offer = OfferFactory(partner=agent.partner, limit_per_person=1, limit_period=UsePeriod.YEAR)
    use = actions.record_use(offer=offer, registrant=holder, by=agent.user)
    with pytest.raises(ActionRefused):
        actions.record_use(offer=offer, registrant=holder, by=agent.user)
    with pytest.raises(ActionRefused):
        actions.cancel_use(use=use, reason=" ", by=agent.user)
    actions.cancel_use(use=use, reason="خطأ", by=agent.user)
    again = actions.record_use(offer=offer, registrant=holder, by=agent.user)
    assert (again.number, again.limit, again.period) == (1, 1, str(timezone.localdate().year))


def test_an_agreement_that_the_chamber_has_not_joined_gives_nothing_until_it_does(holder, agent):
    agreement = AgreementFactory(partner=agent.partner)
    offer = OfferFactory(partner=agent.partner, agreement=agreement)
    with pytest.raises(ActionRefused):
        actions.record_use(offer=offer, registrant=holder, by=agent.user)
    AdhesionFactory(agreement=agreement, region=holder.region_id)
    assert actions.record_use(offer=offer, registrant=holder, by=agent.user).number == 1


@pytest.mark.parametrize(("number", "limit"), [(2, 1), (0, None)])
def test_the_database_holds_the_limit(holder, agent, number, limit):
    use = actions.record_use(
        offer=OfferFactory(partner=agent.partner, limit_per_person=limit), registrant=holder, by=agent.user
    )
    with pytest.raises(IntegrityError, match="use_within_limit"), transaction.atomic():
        OfferUse.objects.filter(pk=use.pk).update(number=number)


def test_the_database_gives_no_number_twice(holder, agent):
    offer = OfferFactory(partner=agent.partner)
    uses = [actions.record_use(offer=offer, registrant=holder, by=agent.user) for _use in range(2)]
    with pytest.raises(IntegrityError, match="use_number_once"), transaction.atomic():
        OfferUse.objects.filter(pk=uses[1].pk).update(number=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", BOTH)
def test_twenty_tills_and_one_use_left_make_one_use(way):
    holder = RegistrantFactory(state=RegistrantState.REGISTERED)
    CardFactory(registrant=holder, state=CardState.HANDED_OVER)
    agent = PartnerAgentFactory()
    offer = OfferFactory(partner=agent.partner, ways=BOTH, limit_per_person=2)
    actions.record_use(offer=offer, registrant=holder, by=agent.user)
    voucher = actions.issue_voucher(offer=offer, registrant=holder, by=agent.user)
    ready, outcomes = Barrier(20), []

    def ask():
        try:
            ready.wait()
            if way == UseWay.VOUCHER:
                redeemed = actions.redeem_voucher(code=voucher.code, partner=agent.partner, by=agent.user)
                outcomes.append("new" if redeemed.is_new else "same")
            else:
                actions.record_use(offer=offer, registrant=holder, by=agent.user)
                outcomes.append("new")
        except ActionRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=ask) for _till in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["new"] + ["same" if way == UseWay.VOUCHER else "refused"] * 19
    assert OfferUse.objects.standing().filter(offer=offer, registrant=holder).count() == 2
