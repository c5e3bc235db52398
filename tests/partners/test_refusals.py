"""Refusals: who sees which, how they are followed up, and how they are counted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners.actions import give_feedback, refuse_referral, settle_refusal, take_refusal
from partners.enums import Experience, FollowUpState, RefusalGround
from partners.figures.scope import Scope
from partners.figures.tally import tally_all
from partners.held import erase_benefits
from partners.models import Feedback
from partners.panels_refusals import refusals_to_follow_up
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory, ReferralFactory
from tests.factories.refusals import RefusalFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory
from tests.registry.test_actions import in_threads

pytestmark = pytest.mark.django_db
QUEUE = reverse("partners:refusals")


def page_of(refusal):
    return reverse("partners:refusal", args=[refusal.pk])


def elsewhere(**fields):
    return RefusalFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE), **fields)


def listed(client, **query):
    return list(client.get(QUEUE, query).context["page"])


def test_the_queue_holds_what_waits_oldest_first(sign_in):
    newer, older = RefusalFactory(), RefusalFactory()
    Feedback.objects.filter(pk=older.pk).update(said_at=timezone.now() - timedelta(days=3))
    RefusalFactory(follow_up=FollowUpState.SETTLED, follow_up_note="سوي")
    Feedback.objects.create(
        offer=newer.offer,
        registrant=newer.registrant,
        region_id=newer.region_id,
        experience=Experience.SERVED,
    )
    assert listed(sign_in(Role.PARTNERSHIP_OFFICER)) == [older, newer]


def test_a_director_sees_the_region_alone_and_nothing_of_elsewhere(sign_in):
    here, there = RefusalFactory(), elsewhere()
    director, officer = sign_in(Role.REGIONAL_DIRECTOR), sign_in(Role.PARTNERSHIP_OFFICER)
    assert listed(director) == [here]
    # The filter of another region does not open it.
    assert listed(director, region="12") == [here]
    assert listed(officer, region="12") == [there]
    assert director.get(page_of(there)).status_code == 404
    assert director.post(f"{page_of(there)}take/", {"version": 1}).status_code == 404
    assert director.post(f"{page_of(there)}settle/", {"version": 1, "note": "x"}).status_code == 404
    there.refresh_from_db()
    assert there.follow_up == FollowUpState.OPEN


def test_filters_narrow_by_partner_ground_state_and_hands(sign_in):
    client = sign_in(Role.NATIONAL_ADMIN)
    plain = RefusalFactory()
    taken = RefusalFactory(
        ground=RefusalGround.DOCUMENTS, follow_up=FollowUpState.IN_HAND, followed_by=client.user
    )
    settled = RefusalFactory(follow_up=FollowUpState.SETTLED, follow_up_note="سوي")
    assert listed(client, partner=taken.offer.partner.code) == [taken]
    assert listed(client, ground="documents") == [taken]
    assert listed(client, hands="mine") == [taken]
    assert listed(client, state="settled") == [settled]
    assert listed(client, state="all") == [plain, taken, settled]
    assert listed(client, state="nonsense'", partner="none") == [plain, taken]


def test_the_name_is_for_those_who_see_the_register(sign_in):
    refusal = RefusalFactory()
    name, words = refusal.registrant.name_ar, refusal.words
    for role, sees in ((Role.REGIONAL_DIRECTOR, True), (Role.PARTNERSHIP_OFFICER, False)):
        page = sign_in(role).get(page_of(refusal)).content.decode()
        assert words in page
        assert (name in page) == sees


def test_a_refusal_is_taken_in_hand_and_settled_with_what_was_done(sign_in):
    refusal = RefusalFactory()
    client = sign_in(Role.REGIONAL_DIRECTOR)
    client.post(f"{page_of(refusal)}take/", {"version": 1})
    refusal.refresh_from_db()
    assert (refusal.follow_up, refusal.followed_by, refusal.version) == ("in_hand", client.user, 2)
    client.post(f"{page_of(refusal)}settle/", {"version": 2, "note": "اتصلنا بالوكالة"})
    refusal.refresh_from_db()
    assert (refusal.follow_up, refusal.follow_up_note) == ("settled", "اتصلنا بالوكالة")
    told = AuditEvent.objects.about(refusal).order_by("pk")
    assert [event.action for event in told] == ["partners.refusal.taken", "partners.refusal.settled"]
    assert {event.region_code for event in told} == {"11"}
    # What was done may speak of the holder: it stays on the page.
    assert "اتصلنا" not in str([(event.before, event.after, event.reason) for event in told])
    page = client.get(page_of(refusal))
    assert (page.context["can_take"], page.context["can_settle"]) == (False, False)
    assert len(page.context["history"]) == 3


def test_an_auditor_reads_and_changes_nothing(sign_in):
    refusal = RefusalFactory()
    client = sign_in(Role.AUDITOR)
    page = client.get(page_of(refusal))
    assert (page.context["can_take"], page.context["can_settle"]) == (False, False)
    assert client.post(f"{page_of(refusal)}take/", {"version": 1}).status_code == 403


def test_settling_without_a_word_or_on_an_old_page_loses_nothing_typed(sign_in, in_english):
    refusal = RefusalFactory()
    client = sign_in(Role.PARTNERSHIP_OFFICER)
    settle = f"{page_of(refusal)}settle/"
    assert client.post(settle, {"version": 1, "note": "  "}).context["form"].errors["note"]
    take_refusal(refusal=refusal, version=1, by=UserFactory())
    page = client.post(settle, {"version": 1, "note": "كلمة كتبت"})
    assert page.context["form"].non_field_errors()
    assert "كلمة كتبت" in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()
    assert Feedback.objects.get().follow_up == FollowUpState.IN_HAND


def test_two_people_do_not_overwrite_each_other(in_english):
    refusal = RefusalFactory()
    first, second = UserFactory(), UserFactory()
    take_refusal(refusal=refusal, version=1, by=first)
    with pytest.raises(ActionRefused, match="meanwhile"):
        take_refusal(refusal=refusal, version=1, by=second)
    with pytest.raises(ActionRefused, match="your hands already"):
        take_refusal(refusal=refusal, version=2, by=first)
    # From the hands of a colleague who is away.
    take_refusal(refusal=refusal, version=2, by=second)
    with pytest.raises(ActionRefused, match="Say what was done"):
        settle_refusal(refusal=refusal, note=" ", version=3, by=second)
    settle_refusal(refusal=refusal, note="Done", version=3, by=second)
    for again in (take_refusal, settle_refusal):
        with pytest.raises(ActionRefused, match="settled already"):
            again(refusal=refusal, version=4, by=first, **({"note": "x"} if again is settle_refusal else {}))
    assert Feedback.objects.get().followed_by == second


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_takes_it():
    refusal = RefusalFactory()
    hands = [UserFactory(), UserFactory()]
    outcomes = in_threads(2, lambda n: take_refusal(refusal=refusal, version=1, by=hands[n]))
    assert sorted(isinstance(one, ActionRefused) for one in outcomes) == [False, True]
    assert Feedback.objects.get().version == 2


def test_the_counts_are_by_partner_and_for_the_nation_by_region(sign_in):
    offer = OfferFactory()
    RefusalFactory(offer=offer)
    RefusalFactory(offer=offer, follow_up=FollowUpState.IN_HAND)
    elsewhere(offer=offer, follow_up=FollowUpState.SETTLED, follow_up_note="سوي")
    counts = reverse("partners:refusal_counts")
    partners, regions = sign_in(Role.AUDITOR).get(counts).context["sections"]
    assert [row[1:] for row in partners.table.rows] == [[1, 1, 1, 3]]
    assert [row[1:] for row in regions.table.rows if row[-1]] == [[1, 1, 0, 2], [0, 0, 1, 1]]
    assert partners.links == [f"{QUEUE}?partner={offer.partner.code}&state=all"]
    (own,) = sign_in(Role.REGIONAL_DIRECTOR).get(counts).context["sections"]
    assert [row[1:] for row in own.table.rows] == [[1, 1, 0, 2]]


def test_home_counts_nobodys_and_ones_own_in_the_region(rf):
    request = rf.get("/")
    request.user = UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    RefusalFactory()
    elsewhere()
    RefusalFactory(follow_up=FollowUpState.IN_HAND, followed_by=request.user)
    RefusalFactory(follow_up=FollowUpState.IN_HAND, followed_by=UserFactory())
    assert [one["count"] for one in refusals_to_follow_up(request, None)["counts"]] == [1, 1]


def refused_request():
    agent = PartnerAgentFactory()
    referral = ReferralFactory(offer__partner=agent.partner)
    ground, answer = RefusalGround.DOCUMENTS, "الوثيقة غير واضحة"
    refuse_referral(referral=referral, ground=ground, answer=answer, version=1, agent=agent)
    referral.refresh_from_db()
    return referral


def test_a_request_that_a_partner_refuses_is_followed_up_by_itself(sign_in):
    referral = refused_request()
    refusal = Feedback.objects.get()
    assert (refusal.referral, refusal.ground, refusal.by_partner) == (referral, "documents", True)
    director = sign_in(Role.REGIONAL_DIRECTOR)
    assert listed(director) == [refusal]
    page = director.get(page_of(refusal))
    assert referral.answer in page.content.decode()
    counts = director.get(reverse("partners:refusal_counts")).context["sections"]
    assert [row[1:] for row in counts[0].table.rows] == [[1, 0, 0, 1]]
    # Beside the requests refused it is not counted as told by its holder.
    tally = tally_all(Scope(director.user))
    assert (tally.refused, tally.told) == (1, 0)


def test_its_holder_may_still_speak_and_what_was_settled_is_looked_at_again(sign_in):
    referral = refused_request()
    officer = UserFactory()
    settle_refusal(refusal=Feedback.objects.get(), note="سوي", version=1, by=officer)
    said = {"offer": referral.offer, "registrant": referral.registrant, "referral": referral, "by": officer}
    told = give_feedback(
        experience=Experience.REFUSED, ground=RefusalGround.OTHER, words="وثيقتي واضحة", **said
    )
    assert Feedback.objects.get() == told
    assert (told.by_partner, told.follow_up, told.words) == (False, FollowUpState.OPEN, "وثيقتي واضحة")
    with pytest.raises(ActionRefused):
        give_feedback(experience=Experience.SERVED, **said)


def test_a_holder_who_was_served_after_all_closes_what_the_partner_wrote():
    referral = refused_request()
    said = {"offer": referral.offer, "registrant": referral.registrant, "referral": referral}
    give_feedback(experience=Experience.SERVED, by=UserFactory(), **said)
    assert not Feedback.objects.refusals().exists()


def test_the_database_holds_that_a_partner_writes_of_a_request_alone():
    with pytest.raises(IntegrityError, match="feedback_by_partner_of_request"), transaction.atomic():
        RefusalFactory(by_partner=True)


@pytest.mark.parametrize("name", ["partners:refusals", "partners:refusal_counts"])
def test_as_many_queries_for_one_as_for_three(sign_in, name):
    client = sign_in(Role.NATIONAL_ADMIN)
    RefusalFactory(followed_by=UserFactory())
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    RefusalFactory(followed_by=UserFactory())
    elsewhere(followed_by=UserFactory())
    with CaptureQueriesContext(connection) as three:
        client.get(reverse(name))
    assert len(one) == len(three)


def test_what_was_done_goes_with_the_data_of_a_person_who_is_erased():
    refusal = RefusalFactory(follow_up=FollowUpState.SETTLED, follow_up_note="كلام عن الشخص")
    other = RefusalFactory(follow_up=FollowUpState.SETTLED, follow_up_note="سوي")
    erase_benefits(registrant=refusal.registrant)
    notes = Feedback.objects.order_by("pk").values_list("pk", "follow_up_note")
    assert list(notes) == [(refusal.pk, "—"), (other.pk, "سوي")]
