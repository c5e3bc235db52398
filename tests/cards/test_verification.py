"""The public check page: six answers told apart, three languages, little data, little weight."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from cards.check_limits import MISSES, SCANS, TYPED
from cards.enums import CardState, CheckOutcome
from cards.serials import make_serial
from cards.tokens import sign
from cards.unusual import checks_of_today
from core.models import AuditEvent, Chamber
from core.roles import Role
from partners.models import PartnerAgent
from registry.enums import ConsentPurpose
from registry.models import Registrant
from tests.factories.cards import CardFactory, expired_card
from tests.factories.partners import OfferFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(settings):
    settings.TEMPLATES = strict_templates()
    return Client()


def check(phone, token, **query):
    return phone.get(reverse("verification:check", args=[token]), query)


def replaced_card():
    """A card that was lost, whose holder has another one."""
    lost = CardFactory(state=CardState.LOST)
    CardFactory(registrant=lost.registrant, state=CardState.HANDED_OVER)
    return lost


def tokens_by_outcome():
    valid = CardFactory(state=CardState.HANDED_OVER)
    return {
        CheckOutcome.VALID: valid.token,
        CheckOutcome.NOT_YET_VALID: CardFactory(state=CardState.IN_BATCH).token,
        CheckOutcome.EXPIRED: expired_card().token,
        CheckOutcome.REVOKED: CardFactory(state=CardState.STOLEN).token,
        CheckOutcome.REPLACED: replaced_card().token,
        CheckOutcome.UNKNOWN: sign(make_serial(7_777_777, "11"), valid.valid_until),
        CheckOutcome.FORGED: valid.token[:-9],
    }


@pytest.mark.django_db(transaction=True)
def test_the_answers_outside_a_transaction_are_the_same(phone):
    tokens = tokens_by_outcome()
    short = {outcome: check(phone, token).content for outcome, token in tokens.items()}
    with transaction.atomic():
        assert {outcome: check(phone, token).content for outcome, token in tokens.items()} == short
    assert all(str(outcome.label) in short[outcome].decode() for outcome in tokens)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_each_answer_has_its_own_word_colour_and_icon(phone, language):
    seen = set()
    for outcome, token in tokens_by_outcome().items():
        response = check(phone, token, lang=language)
        page = response.content.decode()
        with translation.override(language):
            assert f"<h1>{outcome.label}</h1>" in page
        assert f'class="answer answer-{outcome.value}"' in page
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
        assert response.status_code == (404 if outcome in ("unknown", "forged") else 200)
        drawing = page.split('class="answer')[1].split("</svg>")[0].split("<path", 1)[1]
        seen.add(drawing)
    assert len(seen) == 7


def test_small_letters_in_the_address_are_as_good(phone):
    card = CardFactory()
    assert phone.get(f"/v/{card.token.lower()}").status_code == 200


def test_the_page_tells_what_the_card_says_and_nothing_else_of_the_person(phone):
    card = CardFactory(registrant__address="زنقة الصناع 12", registrant__email="person@example.org")
    page = check(phone, card.token).content.decode()
    person = card.registrant
    for shown in (person.name_ar, person.name_latin, person.principal_craft.name_fr, person.nia, card.serial):
        assert shown in page
    hidden = {
        person.national_id, person.phone, person.phone[4:], person.address, person.email,
        "1980", "17/05", card.photograph,
    }  # fmt: skip
    assert {text for text in hidden if text in page} == set()


def test_nothing_of_one_card_stays_for_the_next_and_names_are_text(phone):
    one, other = CardFactory(state=CardState.HANDED_OVER), CardFactory(state=CardState.HANDED_OVER)
    other.face["name_latin"] = "<b>Aïcha & Ali</b>"
    other.save()
    for language in ("ar", "fr", "ar"):
        first, second = (check(phone, card.token, lang=language).content.decode() for card in (one, other))
        assert one.serial in first
        assert {
            text for text in (one.serial, one.registrant.nia, one.face["name_ar"]) if text in second
        } == set()
        assert "&lt;b&gt;Aïcha &amp; Ali&lt;/b&gt;" in second
        assert "\x00" not in first + second


@pytest.mark.parametrize("state", [CardState.STOLEN, CardState.IN_BATCH])
def test_a_stopped_or_unmade_card_does_not_tell_whose_it_is(phone, state):
    card = CardFactory(state=state)
    page = check(phone, card.token).content.decode()
    person = card.registrant
    told = {text for text in (person.name_ar, person.name_latin, person.nia) if text in page}
    assert told == set()


def test_the_reason_of_a_stop_is_nobodys_business(phone):
    card = CardFactory(state=CardState.REVOKED, stop_reason="Told at the counter")
    assert "Told at the counter" not in check(phone, card.token).content.decode()


class TestPhotograph:
    def url(self, card):
        return reverse("verification:photograph", args=[card.token])

    def test_only_if_the_chamber_and_the_holder_allow_it(self, phone):
        card = CardFactory(state=CardState.HANDED_OVER)
        assert phone.get(self.url(card)).status_code == 404
        assert "<img" not in check(phone, card.token).content.decode()
        Chamber.objects.filter(region_id="11").update(photograph_on_verification=True)
        assert phone.get(self.url(card)).status_code == 404
        consent = card.registrant.consents.create(purpose=ConsentPurpose.PHOTOGRAPH_ON_CHECK)
        response = phone.get(self.url(card))
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response.content[:3] == b"\xff\xd8\xff"
        assert self.url(card) in check(phone, card.token).content.decode()
        consent.withdrawn_at = timezone.now()
        consent.save()
        assert phone.get(self.url(card)).status_code == 404

    def test_only_of_a_valid_card_and_by_its_code(self, phone):
        Chamber.objects.filter(region_id="11").update(photograph_on_verification=True)
        assert phone.get(self.url(CardFactory(state=CardState.LOST))).status_code == 404
        assert phone.get(self.url(expired_card())).status_code == 404
        page = phone.get(
            reverse("verification:form"), {"q": CardFactory(state=CardState.HANDED_OVER).serial}
        ).content.decode()
        assert "<img" not in page

    def test_a_lost_file_is_not_found(self, phone):
        Chamber.objects.filter(region_id="11").update(photograph_on_verification=True)
        card = CardFactory(state=CardState.HANDED_OVER, photograph="photographs/gone.jpg")
        card.registrant.consents.create(purpose=ConsentPurpose.PHOTOGRAPH_ON_CHECK)
        assert phone.get(self.url(card)).status_code == 404


class TestForm:
    url = "/check/"

    def test_it_asks(self, phone):
        assert reverse("verification:form") == self.url
        assert 'name="q"' in phone.get(self.url).content.decode()

    def test_a_serial_or_a_pasted_address_is_answered(self, phone):
        card = CardFactory()
        for typed in (card.serial, card.serial.replace("-", " "), card.face["url"].lower()):
            assert card.registrant.name_ar in phone.get(self.url, {"q": typed}).content.decode()

    def test_registration_numbers_are_not_answered(self, phone):
        card = CardFactory()
        response = phone.get(self.url, {"q": card.registrant.nia})
        assert response.status_code == 404
        assert card.registrant.name_ar not in response.content.decode()

    def test_what_was_typed_stays_and_is_escaped(self, phone):
        page = phone.get(self.url, {"q": '"><script>x</script>'}).content.decode()
        assert "<script>x" not in page
        assert "&quot;&gt;&lt;script&gt;" in page

    def test_numbers_tried_one_after_the_other_are_stopped_before_a_hit(self, phone):
        card = CardFactory()
        for number in range(MISSES.most):
            assert phone.get(self.url, {"q": make_serial(5_000_000 + number, "11")}).status_code == 404
        response = phone.get(self.url, {"q": card.serial})
        assert (response.status_code, response["Retry-After"]) == (429, "600")
        assert card.registrant.name_ar not in response.content.decode()
        # Who holds the card is not hindered by who guessed beside them.
        assert check(phone, card.token).status_code == 200

    def test_slips_of_the_finger_do_not_stop_a_whole_hall(self, phone):
        card = CardFactory()
        slip = card.serial[:-1] + str((int(card.serial[-1]) + 1) % 10)
        for _ in range(MISSES.most + 1):
            assert phone.get(self.url, {"q": slip}).status_code == 404
        assert phone.get(self.url, {"q": card.serial}).status_code == 200

    def test_even_good_numbers_have_an_end(self, phone):
        card = CardFactory()
        answers = [phone.get(self.url, {"q": card.serial}).status_code for _ in range(TYPED.most + 1)]
        assert answers == [200] * TYPED.most + [429]


def test_a_fair_behind_one_address_scans_without_being_stopped(phone):
    card = CardFactory()
    assert SCANS.most >= 1000
    assert {check(phone, card.token).status_code for _ in range(100)} == {200}


def test_page_is_light_kept_by_nobody_and_sets_no_cookie(phone, django_assert_max_num_queries):
    card = CardFactory()
    with django_assert_max_num_queries(2):
        response = check(phone, card.token)
    files = re.findall(r'(?:href|src)="/static/((?:css|js)/[^"]+)"', response.content.decode())
    assert {name.partition("/")[0] for name in files} == {"css", "js"}
    loaded = sum(len(Path(finders.find(name)).read_bytes()) for name in files)
    assert len(response.content) + loaded <= 30_000
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_without_signing_in_and_only_to_be_read(phone):
    card = CardFactory()
    assert phone.post(reverse("verification:check", args=[card.token])).status_code == 405
    assert Registrant.objects.count() == 1


def test_the_readers_language_is_kept(phone):
    card = CardFactory()
    phone.cookies["django_language"] = "fr"
    assert '<html lang="fr" dir="ltr">' in check(phone, card.token).content.decode()
    assert '<html lang="ar" dir="rtl">' in check(phone, card.token, lang="ar").content.decode()
    assert '<html lang="fr" dir="ltr">' in check(phone, card.token, lang="xx").content.decode()


class TestStaff:
    """What those who are signed in see beneath the answer that everybody sees."""

    def page(self, client, card, **query):
        return check(client, card.token, lang="fr", **query).content.decode()

    def test_an_officer_finds_the_card_and_the_file_and_it_is_kept_that_it_was_checked(self, sign_in):
        card = CardFactory(state=CardState.HANDED_OVER)
        page = self.page(sign_in(Role.CARD_OFFICER), card)
        assert reverse("cards:card", args=[card.pk]) in page
        assert reverse("registry:detail", args=[card.registrant_id]) in page
        event = AuditEvent.objects.get(action="cards.card.verified")
        assert (event.subject_label, event.after) == (card.serial, {"outcome": "valid"})

    def test_another_regions_officer_sees_what_everybody_sees(self, sign_in):
        card = CardFactory(state=CardState.HANDED_OVER)
        page = self.page(sign_in(Role.CARD_OFFICER, region="12"), card)
        assert reverse("cards:card", args=[card.pk]) not in page
        assert card.registrant.name_ar in page

    def test_a_partners_agent_sees_the_right_to_the_partners_own_offers(self, sign_in):
        card = CardFactory(state=CardState.HANDED_OVER)
        offer = OfferFactory()
        client = sign_in(Role.PARTNER_AGENT)
        PartnerAgent.objects.create(user=client.user, partner=offer.partner)
        page = self.page(client, card)
        assert offer.name_fr in page
        assert AuditEvent.objects.filter(action="partners.card.checked").count() == 1
        # One look at one card, whoever is told of it.
        assert cache.get(checks_of_today(card.serial).key) == 1

    def test_a_partners_agent_learns_nothing_of_a_stopped_card(self, sign_in):
        card = CardFactory(state=CardState.STOLEN)
        offer = OfferFactory()
        client = sign_in(Role.PARTNER_AGENT)
        PartnerAgent.objects.create(user=client.user, partner=offer.partner)
        page = self.page(client, card)
        assert offer.name_fr not in page and card.registrant.name_ar not in page

    def test_a_password_alone_opens_nothing_more(self, sign_in, settings):
        settings.STAFF_SECOND_FACTOR_REQUIRED = True
        card = CardFactory(state=CardState.HANDED_OVER)
        page = self.page(sign_in(Role.CARD_OFFICER), card)
        assert reverse("cards:card", args=[card.pk]) not in page
        assert not AuditEvent.objects.filter(action="cards.card.verified").exists()

    def test_an_artisan_sees_what_everybody_sees(self, sign_in):
        card = CardFactory(state=CardState.HANDED_OVER)
        page = self.page(sign_in(Role.ARTISAN), card)
        assert 'class="staff"' not in page
