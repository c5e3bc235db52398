"""Changes to offers: what is refused, what is kept, and who is told of it in the audit trail."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent, Region
from core.roles import Role
from partners import actions
from partners.enums import OfferState, ReviewOutcome
from partners.models import CheckPoint, Offer, OfferReview
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory

pytestmark = pytest.mark.django_db

TERMS = {"terms_ar": "تخفيض", "terms_fr": "Réduction"}


@pytest.fixture
def administrator(db):
    return UserFactory(roles=[Role.NATIONAL_ADMIN])


def publish(offer, answers=None, *, by):
    actions.review_offer(offer=offer, outcome=ReviewOutcome.PUBLISHED, answers=answers or {}, by=by)


def trail(offer):
    """The offer's audit rows, oldest first, as (action, before, after, reason)."""
    events = AuditEvent.objects.about(offer).order_by("id")
    return [(event.action, event.before, event.after, event.reason) for event in events]


def test_entering_terms_keeps_what_was_before_and_takes_the_confirmation_back(administrator):
    offer = OfferFactory(state=OfferState.DRAFT, confirmed_on=timezone.localdate())
    region = Region.objects.get(code="11")
    actions.save_draft(offer=offer, values=TERMS | {"regions": ["11"]}, version=1, by=administrator)
    offer.refresh_from_db()
    assert (offer.terms_ar, offer.terms_fr, offer.confirmed_on, offer.version) == (
        "تخفيض",
        "Réduction",
        None,
        2,
    )
    assert list(offer.regions.all()) == [region]
    assert list(Offer.objects.search("reduction")) == [offer]
    assert trail(offer) == [
        (
            "partners.offer.changed",
            {"terms_ar": "", "terms_fr": "", "regions": [], "confirmed_on": str(timezone.localdate())},
            {"terms_ar": "تخفيض", "terms_fr": "Réduction", "regions": ["11"], "confirmed_on": None},
            "",
        )
    ]


def test_saving_what_stands_already_changes_and_records_nothing(administrator):
    offer = OfferFactory(**TERMS, state=OfferState.DRAFT, confirmed_on=timezone.localdate(), regions=["11"])
    actions.save_draft(offer=offer, values=TERMS | {"regions": ["11"]}, version=1, by=administrator)
    offer.refresh_from_db()
    assert (offer.version, offer.confirmed_on) == (1, timezone.localdate())
    assert trail(offer) == []


def test_a_form_opened_before_anothers_change_is_refused(administrator):
    offer = OfferFactory(state=OfferState.DRAFT)
    actions.save_draft(offer=offer, values=TERMS, version=1, by=administrator)
    other = {**TERMS, "terms_fr": "Autre chose"}
    with pytest.raises(ActionRefused):
        actions.save_draft(offer=offer, values=other, version=1, by=administrator)
    offer.refresh_from_db()
    assert offer.terms_fr == "Réduction"
    assert len(trail(offer)) == 1


def test_confirming_is_dated_today_and_recorded_once(administrator):
    offer = OfferFactory(fresh_until=timezone.localdate() + timedelta(days=30))
    for _press in range(2):
        actions.confirm_offer(offer=offer, by=administrator)
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()
    assert trail(offer) == [
        (
            "partners.offer.confirmed",
            {"confirmed_on": None, "fresh_until": str(offer.published_on + timedelta(days=30))},
            {
                "confirmed_on": str(timezone.localdate()),
                "fresh_until": str(timezone.localdate() + timedelta(days=180)),
            },
            "",
        )
    ]


def test_withdrawing_needs_a_reason_and_takes_the_confirmation_back(administrator):
    offer = OfferFactory(confirmed_on=timezone.localdate())
    with pytest.raises(ActionRefused):
        actions.withdraw_offer(offer=offer, reason="  ", by=administrator)
    actions.withdraw_offer(offer=offer, reason="انتهت الاتفاقية", by=administrator)
    offer.refresh_from_db()
    assert (offer.state, offer.confirmed_on) == (OfferState.WITHDRAWN, None)
    assert [(action, reason) for action, _before, _after, reason in trail(offer)] == [
        ("partners.offer.withdrawn", "انتهت الاتفاقية")
    ]


