"""The API for partners' tills: keys, scopes, limits, problems, and what each operation does."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cards.enums import CardState
from core.models import AuditEvent
from core.roles import Role
from partners.actions import make_key, revoke_key
from partners.enums import ApiScope, UseWay
from partners.models import ApiKey, Branch, OfferUse
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import BranchFactory, OfferFactory, PartnerFactory, VoucherFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db
BRANCH = {"code": "LAA-01", "name_ar": "وكالة", "name_fr": "Agence", "commune": "11.321.01.03"}


@pytest.fixture
def partner(db):
    return PartnerFactory()


@pytest.fixture
def make_till(partner):
    """`make_till(*scopes)` gives a function that sends a till's request with a key of its own."""

    def make(*scopes, of=partner, **fields):
        key, secret = make_key(
            partner=of,
            name="Caisse",
            scopes=scopes or list(ApiScope),
            days=30,
            by=UserFactory(roles=[Role.PARTNER_ADMIN]),
            **fields,
        )

        def send(name, body=None, *, once=None, method="post", **headers):
            headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"} | headers
            if once is not False and name in {"use", "redeem"}:
                headers["Idempotency-Key"] = once or uuid4().hex
            data = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
            return getattr(Client(), method)(reverse(f"tills:{name}"), headers=headers, **data)

        send.key, send.secret = key, secret
        return send

    return make


@pytest.fixture
def till(make_till):
    return make_till()


@pytest.fixture
def card(db):
    return CardFactory(state=CardState.HANDED_OVER)


