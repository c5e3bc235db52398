"""What holders do with offers: requests, words, offers kept; two clicks and wrong states."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from cards.enums import CardState
from core.exceptions import ActionRefused
from core.models import AuditEvent
from partners import actions
from partners.actions import GivenDocument
from partners.actions.referrals_own import MOST_DOCUMENTS
from partners.enums import Experience, FollowUpState, ReferralState, RefusalGround, UseWay
from partners.models import Feedback, Referral
from tests.factories.partners import BranchFactory, OfferFactory, PartnerAgentFactory, ReferralFactory
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db


def paper(requirement=None, title="شهادة"):
    return GivenDocument(ContentFile(b"%PDF-1.7", name="a.pdf"), "application/pdf", title, requirement)


def offer_by_request(**fields):
    return OfferFactory(ways=[UseWay.REFERRAL], **fields)


def test_a_request_is_numbered_dated_by_the_rules_and_audited():
    holder, offer = artisan(), offer_by_request()
    needed = offer.requirements.create(name_ar="شهادة", name_fr="Attestation")
    sent = actions.ask_for_offer(offer=offer, registrant=holder, documents=[paper(needed)], by=holder.user)
    assert sent.due_on == timezone.localdate() + timedelta(days=15)
    assert sent.number == f"D{timezone.localdate():%y}-{sent.pk:06d}"
    assert [(one.requirement, one.title) for one in sent.documents.all()] == [(needed, "شهادة")]
    assert AuditEvent.objects.about(sent).get().action == "partners.referral.sent"


def test_sent_twice_it_is_one_request():
    holder, offer = artisan(), offer_by_request()
    first = actions.ask_for_offer(offer=offer, registrant=holder, by=holder.user)
    assert actions.ask_for_offer(offer=offer, registrant=holder, by=holder.user) == first
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("wrong", ["way", "right", "paper", "place", "closed"])
def test_what_may_not_be_asked_for_is_refused(wrong):
    holder = artisan(card=None if wrong == "right" else CardState.HANDED_OVER)
    offer = offer_by_request() if wrong != "way" else OfferFactory()
    branch = None
    if wrong == "paper":
        offer.requirements.create(name_ar="شهادة", name_fr="Attestation")
    if wrong == "place":
        branch = BranchFactory()
    if wrong == "closed":
        branch = BranchFactory(partner=offer.partner, is_open=False)
    with pytest.raises(ActionRefused):
        actions.ask_for_offer(offer=offer, registrant=holder, branch=branch, by=holder.user)
    assert not Referral.objects.exists()


def test_documents_asked_for_bring_the_request_back_to_the_partner():
    holder = artisan()
    referral = ReferralFactory(
        registrant=holder,
        state=ReferralState.DOCUMENTS_ASKED,
        answer="شهادة حديثة",
        due_on=timezone.localdate() - timedelta(days=1),
    )
    sent = actions.send_documents(referral=referral, documents=[paper()], by=holder.user)
    assert (sent.state, sent.documents.count()) == (ReferralState.IN_HAND, 1)
    assert sent.due_on == timezone.localdate() + timedelta(days=15)
    again = actions.send_documents(referral=sent, documents=[paper()], by=holder.user)
    assert (again.state, again.documents.count()) == (ReferralState.IN_HAND, 2)


@pytest.mark.parametrize("case", ["none", "closed", "many"])
def test_documents_that_cannot_be_taken_are_refused(case):
    holder = artisan()
    referral = ReferralFactory(
        registrant=holder, state=ReferralState.WITHDRAWN if case == "closed" else ReferralState.SENT
    )
    papers = {"none": [], "closed": [paper()], "many": [paper()] * (MOST_DOCUMENTS + 1)}[case]
    with pytest.raises(ActionRefused):
        actions.send_documents(referral=referral, documents=papers, by=holder.user)
    assert not referral.documents.exists()


def test_a_request_is_taken_back_once_and_not_after_its_answer():
    holder = artisan()
    referral = ReferralFactory(registrant=holder)
    for _click in range(2):
        taken = actions.withdraw_referral(referral=referral, by=holder.user)
    assert taken.state == ReferralState.WITHDRAWN
    assert AuditEvent.objects.about(referral).count() == 1
    answered = ReferralFactory(
        registrant=holder,
        state=ReferralState.ACCEPTED,
        decided_at=timezone.now(),
        decided_by=PartnerAgentFactory().user,
    )
    with pytest.raises(ActionRefused):
        actions.withdraw_referral(referral=answered, by=holder.user)


def test_a_refusal_goes_to_follow_up_and_service_does_not():
    holder, offer = artisan(), OfferFactory()
    use = actions.record_use(
        offer=offer, registrant=holder, by=PartnerAgentFactory(partner=offer.partner).user
    )
    served = actions.give_feedback(
        offer=offer, registrant=holder, experience=Experience.SERVED, use=use, by=holder.user
    )
    refused = actions.give_feedback(
        offer=offer,
        registrant=holder,
        experience=Experience.REFUSED,
        ground=RefusalGround.UNKNOWN_OFFER,
        words="لا يعرفون العرض",
        by=holder.user,
    )
    assert (served.follow_up, refused.follow_up) == ("", FollowUpState.OPEN)
    assert list(Feedback.objects.to_follow_up()) == [refused]
    assert refused.region_id == holder.region_id


@pytest.mark.parametrize(
    ("ground", "words"), [("", "كلمات"), ("unheard_of", "كلمات"), (RefusalGround.OTHER, "  ")]
)
def test_a_refusal_says_which_reason_was_given(ground, words):
    holder, offer = artisan(), OfferFactory()
    with pytest.raises(ActionRefused):
        actions.give_feedback(
            offer=offer,
            registrant=holder,
            experience=Experience.REFUSED,
            ground=ground,
            words=words,
            by=holder.user,
        )


def test_the_same_is_not_said_twice():
    holder, offer = artisan(), OfferFactory()
    said = {"offer": offer, "registrant": holder, "experience": Experience.SERVED, "by": holder.user}
    actions.give_feedback(**said)
    with pytest.raises(ActionRefused):
        actions.give_feedback(**said)
    Feedback.objects.update(said_at=timezone.now() - timedelta(days=2))
    actions.give_feedback(**said)
    referral = ReferralFactory(registrant=holder, offer=offer)
    actions.give_feedback(**said, referral=referral)
    with pytest.raises(ActionRefused):
        actions.give_feedback(**said, referral=referral)


def test_an_offer_is_kept_once():
    holder, offer = artisan(), OfferFactory()
    for _click in range(2):
        actions.add_favourite(offer=offer, registrant=holder)
    assert holder.favourite_offers.count() == 1
    for _click in range(2):
        actions.remove_favourite(offer=offer, registrant=holder)
    assert not holder.favourite_offers.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_send_one_request():
    holder, offer = artisan(), offer_by_request()
    ready, numbers = Barrier(10), []

    def ask():
        try:
            ready.wait()
            numbers.append(actions.ask_for_offer(offer=offer, registrant=holder, by=holder.user).number)
        finally:
            connection.close()

    threads = [Thread(target=ask) for _click in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 10
    assert set(numbers) == {Referral.objects.get().number}
