"""The rules of partners' offers: working values, changed by whoever manages offers, and kept in the trail."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from core.roles import Role
from partners.models import PartnershipRules

pytestmark = pytest.mark.django_db

RULES = {
    "ask_after_days": 100,
    "hide_after_days": 140,
    "notice_before_end_days": 30,
    "voucher_minutes": 10,
    "referral_days": 7,
}


def test_rules_are_changed_and_the_change_is_kept_once(sign_in):
    client = sign_in(Role.PARTNERSHIP_OFFICER)
    for _press in range(2):
        assert client.post(reverse("partners:rules"), RULES).status_code == 302
    rules = PartnershipRules.current()
    assert {name: getattr(rules, name) for name in RULES} == RULES
    (event,) = AuditEvent.objects.filter(action="partners.rules.changed")
    assert event.before["ask_after_days"] == 150
    assert event.after == RULES


@pytest.mark.parametrize(
    "wrong",
    [{"ask_after_days": 0}, {"voucher_minutes": ""}, {"referral_days": 9999}, {"hide_after_days": 100}],
)
def test_rules_that_cannot_hold_are_refused_in_words(sign_in, wrong):
    response = sign_in(Role.NATIONAL_ADMIN).post(reverse("partners:rules"), RULES | wrong)
    assert response.context["form"].errors
    assert PartnershipRules.objects.count() == 0


def test_the_page_says_that_nothing_of_it_is_official(sign_in):
    client = sign_in(Role.NATIONAL_ADMIN)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("partners:rules")).content.decode()
    assert page.count("Working value of the chambers: no official one is published.") == len(RULES)
    for role in (Role.REGIONAL_DIRECTOR, Role.AUDITOR, Role.PARTNER_ADMIN):
        assert sign_in(role).get(reverse("partners:rules")).status_code == 403
