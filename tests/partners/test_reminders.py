"""Letters about offers that grow old and agreements that end soon: to the right people, each once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
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
from tests.letters import refuse_letters

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


def test_a_letter_that_is_refused_keeps_nobody_elses_back_and_is_written_again(monkeypatch, caplog):
    offer = growing_old(partner=PartnerFactory(email="info@example.ma"))
    growing_old(partner=PartnerFactory(email="other@example.ma"))
    UserFactory(roles=[Role.PARTNERSHIP_OFFICER], email="officer@example.ma")
    AgreementFactory(ends_on=timezone.localdate() + 20 * DAY)
    refuse_letters(monkeypatch, "partners.reminders", "info@example.ma")
    with pytest.raises(CommandError, match="1 letters"):
        remind()
    sent = [["other@example.ma"], ["officer@example.ma"]]
    assert [letter.to for letter in mail.outbox] == sent
    assert "info@" not in caplog.text and f"partner {offer.partner_id}" in caplog.text
    offer.refresh_from_db()
    assert offer.asked_on is None
    monkeypatch.undo()
    remind()
    assert [letter.to for letter in mail.outbox] == [*sent, ["info@example.ma"]]


def test_an_officer_who_is_not_reached_has_the_others_written_to_once(monkeypatch):
    for name in ("a", "b", "c"):
        UserFactory(roles=[Role.PARTNERSHIP_OFFICER], email=f"{name}@example.ma")
    AgreementFactory(ends_on=timezone.localdate() + 20 * DAY)
    refuse_letters(monkeypatch, "partners.reminders", "a@example.ma", error=ValueError)
    with pytest.raises(CommandError, match="1 letters"):
        remind()
    assert remind() == [(["b@example.ma"], 1), (["c@example.ma"], 1)]


def test_an_ending_that_nobody_was_told_of_is_written_of_again(monkeypatch):
    UserFactory(roles=[Role.PARTNERSHIP_OFFICER], email="a@example.ma")
    AgreementFactory(ends_on=timezone.localdate() + 20 * DAY)
    refuse_letters(monkeypatch, "partners.reminders", "a@example.ma")
    for _day in range(2):
        with pytest.raises(CommandError, match="1 letters"):
            remind()
    monkeypatch.undo()
    assert remind() == [(["a@example.ma"], 1)]


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
