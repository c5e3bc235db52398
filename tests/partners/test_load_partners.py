"""The portal's own reference data of partners: loaded whole, as often as wanted, over nobody's work."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

import core
import partners
from core.models import ServiceDomain
from core.roles import Role
from partners.actions import save_partner
from partners.enums import OfferState
from partners.models import Offer, Partner
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db

DOMAINS = json.loads((Path(core.__file__).parent / "data" / "service_domains.json").read_text())
PARTNERS = json.loads((Path(partners.__file__).parent / "data" / "partners.json").read_text())["partners"]


def load():
    call_command("load_service_domains", verbosity=0)
    call_command("load_partners", verbosity=0)


def name_of(code):
    """The French name of an offer of the file."""
    return next(row["fr"] for partner in PARTNERS for row in partner["offers"] if row["code"] == code)


def loaded_domains():
    return [
        {"code": domain.code, "ar": domain.name_ar, "fr": domain.name_fr, "en": domain.name_en}
        for domain in ServiceDomain.objects.all()
    ]


def loaded_partners():
    """The database in the form of the file."""
    return [
        {
            "code": partner.code,
            "ar": partner.name_ar,
            "fr": partner.name_fr,
            "parent": partner.parent.code if partner.parent else None,
            "domains": [domain.code for domain in partner.domains.all()],
            "offers": [
                {
                    "code": offer.code,
                    "ar": offer.name_ar,
                    "fr": offer.name_fr,
                    "domains": [domain.code for domain in offer.domains.all()],
                    "terms": {"ar": offer.terms_ar, "fr": offer.terms_fr} if offer.terms_ar else None,
                }
                for offer in partner.offers.order_by("id")
            ],
        }
        for partner in Partner.objects.order_by("id")
    ]


def test_what_is_loaded_is_the_files_whole():
    load()
    assert loaded_domains() == DOMAINS
    assert loaded_partners() == PARTNERS
    assert len(DOMAINS) == 10
    assert [(len(PARTNERS), sum(len(partner["offers"]) for partner in PARTNERS))] == [(11, 12)]


def test_reference_offers_are_published_without_terms_or_confirmation():
    load()
    assert set(Offer.objects.values_list("state", "terms_ar", "terms_fr", "confirmed_on")) == {
        (OfferState.PUBLISHED, "", "", None)
    }


def test_loading_again_changes_nothing():
    load()
    before = (
        sorted(Partner.objects.values_list()),
        sorted(Offer.objects.values_list("id", "code", "search_key")),
    )
    load()
    assert (
        sorted(Partner.objects.values_list()),
        sorted(Offer.objects.values_list("id", "code", "search_key")),
    ) == before
    assert loaded_partners() == PARTNERS


def test_loading_mends_names_and_leaves_what_people_changed():
    load()
    entered = {
        "terms_ar": "تخفيض للحاملين",
        "terms_fr": "Réduction pour les titulaires",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "confirmed_on": date(2026, 1, 15),
        "state": OfferState.WITHDRAWN,
        "version": 7,
    }
    Offer.objects.filter(code="oncf-card-holders").update(**entered, name_fr="Nom changé par quelqu'un")
    Offer.objects.filter(code="bricoma-tools").update(name_fr="Nom faux", terms_ar="أ", terms_fr="b")
    changed, other = Partner.objects.get(code="oncf"), Partner.objects.get(code="bricoma")
    values = {"name_ar": "اسم", "name_fr": "Nom", "parent_id": None, "website": "", "phone": "", "email": ""}
    save_partner(partner=changed, values=values, domains=[], by=UserFactory(roles=[Role.NATIONAL_ADMIN]))
    Partner.objects.filter(pk=other.pk).update(name_fr="Nom faux")
    offer = Offer.objects.get(code="oncf-card-holders")
    offer.regions.set(["11"])
    load()
    offer.refresh_from_db()
    assert {name: getattr(offer, name) for name in entered} == entered
    assert [region.code for region in offer.regions.all()] == ["11"]
    assert offer.name_fr == "Nom changé par quelqu'un"
    mended = Offer.objects.get(code="bricoma-tools")
    assert (mended.name_fr, mended.terms_fr) == (name_of("bricoma-tools"), "b")
    changed.refresh_from_db()
    other.refresh_from_db()
    assert (changed.name_fr, changed.domains.count(), other.name_fr) == ("Nom", 0, "Bricoma")


def test_domains_are_mended_in_place():
    load()
    ServiceDomain.objects.filter(code="rail").update(name_ar="خطأ", position=99)
    load()
    assert loaded_domains() == DOMAINS
