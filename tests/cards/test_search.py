"""A card found by whatever a desk or a telephone gives, and what it is worth."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cards.enums import COMING_STATES, STOP_STATES, SUCCEEDED_STATES, CardState, CheckOutcome
from cards.keys import new_key
from cards.models import Card
from cards.qr import card_url
from cards.search import Identification, identify, outcome_of
from cards.serials import make_serial
from cards.tokens import sign
from registry.enums import RegistrantState
from tests.factories.cards import CardFactory, expired_card
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


def spellings(card):
    url = card_url(card.token)
    return {
        "address": url,
        "address in lower case": url.lower(),
        "address with a tail": f"  {url}?utm=x#y ",
        "token": card.token,
        "token in lower case": card.token.lower(),
        "serial": card.serial,
        "serial without hyphens": card.serial.replace("-", ""),
        "serial with spaces and Arabic digits": card.serial.replace("-", " ").translate(
            str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        ),
        "registration number": f" {card.registrant.nia} ",
    }


@pytest.mark.parametrize(
    "spelling",
    ["address", "address in lower case", "address with a tail", "token", "token in lower case", "serial",
     "serial without hyphens", "serial with spaces and Arabic digits", "registration number"],
)  # fmt: skip
def test_every_spelling_means_the_card(spelling):
    card = CardFactory(state=CardState.HANDED_OVER)
    assert identify(spellings(card)[spelling]) == Identification(CheckOutcome.VALID, card)


def test_a_card_is_valid_from_its_hand_over():
    assert identify(CardFactory(state=CardState.HANDED_OVER).token).outcome == CheckOutcome.VALID


def test_a_card_is_valid_on_its_last_day_and_expired_the_day_after():
    today = timezone.localdate()
    start = today - timedelta(days=30)
    last_day = CardFactory(state=CardState.HANDED_OVER, issued_on=start, valid_until=today)
    over = CardFactory(state=CardState.HANDED_OVER, issued_on=start, valid_until=today - timedelta(days=1))
    assert identify(last_day.token).outcome == CheckOutcome.VALID
    assert identify(over.token) == Identification(CheckOutcome.EXPIRED, over)


@pytest.mark.parametrize("state", COMING_STATES)
def test_a_card_that_nobody_was_given_is_not_yet_valid(state):
    assert identify(CardFactory(state=state).token).outcome == CheckOutcome.NOT_YET_VALID


def test_a_card_that_has_not_begun_is_not_yet_valid():
    tomorrow = timezone.localdate() + timedelta(days=1)
    card = CardFactory(state=CardState.HANDED_OVER, issued_on=tomorrow)
    assert identify(card.token).outcome == CheckOutcome.NOT_YET_VALID


@pytest.mark.parametrize("state", [*STOP_STATES, CardState.RENEWED, CardState.CANCELLED])
def test_a_stopped_card_is_told_so_even_when_it_expired(state):
    told = CheckOutcome.REPLACED if state in SUCCEEDED_STATES else CheckOutcome.REVOKED
    assert identify(CardFactory(state=state).token).outcome == told
    assert identify(expired_card(state=state).token).outcome == told


def test_a_lost_card_is_replaced_once_its_holder_has_another_in_hand():
    lost = CardFactory(state=CardState.LOST)
    newer = CardFactory(registrant=lost.registrant)
    assert identify(lost.token).outcome == CheckOutcome.REVOKED
    Card.objects.filter(pk=newer.pk).update(state=CardState.HANDED_OVER)
    assert identify(lost.token).outcome == CheckOutcome.REPLACED
    assert outcome_of(Card.objects.get(pk=lost.pk)) == CheckOutcome.REPLACED


@pytest.mark.parametrize("state", [RegistrantState.SUSPENDED, RegistrantState.STRUCK_OFF])
def test_a_holder_off_the_register_stops_the_card_at_once(state):
    card = CardFactory()
    card.registrant.state = state
    card.registrant.save()
    assert identify(card.token) == Identification(CheckOutcome.REVOKED, card)


def test_a_good_signature_on_a_card_that_is_not_there_is_unknown():
    token = sign(make_serial(8_888_888, "11"), timezone.localdate())
    assert identify(token) == Identification(CheckOutcome.UNKNOWN)


@pytest.mark.parametrize("text", ["", "   ", "11-0000001-00", "11-999999-9", "nobody", "محمد", "' OR 1=1 --"])
def test_what_means_no_card_is_unknown(text):
    assert identify(text) == Identification(CheckOutcome.UNKNOWN)


def test_a_changed_or_cut_token_is_forged():
    card = CardFactory()
    middle = len(card.token) // 2
    other = "A" if card.token[middle] != "A" else "B"
    changed = card.token[:middle] + other + card.token[middle + 1 :]
    for text in (changed, card.token[:-20], card_url(card.token)[:-3], card_url(""), card_url("NONSENSE")):
        assert identify(text) == Identification(CheckOutcome.FORGED), text


def test_a_key_that_is_not_ours_forges(settings, tmp_path):
    card, ours = CardFactory(), settings.CARD_KEYS_DIR
    settings.CARD_KEYS_DIR = tmp_path
    new_key()
    forged = sign(card.serial, card.valid_until)
    settings.CARD_KEYS_DIR = ours
    assert identify(forged) == Identification(CheckOutcome.FORGED)


def test_a_registration_number_means_the_live_card_else_the_last():
    person = RegistrantFactory(with_photograph=True)
    CardFactory(registrant=person, state=CardState.LOST)
    second = CardFactory(registrant=person, state=CardState.DAMAGED)
    assert identify(person.nia) == Identification(CheckOutcome.REVOKED, second)
    live = CardFactory(registrant=person, state=CardState.HANDED_OVER)
    later = CardFactory(registrant=person, state=CardState.CANCELLED)
    assert later.pk > live.pk
    assert identify(person.nia.lower()) == Identification(CheckOutcome.VALID, live)


def test_a_scan_costs_one_query(django_assert_num_queries):
    card = CardFactory()
    with django_assert_num_queries(1):
        found = identify(card_url(card.token))
        assert found.card.registrant.region.chamber.name
    with django_assert_num_queries(0):
        identify(card_url(card.token[:-8]))
