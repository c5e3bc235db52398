"""What is read of offers, and what the database refuses to hold."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from core.models import Chamber
from core.roles import Role
from partners.enums import OfferState
from partners.models import Adhesion, Agreement, Offer, Partner, PartnerAgent
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerAgentFactory, PartnerFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def refused_by(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize(
    ("starts", "ends", "runs"),
    [(None, None, True), (0, 0, True), (-1, 1, True), (1, None, False), (None, -1, False), (-3, -1, False)],
)
def test_an_offer_runs_from_its_first_day_to_its_last(starts, ends, runs):
    today = timezone.localdate()
    offer = OfferFactory(
        starts_on=None if starts is None else today + starts * DAY,
        ends_on=None if ends is None else today + ends * DAY,
    )
    assert offer.is_running is runs
    assert list(Offer.objects.running()) == ([offer] if runs else [])


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.WITHDRAWN])
def test_only_published_offers_run(state):
    offer = OfferFactory(state=state)
    assert not offer.is_running
    assert list(Offer.objects.running()) == []


def test_only_those_who_manage_offers_know_of_drafts():
    draft, shown = OfferFactory(state=OfferState.DRAFT), OfferFactory()
    visible = {
        role: set(Offer.objects.visible_to(UserFactory(roles=[role])))
        for role in (Role.NATIONAL_ADMIN, Role.REGISTRAR, Role.ARTISAN, Role.PARTNER_AGENT)
    }
    assert visible == {
        Role.NATIONAL_ADMIN: {draft, shown},
        Role.REGISTRAR: {shown},
        Role.ARTISAN: {shown},
        Role.PARTNER_AGENT: {shown},
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("بركوما", ["bricoma-tools"]),
        ("BRICOMA", ["bricoma-tools"]),
        ("السكك", ["oncf-card-holders"]),
        ("سكك الحديديه", ["oncf-card-holders"]),
        ("تامين", ["mcma-insurance"]),
        ("credits", ["barid-bank-loans"]),
        ("crédits Barid", ["barid-bank-loans"]),
        ("بنك قروض", ["barid-bank-loans"]),
        ("transport ferroviaire", ["oncf-card-holders"]),
        ("groupe barid fabrication", ["barid-media-card"]),
        ("insurance", ["mcma-insurance"]),
        ("لا شيء كهذا", []),
        ("؟!", []),
    ],
)
def test_search_folds_arabic_and_latin_and_knows_partner_group_and_domain(text, codes):
    call_command("load_partners", verbosity=0)
    assert list(Offer.objects.search(text).order_by("code").values_list("code", flat=True)) == codes


def test_an_empty_search_finds_everything():
    call_command("load_partners", verbosity=0)
    assert Offer.objects.search("  ").count() == Offer.objects.count() == 12


def test_the_catalogue_goes_by_domain_with_general_offers_last():
    call_command("load_partners", verbosity=0)
    assert list(Offer.objects.in_catalogue_order().values_list("code", flat=True)) == [
        "barid-bank-services",
        "barid-bank-loans",
        "barid-cash-services",
        "mcma-insurance",
        "ompic-protection",
        "bricoma-tools",
        "oncf-card-holders",
        "ctm-messagerie-shipping",
        "visa-terminals",
        "dar-assanie-programmes",
        "barid-media-card",
        "barid-al-maghrib-framework",
    ]


def test_an_account_acts_for_its_own_partner_only():
    agent = PartnerAgentFactory()
    PartnerFactory()
    assert Partner.objects.acted_for_by(agent.user) == agent.partner
    assert Partner.objects.acted_for_by(UserFactory(roles=[Role.NATIONAL_ADMIN])) is None


def test_terms_are_shown_in_the_language_of_the_reader():
    offer = OfferFactory(terms_ar="بالعربية", terms_fr="En français")
    said = {}
    for language in ("ar", "fr"):
        with translation.override(language):
            said[language] = (offer.terms, offer.name)
    assert said == {"ar": ("بالعربية", offer.name_ar), "fr": ("En français", offer.name_fr)}


def test_saving_some_fields_keeps_what_is_searched_in_step():
    offer = OfferFactory()
    offer.name_fr = "Réduction"
    offer.save(update_fields=["name_fr"])
    offer.partner.name_fr = "Société"
    offer.partner.save(update_fields=["name_fr"])
    assert list(Offer.objects.search("reduction societe")) == [offer]


def test_database_refuses_an_end_before_the_start():
    today = timezone.localdate()
    with refused_by("offer_ends_after_start"), transaction.atomic():
        OfferFactory(starts_on=today, ends_on=today - DAY)
    assert OfferFactory(starts_on=today, ends_on=today).pk


@pytest.mark.parametrize("terms", [{"terms_ar": "شروط"}, {"terms_fr": "Conditions"}])
def test_database_refuses_terms_in_one_language(terms):
    with refused_by("offer_terms_in_both_languages"), transaction.atomic():
        OfferFactory(**terms)
    assert Offer.objects.count() == 0


def test_database_refuses_a_second_vote_of_a_chamber_on_an_agreement():
    agreement = Agreement.objects.create(partner=PartnerFactory(), name_ar="اتفاقية", name_fr="Convention")
    chamber = Chamber.objects.get(region="11")
    Adhesion.objects.create(agreement=agreement, chamber=chamber, voted_on=timezone.localdate())
    with refused_by("adhesion_once"), transaction.atomic():
        Adhesion.objects.create(agreement=agreement, chamber=chamber, voted_on=timezone.localdate())
    assert agreement.adhesions.count() == 1


def test_database_refuses_the_same_code_twice_and_a_second_partner_for_an_agent():
    offer, agent = OfferFactory(), PartnerAgentFactory()
    with refused_by("partners_offer_code"), transaction.atomic():
        OfferFactory(code=offer.code)
    with refused_by("partners_partner_code"), transaction.atomic():
        PartnerFactory(code=offer.partner.code)
    with refused_by("partners_partneragent_user_id"), transaction.atomic():
        PartnerAgent.objects.create(user=agent.user, partner=offer.partner)
    assert (Offer.objects.count(), PartnerAgent.objects.count()) == (1, 1)


def test_a_partner_with_three_agents_sees_each_of_its_offers_once():
    draft = OfferFactory(state=OfferState.DRAFT)
    for role in (Role.PARTNER_ADMIN, Role.PARTNER_AGENT, Role.PARTNER_AGENT):
        agent = PartnerAgentFactory(partner=draft.partner, user=UserFactory(roles=[role]))
        if role == Role.PARTNER_ADMIN:
            admin = agent.user
    running, _hidden = OfferFactory(), OfferFactory(state=OfferState.DRAFT)
    assert sorted(offer.pk for offer in Offer.objects.visible_to(admin)) == sorted([draft.pk, running.pk])
