"""The catalogue as everybody sees it without signing in, on a phone, in a search engine and on paper."""

import json
import re
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from core.roles import Role
from partners.enums import Access, AdhesionState, OfferState
from partners.models import CheckPoint, PartnershipDocument
from registry.models import Craft
from tests.factories.core import UserFactory
from tests.factories.partners import (
    AdhesionFactory,
    AgreementFactory,
    BranchFactory,
    OfferFactory,
    PartnerAgentFactory,
    PartnerFactory,
)
from tests.partners.schema_org import faults

pytestmark = pytest.mark.django_db

AGADIR = "09.001.01.01"


def page_of(offer, client=None, **query):
    return (client or Client()).get(reverse("partners:offer", args=[offer.pk]), query)


def data_of(response):
    """The structured data of a page, as a search engine takes it out."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.fixture
def whole():
    """An offer of which everything is known, with one place."""
    group = PartnerFactory(name_fr="Groupe", name_ar="المجموعة")
    partner = PartnerFactory(
        parent=group, phone="+212528890000", email="a@example.ma", website="https://example.ma/"
    )
    offer = OfferFactory(
        partner=partner,
        what_ar="تخفيض <b>",
        what_fr="Remise </script><script>alert(1)</script>",
        how_ar="قدم بطاقتك",
        how_fr="Présentez votre carte",
        terms_ar="شروط",
        terms_fr="Conditions",
        domains=["rail", "tools"],
        regions=["11"],
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
        confirmed_on=timezone.localdate(),
        agreement=AgreementFactory(partner=group),
    )
    BranchFactory(
        partner=partner,
        address_ar="شارع مكة",
        address_fr="Avenue de La Mecque",
        phone="+212528890001",
        access=Access.FULL,
        latitude="27.150000",
        longitude="-13.200000",
    )
    offer.requirements.create(name_ar="نسخة من البطاقة", name_fr="Copie de la carte")
    return offer


def test_nobody_signs_in_to_read_the_catalogue(whole):
    CheckPoint.objects.create(code="one", text_ar="نقطة", text_fr="Point", position=1)
    for name, arguments in (
        ("catalogue", []),
        ("offer", [whole.pk]),
        ("partner", [whole.partner.code]),
        ("check_points", []),
    ):
        response = Client().get(reverse(f"partners:{name}", args=arguments))
        assert response.status_code == 200
        # Without photographs, and before it is packed.
        assert len(response.content) < 40_000
    assert "نقطة" in response.content.decode()


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.PROPOSED, OfferState.WITHDRAWN])
def test_what_is_not_shown_does_not_exist_for_the_public(state):
    offer = OfferFactory(state=state)
    paper = PartnershipDocument.objects.create(
        offer=offer,
        name_ar="وثيقة",
        name_fr="Document",
        file=ContentFile(b"%PDF-1.7", name="a.pdf"),
        content_type="application/pdf",
        uploaded_by=UserFactory(),
    )
    addresses = [
        reverse("partners:offer", args=[offer.pk]),
        reverse("partners:leaflet", args=[offer.pk, "ar"]),
        reverse("partners:offer_picture", args=[offer.pk]),
        reverse("partners:offer_document", args=[paper.pk]),
    ]
    assert [Client().get(address).status_code for address in addresses] == [404] * 4
    assert reverse("partners:offer", args=[offer.pk]) not in Client().get("/sitemap.xml").content.decode()


def test_an_offer_that_nobody_confirmed_is_gone_from_everywhere():
    offer = OfferFactory(fresh_until=timezone.localdate() - timedelta(days=1))
    assert page_of(offer).status_code == 404
    assert offer.name_ar not in Client().get(reverse("partners:catalogue")).content.decode()
    assert f"/benefits/{offer.pk}/" not in Client().get("/sitemap.xml").content.decode()


def test_offers_are_found_by_craft_and_by_the_group_of_their_partner():
    first, second = Craft.objects.current()[:2]
    group = PartnerFactory()
    everyone, some = OfferFactory(), OfferFactory(partner=PartnerFactory(parent=group))
    some.crafts.set([first])

    def found(**query):
        response = Client().get(reverse("partners:catalogue"), query)
        return {offer.code for group in response.context["groups"] for offer in group["offers"]}

    assert found(craft=first.pk) == {everyone.code, some.code}
    assert found(craft=second.pk) == {everyone.code}
    assert found(partner=group.code) == {some.code}


def test_nothing_unknown_is_filled_in():
    offer = OfferFactory()
    with translation.override("en"):
        client = Client()
        client.cookies["django_language"] = "en"
        response = page_of(offer, client)
    page = response.content.decode()
    assert "Terms at the chamber" in page
    assert "The partner has not given its places to the portal." in page
    data = data_of(response)
    assert set(data) == {"@context", "@type", "@id", "url", "identifier", "name", "offeredBy", "areaServed"}
    assert faults(data) == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_structured_data_holds_against_the_vocabulary(whole, language):
    client = Client()
    client.cookies["django_language"] = language
    data = data_of(page_of(whole, client))
    assert faults(data) == []
    assert data["offeredBy"]["parentOrganization"]["name"] == {"ar": "المجموعة", "fr": "Groupe"}[language]
    assert data["availableAtOrFrom"][0]["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 27.15,
        "longitude": -13.2,
    }
    assert data["validThrough"] == whole.ends_on.isoformat()
    partner = client.get(reverse("partners:partner", args=[whole.partner.code]))
    assert faults(data_of(partner)) == []


def test_the_vocabulary_finds_what_is_wrong():
    wrong = {"@type": "Offer", "price": "1", "validFrom": "demain", "offeredBy": {"@type": "Place"}}
    assert len(faults(wrong)) == 3


def test_a_sent_link_says_what_it_leads_to(whole):
    client = Client()
    client.cookies["django_language"] = "fr"
    page = page_of(whole, client).content.decode()
    said = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', page))
    assert said["og:title"] == whole.name_fr
    assert said["og:url"].endswith(f"/benefits/{whole.pk}/")
    assert said["og:image"].startswith("http")
    assert "&lt;script&gt;" in said["og:description"]


def test_the_picture_of_a_link_has_the_size_that_messengers_want(whole):
    response = Client().get(reverse("partners:offer_picture", args=[whole.pk]))
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(response.content) < 150_000


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_leaflet_is_one_a5_page_whose_code_leads_to_the_offer(whole, language):
    response = Client().get(reverse("partners:leaflet", args=[whole.pk, language]), {"region": "11"})
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 1
        width, height = (float(one) / 72 * 25.4 for one in pdf.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (148, 210)
    document = pypdfium2.PdfDocument(response.content)
    code = zxingcpp.read_barcode(document[0].render(scale=3).to_pil())
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert code.text.endswith(f"/benefits/{whole.pk}/")
    if language == "fr":
        assert "Présentez votre carte" in text
        assert "Copie de la carte" in text


def test_a_leaflet_holds_on_one_page_whatever_was_written():
    long = "كلمة طويلة جدا " * 200
    offer = OfferFactory(what_ar=long, what_fr=long, how_ar=long, how_fr=long, terms_ar=long, terms_fr=long)
    for number in range(9):
        BranchFactory(partner=offer.partner, name_ar=f"وكالة {number}", address_ar="شارع طويل جدا " * 5)
    response = Client().get(reverse("partners:leaflet", args=[offer.pk, "ar"]))
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 1


def test_one_visitor_does_not_have_every_leaflet_made_anew(whole, monkeypatch):
    made = []
    monkeypatch.setattr("partners.views.leaflet.leaflet_pdf", lambda *_, **__: made.append(1) or b"%PDF-1.7")
    address = reverse("partners:leaflet", args=[whole.pk, "ar"])
    assert [Client().get(address).status_code for _visit in range(2)] == [200, 200]
    assert len(made) == 1
    monkeypatch.setattr("partners.views.leaflet.count", lambda *_: False)
    assert Client().get(address, {"region": "01"}).status_code == 429
    assert Client().get(reverse("partners:leaflet", args=[whole.pk, "en"])).status_code == 404


def test_places_stand_by_commune_with_access_for_disabled_people(whole):
    BranchFactory(partner=whole.partner, commune_id=AGADIR)
    BranchFactory(partner=whole.partner, is_open=False)
    response = page_of(whole)
    # The offer holds in one region: the place in another is none of its.
    assert [(commune.pk, len(here)) for commune, here in response.context["communes"]] == [
        ("11.321.01.03", 1)
    ]
    page = response.content.decode()
    assert "شارع مكة" in page
    assert "ولوج" in page or str(Access.FULL.label) in page


def test_many_places_are_named_a_region_at_a_time(monkeypatch):
    monkeypatch.setattr("partners.views.catalogue.BRANCHES_SHOWN", 2)
    offer = OfferFactory()
    BranchFactory.create_batch(3, partner=offer.partner)
    BranchFactory(partner=offer.partner, commune_id=AGADIR)
    response = page_of(offer)
    assert response.context["page"] is None
    assert [(one["region"].pk, one["count"]) for one in response.context["by_region"]] == [
        ("09", 1),
        ("11", 3),
    ]
    in_region = page_of(offer, region="11")
    assert in_region.context["page"].paginator.count == 3
    assert in_region.context["chamber"].region_id == "11"
    assert page_of(offer, region="").context["region"] is None
    elsewhere = page_of(offer, region="01")
    assert elsewhere.context["elsewhere"] is True


def test_a_partner_without_anything_to_show_is_not_named_to_the_public(sign_in):
    address = reverse("partners:partner", args=[PartnerFactory().code])
    assert Client().get(address).status_code == sign_in(Role.REGISTRAR).get(address).status_code == 404
    assert sign_in(Role.PARTNERSHIP_OFFICER).get(address).status_code == 200


def test_the_page_names_the_chambers_that_joined():
    agreement = AgreementFactory()
    joined = AdhesionFactory(agreement=agreement, region="11")
    AdhesionFactory(agreement=agreement, region="01", state=AdhesionState.PROPOSED, voted_on=None)
    offer = OfferFactory(agreement=agreement, partner=agreement.partner)
    response = page_of(offer)
    assert response.context["joined"] == [joined.chamber]
    told = {region: page_of(offer, region=region).context["has_not_joined"] for region in ("01", "11")}
    assert told == {"01": True, "11": False}


def test_an_offers_page_asks_as_often_for_three_places_as_for_one(whole, django_assert_num_queries):
    client, address = Client(), reverse("partners:offer", args=[whole.pk])
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    BranchFactory.create_batch(2, partner=whole.partner)
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_the_sitemap_names_what_is_open_to_all(whole):
    OfferFactory(state=OfferState.DRAFT)
    response = Client().get("/sitemap.xml")
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert tree.tag == f"{space}urlset"
    paths = [re.sub(r"https?://[^/]+", "", found.text) for found in tree.iter(f"{space}loc")]
    assert paths == [
        "/benefits/",
        "/benefits/points/",
        f"/benefits/{whole.pk}/",
        f"/benefits/with/{whole.partner.parent.code}/",
        f"/benefits/with/{whole.partner.code}/",
    ]
    assert all(Client().get(path).status_code == 200 for path in paths)
    assert "Sitemap: http://testserver/sitemap.xml" in Client().get("/robots.txt").content.decode()


def test_a_signed_in_manager_finds_the_way_to_the_offers_file(whole, sign_in):
    page = page_of(whole, sign_in(Role.NATIONAL_ADMIN)).content.decode()
    assert reverse("partners:offer_file", args=[whole.pk]) in page
    assert reverse("partners:offer_file", args=[whole.pk]) not in page_of(whole).content.decode()


def test_a_partners_administrator_sees_the_own_drafts_alone(sign_in):
    agent = PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))
    own = OfferFactory(partner=agent.partner, state=OfferState.DRAFT)
    other = OfferFactory(state=OfferState.DRAFT)
    client = sign_in(user=agent.user)
    assert (page_of(own, client).status_code, page_of(other, client).status_code) == (200, 404)
