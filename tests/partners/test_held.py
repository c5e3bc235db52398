"""What offers hold of a person: told, erased, and following two entries that became one."""

import pytest
from django.core.files.base import ContentFile

from core.exceptions import ActionRefused
from partners import actions
from partners.enums import ReferralState, UseWay, VoucherState
from partners.held import erase_benefits, held_benefits
from partners.merging import follow_merged, undo_follow_merged
from partners.models import Favourite, Feedback, FollowedMerge, OfferUse, Referral, ReferralDocument, Voucher
from registry.models import Registrant
from registry.signals import held_data_asked, registrant_erased, registrants_merged, registrants_parted
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory, ReferralFactory, VoucherFactory
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db


def full(holder):
    """One of everything that offers hold of somebody."""
    agent = PartnerAgentFactory()
    offer = OfferFactory(ways=list(UseWay), partner=agent.partner)
    use = actions.record_use(offer=offer, registrant=holder, by=agent.user)
    referral = ReferralFactory(registrant=holder, offer=offer)
    paper = ReferralDocument(referral=referral, title="شهادة", content_type="application/pdf")
    paper.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    VoucherFactory(registrant=holder, offer=offer)
    actions.add_favourite(offer=offer, registrant=holder)
    actions.give_feedback(
        offer=offer,
        registrant=holder,
        experience="refused",
        ground="other",
        words="قيل لي كلام",
        use=use,
        by=holder.user,
    )
    return paper


def test_every_record_is_told_and_nobody_elses():
    holder = artisan()
    assert held_benefits(registrant=holder) is None
    full(holder)
    full(artisan())
    told = held_benefits(registrant=holder)
    assert (told["code"], len(told["entries"])) == ("benefits", 5)
    words = str(told["entries"])
    assert "قيل لي كلام" in words and "شهادة" in words


def test_erasing_takes_papers_words_and_offers_kept(django_capture_on_commit_callbacks):
    holder, other = artisan(), artisan()
    paper = full(holder)
    full(other)
    with django_capture_on_commit_callbacks(execute=True):
        erase_benefits(registrant=holder)
    assert not paper.file.storage.exists(paper.file.name)
    assert ReferralDocument.objects.get().referral.registrant == other
    assert Favourite.objects.get().registrant == other
    assert Feedback.objects.get(registrant=holder).words == "—"
    assert Referral.objects.get(registrant=holder).state == ReferralState.WITHDRAWN
    assert OfferUse.objects.of_holder(holder).count() == 1


def test_the_register_asks_for_all_three():
    def receivers(signal):
        return [receiver() for _key, receiver, *_rest in signal.receivers]

    assert held_benefits in receivers(held_data_asked)
    assert erase_benefits in receivers(registrant_erased)
    assert follow_merged in receivers(registrants_merged)


def test_a_limit_does_not_count_twice_for_two_entries_that_became_one():
    kept, merged, by = artisan(), artisan(), UserFactory()
    agent = PartnerAgentFactory()
    once = OfferFactory(partner=agent.partner, limit_per_person=1)
    twice = OfferFactory(partner=agent.partner, limit_per_person=2)
    for offer, people in ((once, (kept, merged)), (twice, (kept, merged))):
        for person in people:
            actions.record_use(offer=offer, registrant=person, by=agent.user)
    follow_merged(kept=kept, merged=merged, by=by)
    numbers = OfferUse.objects.of_holder(kept).order_by("offer", "number").values_list("offer", "number")
    assert list(numbers) == [(once.pk, 1), (twice.pk, 1), (twice.pk, 2)]
    with pytest.raises(ActionRefused):
        actions.record_use(offer=twice, registrant=Registrant.objects.get(pk=kept.pk), by=agent.user)


