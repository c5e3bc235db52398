"""Holders are told of answers, uses and endings, each once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from partners import actions
from partners.enums import ReferralState
from partners.models import Referral
from partners.notices import DAYS_BEFORE_END, tell_of_endings, tell_of_referral
from registry.models import Notification
from tests.factories.partners import OfferFactory, PartnerAgentFactory, ReferralFactory
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ReferralState.SENT, 0),
        (ReferralState.IN_HAND, 0),
        (ReferralState.DOCUMENTS_ASKED, 1),
        (ReferralState.ACCEPTED, 1),
        (ReferralState.REFUSED, 1),
        (ReferralState.WITHDRAWN, 0),
    ],
)
def test_an_answer_is_told_once_in_both_languages(state, told):
    referral = ReferralFactory(
        registrant=artisan(),
        state=state,
        answer="جواب",
        ground="other",
        decided_at=timezone.now(),
        decided_by=PartnerAgentFactory().user,
    )
    for _report in range(2):
        tell_of_referral(referral)
    assert Notification.objects.count() == told
    for one in Notification.objects.all():
        assert referral.number in one.text_ar and referral.number in one.text_fr
        assert one.path == f"/benefits/mine/requests/{referral.pk}/"


def test_documents_asked_for_again_are_told_again():
    referral = ReferralFactory(registrant=artisan(), state=ReferralState.DOCUMENTS_ASKED, answer="جواب")
    tell_of_referral(referral)
    Referral.objects.update(version=2)
    tell_of_referral(Referral.objects.get())
    assert Notification.objects.count() == 2


def test_whoever_did_not_use_an_offer_learns_that_it_was_used():
    holder, agent = artisan(), PartnerAgentFactory()
    use = actions.record_use(offer=OfferFactory(partner=agent.partner), registrant=holder, by=agent.user)
    told = holder.notifications.get()
    assert (told.key, use.offer.name_fr in told.text_fr) == (f"use:{use.pk}", True)


def test_those_who_keep_an_offer_are_told_before_it_ends_once():
    today = timezone.localdate()
    keeper, other = artisan(), artisan()
    soon = OfferFactory(ends_on=today + timedelta(days=DAYS_BEFORE_END))
    for offer in (
        soon,
        OfferFactory(),
        OfferFactory(ends_on=today + timedelta(days=DAYS_BEFORE_END + 1)),
        OfferFactory(ends_on=today - timedelta(days=1)),
    ):
        actions.add_favourite(offer=offer, registrant=keeper)
    for _day in range(2):
        assert tell_of_endings() == 1
        call_command("tell_holders", verbosity=0)
    assert soon.name_ar in keeper.notifications.get().text_ar
    assert not other.notifications.exists()