def problem_of(response, status, slug):
    """The body, once it is seen to be a problem of this kind."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert (body["status"], body["type"].rpartition("#problem-")[2]) == (status, slug)
    return body


def test_a_card_is_answered_with_names_and_rights_and_nothing_more(till, partner, card):
    own = OfferFactory(partner=partner)
    OfferFactory()
    response = till("verify", {"card": card.serial})
    holder = card.registrant
    assert response.json() == {
        "outcome": "valid",
        "valid": True,
        "holder": {"name_ar": holder.name_ar, "name_latin": holder.name_latin},
        "offers": [
            {
                "offer": own.code,
                "right": True,
                "reason": "The holder of a valid card has a right to it.",
                "ways": ["card"],
            }
        ],
    }
    event = AuditEvent.objects.get(action="partners.card.checked")
    assert event.after == {"outcome": "valid", "partner": partner.code, "key": till.key.prefix}


@pytest.mark.parametrize("state", [CardState.STOLEN, CardState.IN_BOX])
def test_a_card_that_is_not_valid_says_nothing_of_its_holder(till, partner, state):
    card, offer = CardFactory(state=state), OfferFactory(partner=partner)
    answer = till("verify", {"card": card.serial})
    assert (answer.json()["holder"], answer.json()["offers"], answer.json()["valid"]) == (None, [], False)
    refused = till("use", {"card": card.serial, "offer": offer.code})
    body = problem_of(refused, 409, "card-not-valid")
    assert body["outcome"] == answer.json()["outcome"]
    said = answer.content.decode() + refused.content.decode()
    assert [name for name in (card.registrant.name_ar, card.registrant.name_latin) if name in said] == []


def test_a_use_is_recorded_once_for_one_idempotency_key(till, partner, card):
    offer = OfferFactory(partner=partner, limit_per_person=1)
    body = {"card": card.serial, "offer": offer.code}
    first = till("use", body, once="one")
    again = till("use", dict(reversed(body.items())), once="one")
    use = OfferUse.objects.get()
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert (again.headers["Idempotency-Replayed"], "Idempotency-Replayed" in first.headers) == ("true", False)
    assert (use.recorded_key, use.recorded_by, use.registrant) == (till.key, None, card.registrant)
    assert first.json() == {
        "id": use.pk,
        "offer": offer.code,
        "way": "card",
        "number": 1,
        "limit": 1,
        "branch": None,
        "used_at": use.used_at.isoformat(),
    }
    problem_of(till("use", body | {"branch": "X"}, once="one"), 422, "idempotency-key-reused")
    refused = till("use", body, once="two")
    assert problem_of(refused, 409, "refused") == till("use", body, once="two").json()


def test_one_keys_idempotency_is_not_anothers(make_till, partner, card):
    offer = OfferFactory(partner=partner)
    for send in (make_till(), make_till()):
        assert send("use", {"card": card.serial, "offer": offer.code}, once="one").status_code == 201
    assert OfferUse.objects.count() == 2


def test_a_voucher_is_redeemed_and_the_same_code_gives_the_same_use(make_till, partner, card):
    branch = BranchFactory(partner=partner)
    voucher = VoucherFactory(
        offer=OfferFactory(partner=partner, ways=[UseWay.VOUCHER]), registrant=card.registrant
    )
    send = make_till(branch=branch)
    first, again = (send("redeem", {"voucher": voucher.code}) for _time in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert (first.json()["way"], first.json()["branch"]) == ("voucher", branch.code)
    problem_of(send("redeem", {"voucher": "ACDEFGHJ"}), 404, "not-found")


def test_another_partners_offers_vouchers_and_branches_do_not_exist(till, card):
    others = VoucherFactory(registrant=card.registrant)
    branch = BranchFactory()
    own = OfferFactory(partner=till.key.partner)
    problem_of(till("redeem", {"voucher": others.code}), 404, "not-found")
    problem_of(till("use", {"card": card.serial, "offer": others.offer.code}), 404, "not-found")
    problem_of(till("use", {"card": card.serial, "offer": own.code, "branch": branch.code}), 404, "not-found")
    assert [one["offer"] for one in till("offers", method="get").json()["offers"]] == [own.code]
    till("branches", {"branches": [BRANCH | {"code": branch.code}]})
    branch.refresh_from_db()
    assert branch.name_fr != "Agence"
    assert not OfferUse.objects.exists()


def test_branches_are_put_by_their_code_and_the_same_list_changes_nothing(till, partner):
    lines = [BRANCH, BRANCH | {"code": "LAA-02", "latitude": 27.1418, "longitude": -13.187973}]
    answers = [till("branches", {"branches": lines}).json() for _time in range(2)]
    lines[0] = BRANCH | {"is_open": False}
    answers.append(till("branches", {"branches": lines}).json())
    counts = ("created", "updated", "unchanged")
    assert [tuple(answer[name] for name in counts) for answer in answers] == [(2, 0, 0), (0, 0, 2), (0, 1, 1)]
    assert list(Branch.objects.of_partner(partner).order_by("code").values_list("code", "is_open")) == [
        ("LAA-01", False),
        ("LAA-02", True),
    ]
    assert AuditEvent.objects.filter(action="partners.branches.pushed").count() == 2


def test_a_wrong_branch_is_named_by_its_place_and_nothing_is_changed(make_till, partner):
    lines = [BRANCH, BRANCH, BRANCH | {"code": "B", "commune": "99.999.99.99", "latitude": 1.5}]
    body = problem_of(make_till()("branches", {"branches": lines}), 409, "refused")
    assert [wrong["pointer"] for wrong in body["errors"]] == [
        "#/branches/1/code",
        "#/branches/2/commune",
        "#/branches/2/latitude",
    ]
    tied = make_till(branch=BranchFactory(partner=partner, code="own"))
    problem_of(tied("branches", {"branches": [BRANCH]}), 409, "refused")
    assert Branch.objects.of_partner(partner).count() == 1


def test_whoever_has_no_good_key_is_told_the_same(make_till, card):
    send = make_till()
    revoked, over = make_till(), make_till()
    revoke_key(key=revoked.key, by=UserFactory())
    past = timezone.now() - timedelta(seconds=1)
    ApiKey.objects.filter(pk=over.key.pk).update(created_at=past - timedelta(days=1), expires_at=past)
    other_secret = f"{send.key.prefix}.{over.secret.partition('.')[2]}"
    wrong = [
        "",
        "Bearer",
        "Bearer x",
        "Basic eDp5",
        f"Bearer {send.secret}x",
        f"Bearer {other_secret}",
        "Bearer é.é",
    ]
    wrong += [f"Bearer {revoked.secret}", f"Bearer {over.secret}", f"Bearer {send.key.prefix}."]
    said = set()
    for header in wrong:
        response = send("verify", {"card": card.serial}, Authorization=header)
        body = problem_of(response, 401, "no-key")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        said.add((body["title"], body["detail"]))
    assert len(said) == 1
    assert not AuditEvent.objects.filter(action="partners.card.checked").exists()


def test_a_key_does_what_it_was_made_for_and_nothing_else(make_till, partner, card):
    asked = {
        ApiScope.VERIFY: ("verify", {"card": card.serial}),
        ApiScope.RECORD: ("use", {"card": card.serial, "offer": OfferFactory(partner=partner).code}),
        ApiScope.BRANCHES: ("branches", {"branches": [BRANCH]}),
    }
    for scope in ApiScope:
        send = make_till(scope)
        statuses = {other: send(*request).status_code for other, request in asked.items()}
        assert {other for other, status in statuses.items() if status == 403} == set(ApiScope) - {scope}
        assert statuses[scope] in {200, 201}


def test_a_key_is_kept_as_a_digest_and_its_last_use_is_noted(till):
    key = ApiKey.objects.get()
    secret = till.secret.partition(".")[2]
    stored = [str(value) for value in ApiKey.objects.values().get().values()]
    assert [value for value in stored if secret in value] == []
    assert key.last_used_at is None
    till("offers", method="get")
    key.refresh_from_db()
    assert key.last_used_at is not None


def test_a_key_that_asks_too_often_waits(till, settings):
    settings.TILL_REQUESTS_A_MINUTE = 2
    answers = [till("offers", method="get") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    problem_of(answers[2], 429, "too-many")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_numbers_cannot_be_tried_one_after_another(till, card, settings):
    settings.TILL_UNKNOWN_CARDS = 3
    statuses = [till("verify", {"card": f"11-{number:07d}-00"}).status_code for number in range(4)]
    assert statuses == [200, 200, 200, 429]
    problem_of(till("redeem", {"voucher": "ACDEFGHJ"}), 429, "too-many")


def test_keys_cannot_be_tried_one_after_another(till, settings):
    settings.TILL_WRONG_KEYS = 2
    statuses = [till("offers", method="get", Authorization="Bearer a.b").status_code for _time in range(3)]
    assert statuses == [401, 401, 429]
    assert till("offers", method="get").status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/card"),
        ({"card": ""}, "#/card"),
        ({"card": 7}, "#/card"),
        ({"card": "x" * 601}, "#/card"),
        ({"card": "a\x00b"}, "#/card"),
        ({"card": "x", "name": "y"}, "#/name"),
        ([], "#"),
        (None, "#"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place_and_not_repeated(till, body, pointer):
    found = problem_of(till("verify", body if body is not None else "null"), 422, "validation")
    assert [wrong["pointer"] for wrong in found["errors"]] == [pointer]


def test_a_use_without_idempotency_key_is_not_recorded(till, partner, card):
    body = {"card": card.serial, "offer": OfferFactory(partner=partner).code}
    found = problem_of(till("use", body, once=False), 422, "validation")
    assert [wrong["header"] for wrong in found["errors"]] == ["Idempotency-Key"]
    assert not OfferUse.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "data", "content_type", "status"),
    [
        ("post", "cards/verify", "{", "application/json", 400),
        ("post", "cards/verify", b"\xff", "application/json", 400),
        ("post", "cards/verify", "card=x", "application/x-www-form-urlencoded", 415),
        ("post", "cards/verify", "{}", "application/json; charset=utf-16", 400),
        ("post", "nothing", "{}", "application/json", 404),
        ("get", "cards/verify", None, None, 405),
        ("delete", "offers", None, None, 405),
        ("post", "cards/verify", '{"card": "' + "x" * 2_200_000 + '"}', "application/json", 413),
    ],
    ids=["half", "bytes", "form", "charset", "no such address", "get", "delete", "endless"],
)
def test_every_error_is_a_problem(till, method, path, data, content_type, status):
    more = {"data": data, "content_type": content_type} if data is not None else {}
    headers = {"Authorization": f"Bearer {till.secret}"}
    response = getattr(Client(), method)(f"/api/tills/v1/{path}", headers=headers, **more)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    if status == 405:
        assert response.headers["Allow"]


def test_a_fault_of_ours_is_a_problem_too(till, card, monkeypatch):
    monkeypatch.setattr("partners.api.operations.actions.check_rights", lambda **_: 1 / 0)
    client = Client(raise_request_exception=False)
    response = client.post(
        reverse("tills:verify"),
        json.dumps({"card": card.serial}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {till.secret}"},
    )
    assert (response.status_code, response.headers["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in response.content.decode()


def test_sentences_are_in_the_language_that_was_asked_for(till, partner):
    holder = RegistrantFactory()
    CardFactory(registrant=holder, state=CardState.HANDED_OVER)
    OfferFactory(partner=partner, regions=["01"])
    reasons = [
        till("verify", {"card": holder.nia}, **{"Accept-Language": language}).json()["offers"][0]["reason"]
        for language in ("ar", "fr", "en")
    ]
    assert len(set(reasons)) == 3


def test_neither_cards_nor_keys_reach_the_log(till, partner, card, caplog):
    caplog.set_level(logging.DEBUG)
    OfferFactory(partner=partner)
    till("verify", {"card": card.serial})
    till("use", {"card": card.serial, "offer": "unknown"})
    till("verify", {"card": card.serial, "more": card.registrant.name_ar})
    till("offers", method="get", Authorization=f"Bearer {till.secret}x")
    written = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    private = [card.serial, card.registrant.name_ar, till.secret.partition(".")[2]]
    assert [text for text in private if text in written] == []
    assert "refused" in written or "not-found" in written


def test_the_description_and_its_page_are_open_and_whole():
    described = Client().get(reverse("tills:openapi")).json()
    page = Client().get(reverse("tills:api-root"), headers={"Accept-Language": "fr"})
    html = page.content.decode()
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert path in html and f'id="{operation["operationId"]}"' in html
            for response in operation["responses"].values():
                assert all("example" in media for media in response["content"].values())
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_operations_ask_little_of_the_database(till, partner, card, django_assert_max_num_queries):
    offers = [OfferFactory(partner=partner) for _offer in range(5)]
    with django_assert_max_num_queries(18):
        till("verify", {"card": card.serial})
    with django_assert_max_num_queries(34):
        till("use", {"card": card.serial, "offer": offers[0].code})
