"""Managing offers: who may, what is typed wrong, and that nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.roles import Role
from partners.enums import OfferState
from tests.factories.partners import OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db

CATALOGUE = "/benefits/"
TERMS = {"terms_ar": "تخفيض للحاملين", "terms_fr": "Réduction", "starts_on": "", "ends_on": "", "version": 1}


def shown(response):
    return [offer.code for offer in response.context["page"]]


@pytest.mark.parametrize(
    "role",
    [
        Role.REGISTRAR,
        Role.CARD_OFFICER,
        Role.REGIONAL_DIRECTOR,
        Role.PARTNER_AGENT,
        Role.ARTISAN,
        Role.AUDITOR,
    ],
)
def test_those_who_do_not_manage_offers_change_none(sign_in, role):
    offer, client = OfferFactory(), sign_in(role)
    answers = [
        client.get(reverse("partners:partners")).status_code,
        client.get(reverse("partners:offer_terms", args=[offer.pk])).status_code,
        client.post(reverse("partners:offer_terms", args=[offer.pk]), TERMS).status_code,
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


def test_terms_are_entered_confirmed_withdrawn_and_published_again(sign_in):
    offer, client = OfferFactory(), sign_in(Role.NATIONAL_ADMIN)
    page = f"{CATALOGUE}{offer.pk}/"
    sent = TERMS | {"starts_on": "2026-01-01", "regions": ["11", "12"]}
    steps = [
        client.post(reverse("partners:offer_terms", args=[offer.pk]), sent),
        client.post(reverse("partners:confirm", args=[offer.pk])),
        client.post(reverse("partners:withdraw", args=[offer.pk]), {"reason": "نهاية"}),
        client.post(reverse("partners:reopen", args=[offer.pk])),
        client.post(reverse("partners:propose", args=[offer.pk])),
        sign_in(Role.PARTNERSHIP_OFFICER).post(
            reverse("partners:check", args=[offer.pk]), {"outcome": "published"}
        ),
    ]
    assert [(response.status_code, response.url) for response in steps] == [(302, page)] * 6
    offer.refresh_from_db()
    assert (offer.terms_ar, offer.terms_fr, str(offer.starts_on)) == (
        "تخفيض للحاملين",
        "Réduction",
        "2026-01-01",
    )
    assert [region.code for region in offer.regions.all()] == ["11", "12"]
    assert (offer.state, offer.confirmed_on) == (OfferState.PUBLISHED, None)
    assert [event.action.rpartition(".")[2] for event in AuditEvent.objects.about(offer).order_by("id")] == [
        "changed",
        "confirmed",
        "withdrawn",
        "reopened",
        "proposed",
        "published",
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
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field_and_nothing_is_lost(sign_in, wrong, field):
    offer = OfferFactory()
    response = sign_in(Role.NATIONAL_ADMIN).post(
        reverse("partners:offer_terms", args=[offer.pk]), TERMS | wrong
    )
    assert list(response.context["form"].errors) == [field]
    typed = (TERMS | wrong)["terms_fr" if field != "terms_fr" else "terms_ar"]
    assert typed in response.content.decode()
    offer.refresh_from_db()
    assert (offer.terms_ar, offer.terms_fr, offer.starts_on, offer.version) == ("", "", None, 1)


def test_a_form_that_somebody_overtook_keeps_what_was_typed_and_changes_nothing(sign_in):
    offer, client = OfferFactory(), sign_in(Role.NATIONAL_ADMIN)
    address = reverse("partners:offer_terms", args=[offer.pk])
    client.post(address, TERMS)
    response = client.post(address, TERMS | {"terms_fr": "Tapée trop tard"})
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
