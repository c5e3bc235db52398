"""A published offer changes only after another person has looked at what it says now and shall say."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.enums import ChangeState, OfferState, ReviewOutcome
from partners.models import CheckPoint, OfferChange
from partners.offer_values import values_of
from partners.offer_words import sides
from tests.factories.core import UserFactory
from tests.factories.partners import OfferChangeFactory, OfferFactory, PartnerAgentFactory

pytestmark = pytest.mark.django_db

NEW = {"terms_ar": "شروط جديدة", "terms_fr": "Nouvelles conditions", "regions": ["11"]}


@pytest.fixture
def officer(db):
    return UserFactory(roles=[Role.PARTNERSHIP_OFFICER])


@pytest.fixture
def checker(db):
    return UserFactory(roles=[Role.PARTNERSHIP_OFFICER])


def propose(offer, by, **values):
    return actions.propose_change(offer=offer, values=NEW | values, version=offer.version, by=by)


def review(change, by, outcome=ReviewOutcome.PUBLISHED, answers=None, reason=""):
    return actions.review_change(change=change, outcome=outcome, answers=answers or {}, reason=reason, by=by)


def steps(offer):
    found = AuditEvent.objects.about(offer).order_by("id")
    return [event.action.removeprefix("partners.offer.") for event in found]


def test_readers_see_the_offer_as_it_was_until_the_change_is_accepted(officer, checker):
    offer = OfferFactory(terms_ar="شروط", terms_fr="Conditions", confirmed_on=timezone.localdate())
    before = values_of(offer)
    change = propose(offer, officer, name_ar=offer.name_ar)
    offer.refresh_from_db()
    assert values_of(offer) == before
    # Only what differs is kept.
    assert change.values == NEW
    review(change, checker)
    offer.refresh_from_db()
    assert values_of(offer) == before | NEW
    assert (offer.state, offer.confirmed_on) == (OfferState.PUBLISHED, None)
    assert offer.fresh_until == timezone.localdate() + timedelta(days=180)
    change.refresh_from_db()
    assert (change.state, change.decided_by) == (ChangeState.ACCEPTED, checker)
    assert [(one.outcome, one.change) for one in offer.reviews.all()] == [("published", change)]
    assert steps(offer) == ["change_proposed", "change_accepted"]


def test_whoever_proposed_a_change_does_not_accept_it(officer):
    change = propose(OfferFactory(), officer)
    for outcome in ReviewOutcome:
        with pytest.raises(ActionRefused):
            review(change, officer, outcome, reason="x")
    with pytest.raises(IntegrityError, match="offer_change_checked_by_another"), transaction.atomic():
        OfferChange.objects.filter(pk=change.pk).update(state=ChangeState.ACCEPTED, decided_by=officer)
    change.refresh_from_db()
    assert change.state == ChangeState.PROPOSED


def test_a_change_is_returned_with_a_reason_and_accepted_when_every_point_holds(officer, checker):
    CheckPoint.objects.create(code="one", text_ar="أ", text_fr="a", position=1)
    offer = OfferFactory()
    change = propose(offer, officer)
    with pytest.raises(ActionRefused):
        review(change, checker, answers={"one": False})
    with pytest.raises(ActionRefused):
        review(change, checker, ReviewOutcome.RETURNED, reason=" ")
    review(change, checker, ReviewOutcome.RETURNED, reason="غير موثق")
    again = propose(offer, officer)
    review(again, checker, answers={"one": True})
    offer.refresh_from_db()
    assert offer.terms_fr == "Nouvelles conditions"
    assert [(one.state, one.reason) for one in offer.changes.order_by("id")] == [
        ("returned", "غير موثق"),
        ("accepted", ""),
    ]


def test_the_partners_own_change_confirms_the_offer(checker):
    agent = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    offer = OfferFactory(partner=agent.partner)
    review(propose(offer, agent.user), checker)
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()


def test_one_change_waits_at_a_time_and_nothing_is_no_change(officer, checker):
    offer = OfferFactory()
    with pytest.raises(ActionRefused):
        actions.propose_change(offer=offer, values=values_of(offer), version=1, by=officer)
    change = propose(offer, officer)
    with pytest.raises(ActionRefused):
        propose(offer, checker)
    with pytest.raises(IntegrityError, match="offer_change_one_open"), transaction.atomic():
        OfferChangeFactory(offer=offer)
    actions.withdraw_change(change=change, by=officer)
    assert propose(offer, checker).state == ChangeState.PROPOSED
    with pytest.raises(ActionRefused):
        actions.withdraw_change(change=change, by=officer)


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.PROPOSED, OfferState.WITHDRAWN])
def test_only_what_is_published_is_changed_this_way(officer, state):
    with pytest.raises(ActionRefused):
        propose(OfferFactory(state=state), officer)
    assert OfferChange.objects.count() == 0


@pytest.mark.parametrize("state", [OfferState.PROPOSED, OfferState.PUBLISHED, OfferState.WITHDRAWN])
def test_only_a_draft_is_saved_at_once(officer, state):
    offer = OfferFactory(state=state)
    with pytest.raises(ActionRefused):
        actions.save_draft(offer=offer, values=NEW, version=1, by=officer)
    offer.refresh_from_db()
    assert offer.terms_fr == ""


def test_a_change_goes_with_the_offer_that_is_withdrawn(officer, checker):
    offer = OfferFactory()
    change = propose(offer, officer)
    actions.withdraw_offer(offer=offer, reason="نهاية", by=officer)
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    with pytest.raises(ActionRefused):
        review(change, checker)


def test_a_change_whose_period_is_over_meanwhile_is_not_shown(officer, checker):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    offer = OfferFactory()
    change = propose(offer, officer, ends_on=yesterday)
    with pytest.raises(ActionRefused):
        review(change, checker)
    offer.refresh_from_db()
    change.refresh_from_db()
    assert (offer.ends_on, offer.terms_fr, change.state) == (None, "", ChangeState.PROPOSED)


def test_a_return_without_a_reason_is_refused_by_the_database(officer):
    change = propose(OfferFactory(), officer)
    with pytest.raises(IntegrityError, match="offer_change_return_reason"), transaction.atomic():
        OfferChange.objects.filter(pk=change.pk).update(state=ChangeState.RETURNED)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_check_a_change_at_once_decide_it_once():
    offer = OfferFactory()
    change = propose(offer, UserFactory(roles=[Role.NATIONAL_ADMIN]))
    checkers = [UserFactory(roles=[Role.PARTNERSHIP_OFFICER]) for _one in range(2)]
    ready, outcomes = Barrier(2), []

    def decide(by, outcome):
        try:
            ready.wait()
            review(change, by, outcome, reason="x")
            outcomes.append(outcome)
        except ActionRefused:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=pair) for pair in zip(checkers, ReviewOutcome, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    assert offer.reviews.count() == 1


def test_old_and_new_stand_side_by_side_in_the_readers_words(sign_in, officer):
    offer = OfferFactory(regions=["01"], limit_per_person=1)
    change = propose(offer, officer, limit_per_person=None, kinds=["artisan"], ends_on="2030-01-05")
    with translation.override("en"):
        shown = sides(values_of(offer), change.values, ["kinds", "limit_per_person", "ends_on"])
    assert [(side.old, side.new) for side in shown] == [
        ("Every kind", "Artisan"),
        ("1", "No limit"),
        ("", "5 January 2030"),
    ]
    page = sign_in(Role.PARTNERSHIP_OFFICER).get(reverse("partners:change", args=[change.pk]))
    assert page.context["may_check"] is True
    assert "شروط جديدة" in page.content.decode()


def test_pages_of_a_change_lead_from_the_form_to_the_decision(sign_in):
    offer = OfferFactory()
    author, checker = sign_in(Role.NATIONAL_ADMIN), sign_in(Role.PARTNERSHIP_OFFICER)
    sent = {
        "version": 1,
        "name_ar": "عرض جديد",
        "name_fr": "Nouvelle offre",
        "ways": ["card"],
        "limit_period": "ever",
    }
    author.post(reverse("partners:offer_edit", args=[offer.pk]), sent)
    change = offer.changes.get()
    assert set(change.values) == {"name_ar", "name_fr"}
    address = reverse("partners:change", args=[change.pk])
    assert author.get(address).context["may_check"] is False
    refused = author.post(address, {"outcome": "published"})
    assert refused.context["form"].errors
    listed = checker.get(reverse("partners:partners"), {"queue": "check"})
    assert [one.pk for one in listed.context["page"]] == [offer.pk]
    assert checker.post(address, {"outcome": "published"}).status_code == 302
    offer.refresh_from_db()
    assert offer.name_fr == "Nouvelle offre"


def test_a_change_is_taken_back_on_its_page(sign_in):
    change = OfferChangeFactory()
    client = sign_in(Role.NATIONAL_ADMIN)
    for _press in range(2):
        client.post(reverse("partners:change_withdraw", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    assert steps(change.offer) == ["change_withdrawn"]
