"""The catalogue and an offer's page: what each reader sees, in both languages, nothing made up."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from cards.enums import CardState
from core.dates import date_in_words
from core.roles import Role
from partners.enums import OfferState
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import OfferFactory, PartnerFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db

CATALOGUE = "/benefits/"


def shown(response):
    """The offers of the catalogue under their headings."""
    return [
        (group["code"], [offer.code for offer in group["offers"]]) for group in response.context["groups"]
    ]


def artisan(**fields):
    """An artisan's account with its entry of the register."""
    return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), **fields)


def in_french(client):
    client.cookies["django_language"] = "fr"
    return client


def test_the_catalogue_shows_offers_by_domain_and_the_general_ones_last(sign_in):
    call_command("load_partners", verbosity=0)
    response = sign_in(Role.ARTISAN).get(CATALOGUE)
    assert [code for code, _offers in shown(response)] == [
        "banking",
        "finance",
        "intermediation",
        "insurance",
        "industrial_property",
        "tools",
        "rail",
        "freight",
        "digital_payment",
        "promotion",
        "general",
    ]
    assert shown(response)[-1] == ("general", ["barid-media-card", "barid-al-maghrib-framework"])


def test_what_is_not_known_is_said_to_be_unknown(sign_in):
    OfferFactory(name_fr="Inconnue")
    OfferFactory(
        name_fr="Connue", terms_ar="أ", terms_fr="b", confirmed_on=timezone.localdate(), regions=["11"]
    )
    with translation.override("en"):
        client = sign_in(Role.ARTISAN)
        client.cookies["django_language"] = "en"
        page = client.get(CATALOGUE).content.decode()
    assert page.count("Terms at the chamber") == page.count("Not yet confirmed by the partner") == 1
    assert page.count("Terms are given") == page.count("The whole country") == 1
    assert f"Last confirmed on {date_in_words(timezone.localdate(), 'en')}" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("domain=rail", [("rail", ["oncf-card-holders"])]),
        ("domain=general", [("general", ["barid-media-card", "barid-al-maghrib-framework"])]),
        ("partner=barid-bank", [("banking", ["barid-bank-services"]), ("finance", ["barid-bank-loans"])]),
        ("q=بريكوما", []),
        ("q=بركوما", [("tools", ["bricoma-tools"])]),
        ("q=تامين&region=11", [("insurance", ["mcma-insurance"])]),
        ("partner=barid-bank&domain=finance&q=credits", [("finance", ["barid-bank-loans"])]),
    ],
)
def test_the_address_holds_search_and_filters(sign_in, query, expected):
    call_command("load_partners", verbosity=0)
    response = sign_in(Role.ARTISAN).get(f"{CATALOGUE}?{query}")
    assert shown(response) == expected
    assert len(response.context["chips"]) == query.count("=")


def test_an_offer_of_two_domains_stands_under_the_one_that_was_asked_for(sign_in):
    offer = OfferFactory(domains=["banking", "finance"])
    client = sign_in(Role.ARTISAN)
    assert shown(client.get(CATALOGUE)) == [("banking", [offer.code])]
    assert shown(client.get(f"{CATALOGUE}?domain=finance")) == [("finance", [offer.code])]


def test_tabs_count_each_domain_under_the_other_filters(sign_in):
    rail = OfferFactory(domains=["rail"], regions=["11"])
    OfferFactory(domains=["rail", "tools"], regions=["01"], partner=rail.partner)
    OfferFactory(partner=rail.partner)
    client = in_french(sign_in(Role.ARTISAN))
    tabs = client.get(f"{CATALOGUE}?region=11&domain=rail&page=1").context["tabs"]
    assert [(tab["url"], tab["count"], tab["active"]) for tab in tabs] == [
        ("?region=11", None, False),
        ("?region=11&domain=rail", 1, True),
        ("?region=11&domain=general", 1, False),
    ]
    assert [tab["count"] for tab in client.get(CATALOGUE).context["tabs"]] == [None, 1, 2, 1]


@pytest.mark.parametrize("query", ["domain=none-such", "partner=none-such", "region=99", f"q={'x' * 101}"])
def test_a_filter_that_means_nothing_filters_nothing_and_says_so(sign_in, query):
    offer = OfferFactory()
    response = sign_in(Role.ARTISAN).get(f"{CATALOGUE}?{query}")
    assert shown(response) == [("general", [offer.code])]
    assert list(response.context["form"].errors) == [query.partition("=")[0]]


def test_a_chip_takes_its_filter_away_and_keeps_the_others(sign_in):
    response = sign_in(Role.ARTISAN).get(f"{CATALOGUE}?q=a&domain=rail&page=3")
    assert [chip["url"] for chip in response.context["chips"]] == ["?domain=rail", "?q=a"]