def test_a_withdrawn_offer_is_published_again_and_only_then_confirmed(administrator):
    offer = OfferFactory(state=OfferState.WITHDRAWN)
    with pytest.raises(ActionRefused):
        actions.confirm_offer(offer=offer, by=administrator)
    actions.reopen_offer(offer=offer, by=administrator)
    actions.propose_offer(offer=offer, by=administrator)
    publish(offer, by=UserFactory(roles=[Role.NATIONAL_ADMIN]))
    actions.confirm_offer(offer=offer, by=administrator)
    offer.refresh_from_db()
    assert (offer.state, offer.confirmed_on) == (OfferState.PUBLISHED, timezone.localdate())


def test_whoever_proposed_an_offer_does_not_publish_it(administrator):
    offer = OfferFactory(state=OfferState.DRAFT)
    actions.propose_offer(offer=offer, by=administrator)
    with pytest.raises(ActionRefused):
        publish(offer, by=administrator)
    with pytest.raises(IntegrityError, match="offer_checked_by_another"), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(published_by=administrator)
    offer.refresh_from_db()
    assert (offer.state, OfferReview.objects.count()) == (OfferState.PROPOSED, 0)


def test_an_offer_is_published_when_every_point_holds_and_returned_with_a_reason(administrator):
    CheckPoint.objects.create(code="one", text_ar="أ", text_fr="a", position=1)
    offer, checker = OfferFactory(state=OfferState.DRAFT), UserFactory(roles=[Role.PARTNERSHIP_OFFICER])
    actions.propose_offer(offer=offer, by=administrator)
    for answers in ({}, {"one": False}):
        with pytest.raises(ActionRefused):
            publish(offer, answers, by=checker)
    returned = {"offer": offer, "outcome": ReviewOutcome.RETURNED, "answers": {"one": False}, "by": checker}
    with pytest.raises(ActionRefused):
        actions.review_offer(**returned, reason=" ")
    actions.review_offer(**returned, reason="الثمن غير موثق")
    actions.propose_offer(offer=offer, by=administrator)
    publish(offer, {"one": True}, by=checker)
    offer.refresh_from_db()
    assert (offer.state, offer.published_by, offer.published_on) == (
        OfferState.PUBLISHED,
        checker,
        timezone.localdate(),
    )
    assert list(offer.reviews.values_list("outcome", "reason")) == [
        ("published", ""),
        ("returned", "الثمن غير موثق"),
    ]


def test_an_offer_that_nobody_confirmed_hides_itself(administrator):
    offer = OfferFactory(fresh_until=timezone.localdate() - timedelta(days=1))
    assert (list(Offer.objects.running()), offer.is_running) == ([], False)
    actions.confirm_offer(offer=offer, by=administrator)
    offer.refresh_from_db()
    assert (list(Offer.objects.running()), offer.is_running) == ([offer], True)


@pytest.mark.parametrize("action", [actions.propose_offer, actions.confirm_offer])
def test_an_offer_whose_time_is_over_is_neither_published_nor_confirmed(administrator, action):
    offer = OfferFactory(state=OfferState.DRAFT, ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ActionRefused):
        action(offer=offer, by=administrator)
    assert trail(offer) == []


@pytest.mark.parametrize(
    ("state", "action", "arguments"),
    [
        (OfferState.PUBLISHED, actions.propose_offer, {}),
        (OfferState.WITHDRAWN, actions.propose_offer, {}),
        (OfferState.DRAFT, actions.reopen_offer, {}),
        (OfferState.DRAFT, actions.withdraw_offer, {"reason": "x"}),
        (OfferState.WITHDRAWN, actions.withdraw_offer, {"reason": "x"}),
    ],
)
def test_an_action_that_the_state_does_not_allow_changes_nothing(administrator, state, action, arguments):
    offer = OfferFactory(state=state)
    with pytest.raises(ActionRefused):
        action(offer=offer, by=administrator, **arguments)
    offer.refresh_from_db()
    assert (offer.state, offer.version, trail(offer)) == (state, 1, [])


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_save_at_once_do_not_overwrite_each_other():
    administrator = UserFactory(roles=[Role.NATIONAL_ADMIN])
    offer = OfferFactory(state=OfferState.DRAFT)
    ready, outcomes = Barrier(2), []

    def save(terms_fr):
        try:
            ready.wait()
            terms = {**TERMS, "terms_fr": terms_fr}
            actions.save_draft(offer=offer, values=terms, version=1, by=administrator)
            outcomes.append(terms_fr)
        except ActionRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=save, args=[text]) for text in ("Première", "Seconde")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    offer.refresh_from_db()
    assert sorted(outcomes) == sorted(["refused", offer.terms_fr])
    assert (offer.version, len(trail(offer))) == (2, 1)
