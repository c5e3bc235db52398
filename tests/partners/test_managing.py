"""Managing offers: who may, what is typed wrong, and that nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Role
from partners.enums import OfferState
from partners.models import Offer
from partners.offer_values import values_of
from tests.factories.partners import AgreementFactory, OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def shown(response):
    return [offer.code for offer in response.context["page"]]


@pytest.mark.parametrize(
    "role",
    [
        Role.REGISTRAR,
        Role.CARD_OFFICER,
        Role.REGIONAL_DIRECTOR,
        Role.PARTNER_ADMIN,
        Role.PARTNER_AGENT,
        Role.ARTISAN,
        Role.AUDITOR,
    ],
)
def test_those_who_do_not_manage_offers_change_none(sign_in, role):
    offer, client = OfferFactory(), sign_in(role)
    answers = [
        client.get(reverse("partners:partners")).status_code,
        client.get(reverse("partners:offer_edit", args=[offer.pk])).status_code,
        client.post(reverse("partners:offer_edit", args=[offer.pk]), sent()).status_code,
        client.post(reverse("partners:confirm", args=[offer.pk])).status_code,
        client.post(reverse("partners:propose", args=[offer.pk])).status_code,
        client.post(reverse("partners:check", args=[offer.pk])).status_code,
        client.post(reverse("partners:reopen", args=[offer.pk])).status_code,
        client.post(reverse("partners:withdraw", args=[offer.pk]), {"reason": "x"}).status_code,
    ]
    assert answers == [403] * 8
    offer.refresh_from_db()
    assert (offer.version, offer.terms_ar, offer.state) == (1, "", OfferState.PUBLISHED)


def test_the_list_shows_every_state_and_filters_what_is_missing(sign_in):
    partner = PartnerFactory()
    draft = OfferFactory(partner=partner, state=OfferState.DRAFT)
    bare = OfferFactory(partner=partner)
    whole = OfferFactory(partner=partner, terms_ar="أ", terms_fr="b", confirmed_on=timezone.localdate())
    client, address = sign_in(Role.NATIONAL_ADMIN), reverse("partners:partners")
    assert shown(client.get(address)) == [draft.code, bare.code, whole.code]
    assert shown(client.get(f"{address}?state=published&missing=terms")) == [bare.code]
    assert shown(client.get(f"{address}?missing=confirmation")) == [draft.code, bare.code]
    assert shown(client.get(f"{address}?state=draft&partner={partner.code}")) == [draft.code]


def sent(**more):
    """A form of an offer as a browser sends it."""
    return {
        "version": 1,
        "name_ar": "عرض",
        "name_fr": "Offre",
        "terms_ar": "تخفيض للحاملين",
        "terms_fr": "Réduction",
        "ways": ["card"],
        "limit_period": "ever",
    } | more


def test_an_offer_is_drafted_proposed_checked_confirmed_withdrawn_and_reopened(sign_in):
    partner, client = PartnerFactory(), sign_in(Role.NATIONAL_ADMIN)
    said = sent(
        starts_on="2026-01-01",
        regions=["11", "12"],
        kinds=["artisan"],
        ways=["card", "referral"],
        limit_per_person="2",
        limit_period="year",
        contact_phone="05 28 89 00 00",
        requirement_0_ar="نسخة من البطاقة",
        requirement_0_fr="Copie de la carte",
        requirement_0_needed="on",
        requirement_1_ar="",
        requirement_1_fr="",
    )
    created = client.post(f"{reverse('partners:offer_new')}?partner={partner.code}", said)
    offer = Offer.objects.get()
    page = reverse("partners:offer_file", args=[offer.pk])
    steps = [
        created,
        client.post(reverse("partners:propose", args=[offer.pk])),
        sign_in(Role.PARTNERSHIP_OFFICER).post(
            reverse("partners:check", args=[offer.pk]), {"outcome": "published"}
        ),
        client.post(reverse("partners:confirm", args=[offer.pk])),
        client.post(reverse("partners:withdraw", args=[offer.pk]), {"reason": "نهاية"}),
        client.post(reverse("partners:reopen", args=[offer.pk])),
    ]
    assert [(response.status_code, response.url) for response in steps] == [(302, page)] * 6
    offer.refresh_from_db()
    assert values_of(offer) == {
        "name_ar": "عرض",
        "name_fr": "Offre",
        "what_ar": "",
        "what_fr": "",
        "how_ar": "",
        "how_fr": "",
        "terms_ar": "تخفيض للحاملين",
        "terms_fr": "Réduction",
        "access_ar": "",
        "access_fr": "",
        "agreement": None,
        "domains": [],
        "regions": ["11", "12"],
        "crafts": [],
        "kinds": ["artisan"],
        "ways": ["card", "referral"],
        "limit_per_person": 2,
        "limit_period": "year",
        "starts_on": "2026-01-01",
        "ends_on": None,
        "contact_phone": "+212528890000",
        "contact_email": "",
        "requirements": [{"name_ar": "نسخة من البطاقة", "name_fr": "Copie de la carte", "is_required": True}],
    }
    assert (offer.state, offer.confirmed_on, offer.partner) == (OfferState.DRAFT, None, partner)
    assert [event.action.rpartition(".")[2] for event in AuditEvent.objects.about(offer).order_by("id")] == [
        "created",
        "proposed",
        "published",
        "confirmed",
        "withdrawn",
        "reopened",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"terms_fr": ""}, "terms_fr"),
        ({"terms_ar": ""}, "terms_ar"),
        ({"terms_ar": "Réduction"}, "terms_ar"),
        ({"terms_fr": "تخفيض"}, "terms_fr"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "ends_on"),
        ({"starts_on": "2026-02-31"}, "starts_on"),
        ({"regions": ["99"]}, "regions"),
        ({"version": "x"}, "version"),
        ({"what_ar": "خصم"}, "what_fr"),
        ({"ways": []}, "ways"),
        ({"limit_per_person": "0"}, "limit_per_person"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"requirement_0_ar": "نسخة", "requirement_0_fr": ""}, "requirement_0_fr"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field_and_nothing_is_lost(sign_in, wrong, field):
    offer = OfferFactory(state=OfferState.DRAFT)
    response = sign_in(Role.NATIONAL_ADMIN).post(
        reverse("partners:offer_edit", args=[offer.pk]), sent(**wrong)
    )
    assert list(response.context["form"].errors) == [field]
    typed = sent(**wrong)["terms_fr" if field != "terms_fr" else "terms_ar"]
    assert typed in response.content.decode()
    offer.refresh_from_db()
    assert (offer.terms_ar, offer.terms_fr, offer.starts_on, offer.version) == ("", "", None, 1)


def test_a_form_that_somebody_overtook_keeps_what_was_typed_and_changes_nothing(sign_in):
    offer, client = OfferFactory(state=OfferState.DRAFT), sign_in(Role.NATIONAL_ADMIN)
    address = reverse("partners:offer_edit", args=[offer.pk])
    client.post(address, sent())
    response = client.post(address, sent(terms_fr="Tapée trop tard"))
    assert [message.level_tag for message in response.context["messages"]][-1] == "error"
    assert "Tapée trop tard" in response.content.decode()
    offer.refresh_from_db()
    assert offer.terms_fr == "Réduction"


def test_a_withdrawal_without_reason_and_a_proposal_of_what_is_published_are_refused_in_words(sign_in):
    offer, client = OfferFactory(), sign_in(Role.NATIONAL_ADMIN)
    for name, sent in (("withdraw", {"reason": " "}), ("propose", {})):
        response = client.post(reverse(f"partners:{name}", args=[offer.pk]), sent, follow=True)
        assert [message.level_tag for message in response.context["messages"]][-1] == "error"
    offer.refresh_from_db()
    assert (offer.state, offer.version) == (OfferState.PUBLISHED, 1)


@pytest.mark.parametrize("name", ["confirm", "propose", "withdraw", "reopen"])
def test_a_link_changes_nothing(sign_in, name):
    offer = OfferFactory(state=OfferState.DRAFT)
    assert sign_in(Role.NATIONAL_ADMIN).get(reverse(f"partners:{name}", args=[offer.pk])).status_code == 405
    offer.refresh_from_db()
    assert offer.version == 1


def test_two_offers_of_one_name_have_codes_of_their_own(sign_in):
    partner, client = PartnerFactory(code="maison"), sign_in(Role.NATIONAL_ADMIN)
    for _offer in range(3):
        client.post(f"{reverse('partners:offer_new')}?partner={partner.code}", sent(name_fr="Crédit été"))
    codes = list(Offer.objects.order_by("id").values_list("code", flat=True))
    assert codes == ["maison-credit-ete", "maison-credit-ete-2", "maison-credit-ete-3"]


def test_a_returned_draft_says_why_until_it_is_handed_in_again(sign_in):
    offer = OfferFactory(state=OfferState.DRAFT)
    author, checker = sign_in(Role.NATIONAL_ADMIN), sign_in(Role.PARTNERSHIP_OFFICER)
    page = reverse("partners:offer_file", args=[offer.pk])
    author.post(reverse("partners:propose", args=[offer.pk]))
    checker.post(
        reverse("partners:check", args=[offer.pk]), {"outcome": "returned", "reason": "الثمن غير موثق"}
    )
    assert author.get(page).context["returned"] == "الثمن غير موثق"
    author.post(reverse("partners:propose", args=[offer.pk]))
    assert author.get(page).context["returned"] == ""


def test_documents_asked_for_keep_their_records_when_the_form_is_saved_again(sign_in):
    offer, client = OfferFactory(state=OfferState.DRAFT), sign_in(Role.NATIONAL_ADMIN)
    kept = offer.requirements.create(name_ar="نسخة", name_fr="Copie")
    offer.requirements.create(name_ar="أخرى", name_fr="Autre")
    papers = {
        "requirement_0_ar": "نسخة",
        "requirement_0_fr": "Copie certifiée",
        "requirement_1_ar": "جديدة",
        "requirement_1_fr": "Nouvelle",
        "requirement_1_needed": "on",
    }
    client.post(reverse("partners:offer_edit", args=[offer.pk]), sent(**papers))
    found = [(one.pk == kept.pk, one.name_fr, one.is_required) for one in offer.requirements.all()]
    assert found == [(True, "Copie certifiée", False), (False, "Nouvelle", True)]


def test_an_agreement_of_another_partner_is_not_offered(sign_in):
    offer, client = OfferFactory(state=OfferState.DRAFT), sign_in(Role.NATIONAL_ADMIN)
    response = client.post(
        reverse("partners:offer_edit", args=[offer.pk]), sent(agreement=AgreementFactory().pk)
    )
    assert list(response.context["form"].errors) == ["agreement"]
    own = AgreementFactory(partner=offer.partner)
    client.post(reverse("partners:offer_edit", args=[offer.pk]), sent(agreement=own.pk))
    offer.refresh_from_db()
    assert offer.agreement == own
