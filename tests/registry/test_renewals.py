"""Renewals, where a chamber has set a length of a registration."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.dates import months_later
from core.exceptions import ActionRefused
from core.roles import Role
from registry import actions
from registry.enums import ChangeKind, RegistrantState
from registry.models import ChangeRequest, RegisterRules, Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def registrar():
    return UserFactory()


@pytest.fixture
def rules():
    return RegisterRules.objects.create(region_id="11", registration_months=36, renewal_notice_days=60)


def ending_in(days: int, **fields) -> Registrant:
    return RegistrantFactory(valid_until=timezone.localdate() + timedelta(days=days), **fields)


def due(user):
    return list(Registrant.objects.due_for_renewal(RegisterRules.objects.visible_to(user)))


def test_registering_sets_the_end_where_the_chamber_has_set_a_length(rules):
    registered = actions.approve_application(
        application=ApplicationFactory(), by=UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    )
    assert registered.valid_until == months_later(timezone.localdate(), 36)


def test_registering_sets_no_end_where_it_has_not():
    registered = actions.approve_application(
        application=ApplicationFactory(), by=UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    )
    assert registered.valid_until is None


def test_due_are_those_within_the_notice_soonest_first(rules, registrar):
    later, past = ending_in(60), ending_in(-5)
    ending_in(61)
    ending_in(5, state=RegistrantState.STRUCK_OFF)
    RegistrantFactory()
    assert due(registrar) == [past, later]


def test_nobody_is_due_where_registrations_do_not_end(registrar):
    ending_in(5)
    assert due(registrar) == []


def test_several_are_renewed_at_once_from_their_present_end(rules, registrar):
    soon, past = ending_in(10), ending_in(-10)
    requests = actions.enter_renewals(registrants=[past, soon], by=registrar)
    decider = UserFactory()
    for request in requests:
        actions.approve_change(request=request, by=decider)
    soon.refresh_from_db()
    past.refresh_from_db()
    assert soon.valid_until == months_later(timezone.localdate() + timedelta(days=10), 36)
    assert past.valid_until == months_later(timezone.localdate(), 36)
    assert due(registrar) == []


def test_one_that_is_not_due_stops_all_of_them(rules, registrar):
    with pytest.raises(ActionRefused, match="not due"):
        actions.enter_renewals(registrants=[ending_in(10), ending_in(300)], by=registrar)
    assert not ChangeRequest.objects.exists()


def test_an_end_that_was_changed_meanwhile_is_not_overwritten(rules, registrar):
    person = ending_in(10)
    [request] = actions.enter_renewals(registrants=[person], by=registrar)
    Registrant.objects.filter(pk=person.pk).update(valid_until=date(2030, 1, 1))
    with pytest.raises(ActionRefused, match="valid until"):
        actions.approve_change(request=request, by=UserFactory())
    assert request.kind == ChangeKind.RENEWAL
