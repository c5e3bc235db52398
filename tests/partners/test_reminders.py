"""Letters about offers that grow old and agreements that end soon: to the right people, each once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.models import Offer, PartnershipRules
from tests.factories.core import UserFactory
from tests.factories.partners import (
    AdhesionFactory,
    AgreementFactory,
    OfferFactory,
    PartnerAgentFactory,
    PartnerFactory,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def remind():
    call_command("remind_partnerships", verbosity=0)
    return [(letter.to, letter.body.count("- ")) for letter in mail.outbox]


def growing_old(**more):
    return OfferFactory(fresh_until=timezone.localdate() + 10 * DAY, **more)


def test_a_partner_is_asked_once_until_it_confirms():
    administrator = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN], email="a@example.ma"))
    offer = growing_old(partner=administrator.partner)
    growing_old(partner=administrator.partner)
    OfferFactory(partner=administrator.partner)
    for _day in range(3):
        assert remind() == [(["a@example.ma"], 2)]
    assert AuditEvent.objects.filter(action="partners.offer.asked").count() == 2
    offer.refresh_from_db()
    actions.confirm_offer(offer=offer, by=administrator.user)
    offer.refresh_from_db()
    assert (offer.asked_on, offer in Offer.objects.to_confirm()) == (None, False)
    Offer.objects.filter(pk=offer.pk).update(fresh_until=timezone.localdate() + 10 * DAY)
    assert remind() == [(["a@example.ma"], 2), (["a@example.ma"], 1)]


def test_a_partner_without_administrator_is_asked_at_its_own_address():
    growing_old(partner=PartnerFactory(email="info@example.ma"))
    unreachable = growing_old()
    assert remind() == [(["info@example.ma"], 1)]
    unreachable.refresh_from_db()
    assert unreachable.asked_on is None


def test_a_letter_that_is_not_taken_is_written_again(monkeypatch):
    offer = growing_old(partner=PartnerFactory(email="info@example.ma"))

    def refuse(*_arguments):
        raise OSError

    monkeypatch.setattr("partners.reminders.send_mail", refuse)
    with pytest.raises(OSError):
        remind()
    monkeypatch.undo()
    offer.refresh_from_db()
    assert offer.asked_on is None
    assert remind() == [(["info@example.ma"], 1)]


def test_when_offers_are_asked_for_follows_the_rules():
    offer = OfferFactory(fresh_until=timezone.localdate() + 40 * DAY)
    assert list(Offer.objects.to_confirm()) == []
    PartnershipRules.objects.create(pk=1, ask_after_days=100, hide_after_days=140)
    assert list(Offer.objects.to_confirm()) == [offer]


def test_endings_are_written_of_to_officers_and_to_the_regions_director():
    UserFactory(roles=[Role.PARTNERSHIP_OFFICER], email="officer@example.ma")
    UserFactory(roles=[Role.REGIONAL_DIRECTOR], region="11", email="here@example.ma")
    UserFactory(roles=[Role.REGIONAL_DIRECTOR], region="01", email="there@example.ma")
    soon = timezone.localdate() + 20 * DAY
    AgreementFactory(ends_on=soon)
    AdhesionFactory(ends_on=soon)
    AdhesionFactory(region="01", ends_on=timezone.localdate() + 300 * DAY)
    for _day in range(2):
        assert remind() == [(["officer@example.ma"], 1), (["here@example.ma"], 1)]


def test_another_end_is_written_of_anew():
    officer = UserFactory(roles=[Role.PARTNERSHIP_OFFICER], email="officer@example.ma")
    agreement = AgreementFactory(ends_on=timezone.localdate() + 20 * DAY)
    remind()
    values = {
        "name_ar": agreement.name_ar,
        "name_fr": agreement.name_fr,
        "reference": "",
        "starts_on": None,
        "ends_on": timezone.localdate() + 30 * DAY,
        "needs_adhesion": True,
    }
    actions.change_agreement(agreement=agreement, values=values, version=1, by=officer)
    assert len(remind()) == 2
