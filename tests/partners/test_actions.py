"""Changes to offers: what is refused, what is kept, and who is told of it in the audit trail."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent, Region
from core.roles import Role
from partners import actions
from partners.enums import OfferState
from partners.models import Offer
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory

pytestmark = pytest.mark.django_db

TERMS = {"terms_ar": "تخفيض", "terms_fr": "Réduction", "starts_on": None, "ends_on": None}


@pytest.fixture
def administrator(db):
    return UserFactory(roles=[Role.NATIONAL_ADMIN])


def trail(offer):
    """The offer's audit rows, oldest first, as (action, before, after, reason)."""
    events = AuditEvent.objects.about(offer).order_by("id")
    return [(event.action, event.before, event.after, event.reason) for event in events]


def test_entering_terms_keeps_what_was_before_and_takes_the_confirmation_back(administrator):
    offer = OfferFactory(confirmed_on=timezone.localdate())
    region = Region.objects.get(code="11")
    actions.change_terms(offer=offer, terms=TERMS, regions=[region], version=1, by=administrator)
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
    offer = OfferFactory(**TERMS, confirmed_on=timezone.localdate(), regions=["11"])
    regions = Region.objects.filter(code="11")
    actions.change_terms(offer=offer, terms=TERMS, regions=regions, version=1, by=administrator)
    offer.refresh_from_db()
    assert (offer.version, offer.confirmed_on) == (1, timezone.localdate())
    assert trail(offer) == []


def test_a_form_opened_before_anothers_change_is_refused(administrator):
    offer = OfferFactory()
    actions.change_terms(offer=offer, terms=TERMS, regions=[], version=1, by=administrator)
    other = {**TERMS, "terms_fr": "Autre chose"}
    with pytest.raises(ActionRefused):
        actions.change_terms(offer=offer, terms=other, regions=[], version=1, by=administrator)
    offer.refresh_from_db()
    assert offer.terms_fr == "Réduction"
    assert len(trail(offer)) == 1


def test_confirming_is_dated_today_and_recorded_once(administrator):
    offer = OfferFactory()
    for _press in range(2):
        actions.confirm_offer(offer=offer, by=administrator)
    offer.refresh_from_db()
    assert offer.confirmed_on == timezone.localdate()
    assert trail(offer) == [
        (
            "partners.offer.confirmed",
            {"confirmed_on": None},
            {"confirmed_on": str(timezone.localdate())},
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
    actions.publish_offer(offer=offer, by=administrator)
    actions.confirm_offer(offer=offer, by=administrator)
    offer.refresh_from_db()
    assert (offer.state, offer.confirmed_on) == (OfferState.PUBLISHED, timezone.localdate())


@pytest.mark.parametrize("action", [actions.publish_offer, actions.confirm_offer])
def test_an_offer_whose_time_is_over_is_neither_published_nor_confirmed(administrator, action):
    offer = OfferFactory(state=OfferState.DRAFT, ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ActionRefused):
        action(offer=offer, by=administrator)
    assert trail(offer) == []


@pytest.mark.parametrize(
    ("state", "action", "arguments"),
    [
        (OfferState.PUBLISHED, actions.publish_offer, {}),
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
    administrator, offer = UserFactory(roles=[Role.NATIONAL_ADMIN]), OfferFactory()
    ready, outcomes = Barrier(2), []

    def save(terms_fr):
        try:
            ready.wait()
            terms = {**TERMS, "terms_fr": terms_fr}
            actions.change_terms(offer=offer, terms=terms, regions=[], version=1, by=administrator)
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