def test_drafts_past_and_withdrawn_offers_are_not_in_the_catalogue(sign_in):
    OfferFactory(state=OfferState.DRAFT)
    OfferFactory(state=OfferState.WITHDRAWN)
    OfferFactory(ends_on=timezone.localdate() - timedelta(days=1))
    assert shown(sign_in(Role.NATIONAL_ADMIN).get(CATALOGUE)) == []


def test_pages_of_the_catalogue_keep_the_search_in_the_address(sign_in):
    OfferFactory.create_batch(25, partner=PartnerFactory(name_fr="Commun"))
    first = sign_in(Role.ARTISAN).get(f"{CATALOGUE}?q=commun")
    assert "?q=commun&amp;page=2" in first.content.decode()
    second = sign_in(Role.ARTISAN).get(f"{CATALOGUE}?q=commun&page=2")
    assert (len(shown(first)[0][1]), len(shown(second)[0][1])) == (24, 1)


@pytest.mark.parametrize(
    ("role", "address"), [(Role.ARTISAN, "partners:catalogue"), (Role.NATIONAL_ADMIN, "partners:partners")]
)
def test_a_list_asks_the_database_as_often_for_three_offers_as_for_one(
    sign_in, role, address, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(role)
    OfferFactory(domains=["rail"], regions=["11"], partner=PartnerFactory(parent=PartnerFactory()))
    with django_assert_max_num_queries(20) as first:
        client.get(reverse(address))
    for _more in range(2):
        OfferFactory(
            domains=["rail", "tools"], regions=["11"], partner=PartnerFactory(parent=PartnerFactory())
        )
    with django_assert_num_queries(len(first)):
        assert client.get(reverse(address)).context["page"].paginator.count == 3


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_an_offers_page_speaks_the_readers_language(sign_in, language):
    offer = OfferFactory(terms_ar="تخفيض\n\nللحاملين", terms_fr="Réduction\n\npour tous", domains=["rail"])
    client = sign_in(Role.REGISTRAR)
    client.cookies["django_language"] = language
    page = client.get(f"{CATALOGUE}{offer.pk}/").content.decode()
    expected = {
        "ar": [offer.name_ar, offer.partner.name_ar, "<p>تخفيض</p>", "النقل السككي", 'dir="rtl"'],
        "fr": [
            offer.name_fr,
            offer.partner.name_fr,
            "<p>Réduction</p>",
            "Transport ferroviaire",
            'dir="ltr"',
        ],
    }
    assert [text for text in expected[language] if text not in page] == []
    other = "fr" if language == "ar" else "ar"
    assert [text for text in expected[other] if text in page] == []


def test_terms_are_text_and_never_markup(sign_in):
    offer = OfferFactory(terms_ar="<b>أ</b>", terms_fr="<script>alert(1)</script>")
    page = in_french(sign_in(Role.ARTISAN)).get(f"{CATALOGUE}{offer.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("role", [Role.ARTISAN, Role.REGISTRAR, Role.PARTNER_AGENT, Role.AUDITOR])
def test_an_offer_that_does_not_run_does_not_exist_for_its_readers(sign_in, role):
    drafted = OfferFactory(state=OfferState.DRAFT)
    assert sign_in(role).get(f"{CATALOGUE}{drafted.pk}/").status_code == 404
    assert sign_in(Role.NATIONAL_ADMIN).get(f"{CATALOGUE}{drafted.pk}/").status_code == 200


def test_an_offer_without_terms_names_the_readers_chamber(sign_in):
    holder, offer = artisan(), OfferFactory()
    holder.region.chamber.__class__.objects.filter(region="11").update(phone="+212528890000")
    response = sign_in(user=holder.user).get(f"{CATALOGUE}{offer.pk}/")
    assert response.context["chamber"].region_id == "11"
    assert "05 28 89 00 00" in response.content.decode()


def test_an_artisan_is_told_of_the_own_right(sign_in):
    holder = artisan()
    here, elsewhere = OfferFactory(), OfferFactory(regions=["01"])
    client = sign_in(user=holder.user)

    def holds(offer):
        return client.get(f"{CATALOGUE}{offer.pk}/").context["right"].holds

    without_card = holds(here)
    CardFactory(registrant=holder, state=CardState.HANDED_OVER)
    assert (without_card, holds(here), holds(elsewhere)) == (False, True, False)


def test_history_is_for_those_who_manage_offers(sign_in):
    offer = OfferFactory()
    manager = sign_in(Role.NATIONAL_ADMIN)
    manager.post(reverse("partners:confirm", args=[offer.pk]))
    page = reverse("partners:offer_file", args=[offer.pk])
    assert [item["title"] for item in manager.get(page).context["history"]] == ["تأكيد عرض"]
    assert sign_in(Role.AUDITOR).get(page).status_code == 403