def test_requests_and_offers_kept_follow_and_codes_lapse():
    kept, merged, by = artisan(), artisan(), UserFactory()
    both, alone = OfferFactory(ways=[UseWay.REFERRAL]), OfferFactory(ways=[UseWay.REFERRAL])
    first, second = (
        ReferralFactory(registrant=kept, offer=both),
        ReferralFactory(registrant=merged, offer=both),
    )
    moved = ReferralFactory(registrant=merged, offer=alone)
    for person, offer in ((kept, both), (merged, both), (merged, alone)):
        actions.add_favourite(offer=offer, registrant=person)
    VoucherFactory(registrant=merged)
    follow_merged(kept=kept, merged=merged, by=by)
    states = {one.pk: (one.registrant, one.state) for one in Referral.objects.all()}
    assert states == {
        first.pk: (kept, ReferralState.SENT),
        second.pk: (kept, ReferralState.WITHDRAWN),
        moved.pk: (kept, ReferralState.SENT),
    }
    assert {one.offer for one in Favourite.objects.filter(registrant=kept)} == {both, alone}
    assert not Favourite.objects.filter(registrant=merged).exists()
    assert Voucher.objects.get().state == VoucherState.LAPSED


def test_what_somebody_said_follows_them():
    kept, merged, by = artisan(), artisan(), UserFactory()
    full(merged)
    said = set(Feedback.objects.filter(registrant=merged).values_list("pk", flat=True))
    follow_merged(kept=kept, merged=merged, by=by)
    assert said
    assert set(Feedback.objects.filter(registrant=kept).values_list("pk", flat=True)) == said


def test_an_undone_merge_gives_each_what_was_theirs():
    kept, merged, by = artisan(), artisan(), UserFactory()
    agent = PartnerAgentFactory()
    both, alone = (OfferFactory(ways=list(UseWay), partner=agent.partner) for _offer in range(2))
    own_use = actions.record_use(offer=both, registrant=kept, by=agent.user)
    theirs = [actions.record_use(offer=offer, registrant=merged, by=agent.user) for offer in (both, alone)]
    own_request = ReferralFactory(registrant=kept, offer=alone)
    moved, doubled = (ReferralFactory(registrant=merged, offer=offer) for offer in (both, alone))
    for person, offer in ((kept, both), (merged, both), (merged, alone)):
        actions.add_favourite(offer=offer, registrant=person)
    full(merged)
    said = set(Feedback.objects.of_holder(merged).values_list("pk", flat=True))
    follow_merged(kept=kept, merged=merged, by=by)
    later = actions.record_use(offer=alone, registrant=kept, by=agent.user)
    undo_follow_merged(kept=kept, merged=merged, by=by)

    of = {use.pk: use.registrant for use in OfferUse.objects.all()}
    assert of[own_use.pk] == of[later.pk] == kept
    assert [of[use.pk] for use in theirs] == [merged, merged]
    requests = {one.pk: (one.registrant, one.state) for one in Referral.objects.all()}
    assert requests[own_request.pk] == (kept, ReferralState.SENT)
    assert requests[moved.pk] == (merged, ReferralState.SENT)
    assert requests[doubled.pk] == (merged, ReferralState.WITHDRAWN)
    assert {one.offer for one in Favourite.objects.filter(registrant=kept)} == {both}
    assert {one.offer for one in Favourite.objects.filter(registrant=merged)} >= {both, alone}
    assert set(Feedback.objects.of_holder(merged).values_list("pk", flat=True)) == said
    assert not FollowedMerge.objects.exists()
    # Twice undone is once undone.
    undo_follow_merged(kept=kept, merged=merged, by=by)
    assert {use.pk: use.registrant for use in OfferUse.objects.all()} == of


def test_a_merge_of_which_nothing_is_known_gives_nothing_back():
    kept, merged, by = artisan(), artisan(), UserFactory()
    use = actions.record_use(offer=OfferFactory(), registrant=kept, by=PartnerAgentFactory().user)
    undo_follow_merged(kept=kept, merged=merged, by=by)
    assert OfferUse.objects.get(pk=use.pk).registrant == kept
    assert undo_follow_merged in [receiver() for _key, receiver, *_ in registrants_parted.receivers]
