"""The signed list that phones check against: exact, compact, and no card's token."""

from datetime import timedelta

import cbor2
import pytest
from cwt import COSE
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cards import keys
from cards.enums import CardState
from cards.revocation import CONTENT_TYPE, REPLACED, REVOKED, WAITING, as_runs, make_list, signed_list
from cards.tokens import Outcome, read, serial_number
from registry.enums import RegistrantState
from tests.cards.test_tokens import text
from tests.factories.cards import CardFactory, expired_card

pytestmark = pytest.mark.django_db


def numbers_of(runs: bytes) -> list[int]:
    """What a phone reads back: see `runs` in static/js/check/cose.js."""
    values, value, shift = [], 0, 0
    for byte in runs:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value, shift = 0, 0
    found, following = [], 0
    for gap, steps in zip(values[::2], values[1::2], strict=True):
        first = following + gap
        found += range(first, first + steps + 1)
        following = first + steps + 1
    return found


def listed(name: int, signed: bytes | None = None) -> list[int]:
    message = cbor2.loads(signed or make_list())
    return numbers_of(cbor2.loads(message.value[2])[name])


@given(st.sets(st.integers(min_value=0, max_value=129_999_999), max_size=60))
def test_every_number_comes_back_and_no_other(numbers):
    assert numbers_of(as_runs(numbers)) == sorted(numbers)


def test_a_whole_batch_takes_no_more_than_a_few_bytes():
    assert len(as_runs(range(110_000_001, 110_010_001))) <= 8
    scattered = range(110_000_000, 110_900_000, 90)
    assert len(as_runs(scattered)) <= 2 * len(scattered) + 4


def test_each_card_stands_where_it_belongs():
    good = CardFactory(state=CardState.HANDED_OVER)
    stolen = CardFactory(state=CardState.STOLEN)
    waiting = CardFactory()
    lost = CardFactory(state=CardState.LOST)
    newer = CardFactory(registrant=lost.registrant, state=CardState.HANDED_OVER)
    suspended = CardFactory(state=CardState.HANDED_OVER, registrant__state=RegistrantState.SUSPENDED)
    expired_card(state=CardState.REVOKED)
    signed = make_list()
    assert listed(REVOKED, signed) == sorted(map(serial_number, (stolen.serial, suspended.serial)))
    assert listed(REPLACED, signed) == [serial_number(lost.serial)]
    assert listed(WAITING, signed) == [serial_number(waiting.serial)]
    assert {serial_number(card.serial) for card in (good, newer)}.isdisjoint(
        {*listed(REVOKED, signed), *listed(REPLACED, signed), *listed(WAITING, signed)}
    )


def test_it_is_signed_with_the_card_key_and_says_what_it_is():
    CardFactory(state=CardState.STOLEN)
    key = keys.verifying_keys()[keys.signing_key().kid]
    assert COSE.new(verify_kid=True).decode(make_list(), key)
    assert cbor2.loads(cbor2.loads(make_list()).value[0])[3] == CONTENT_TYPE


def test_a_list_is_no_token():
    assert read(text(make_list())).outcome is Outcome.MALFORMED


def test_a_stop_is_on_the_list_once_the_kept_one_is_no_longer_fresh():
    card = CardFactory(state=CardState.HANDED_OVER)
    before = signed_list()
    card.state, card.stopped_at = CardState.STOLEN, timezone.now()
    type(card).objects.filter(pk=card.pk).update(
        state=card.state, stopped_at=card.stopped_at, stop_reason="Told"
    )
    assert signed_list() == before
    cache.delete(f"card-revocations:{keys.signing_key().kid.hex()}:fresh")
    assert listed(REVOKED, signed_list()) == [serial_number(card.serial)]


class TestAddresses:
    def test_keys_are_a_cose_key_set_without_their_private_part(self, client):
        response = client.get("/.well-known/card-keys")
        assert response["Content-Type"] == "application/cose-key-set"
        found = cbor2.loads(response.content)
        assert [set(key) for key in found] == [{1, 2, 3, -1, -2}] * len(found)
        assert keys.signing_key().kid in [key[2] for key in found]

    def test_the_list_is_open_to_all_and_to_caches(self, client, django_assert_max_num_queries):
        CardFactory.create_batch(3, state=CardState.STOLEN)
        with django_assert_max_num_queries(1):
            response = client.get(reverse("verification:revoked"))
        assert response["Cache-Control"] == "public, max-age=300"
        assert len(listed(REVOKED, response.content)) == 3

    def test_whoever_has_it_already_is_told_so(self, client):
        address = reverse("verification:revoked")
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_without_a_key_it_says_to_come_again(self, client, settings, tmp_path):
        settings.CARD_KEYS_DIR = tmp_path / "none"
        response = client.get(reverse("verification:revoked"))
        assert (response.status_code, response["Retry-After"]) == (503, "300")

    @pytest.mark.parametrize("language", ["ar", "fr", "en"])
    def test_the_page_that_checks_by_itself_holds_every_answer_and_nobody(self, client, language):
        card = CardFactory()
        page = client.get(reverse("verification:offline"), {"lang": language}).content.decode()
        for outcome in ("valid", "not_yet_valid", "expired", "revoked", "replaced", "forged", "unsure"):
            assert f'data-answer="{outcome}"' in page
        assert card.registrant.name_ar not in page and card.serial not in page

    def test_the_worker_may_stand_above_both_addresses_and_changes_with_what_it_keeps(self, client, settings):
        response = client.get(reverse("verification:worker"))
        assert (response["Service-Worker-Allowed"], response["Cache-Control"]) == ("/", "no-cache")
        assert response["Content-Type"].startswith("text/javascript")

    def test_the_manifest_is_in_the_readers_language(self, client):
        found = client.get(reverse("verification:manifest"), {"lang": "fr"}).json()
        assert (found["lang"], found["dir"], found["start_url"]) == ("fr", "ltr", "/check/?lang=fr")

    def test_frames_are_read_by_the_server_and_what_is_none_is_refused(self, client):
        from io import BytesIO

        from cards.qr import qr_png

        url = CardFactory().face["url"]
        frame = BytesIO(qr_png(url, scale=6))
        frame.name = "frame.png"
        assert client.post(reverse("verification:frame"), {"frame": frame}).json() == {"text": url}
        bad = BytesIO(b"no picture")
        bad.name = "frame.jpg"
        assert client.post(reverse("verification:frame"), {"frame": bad}).status_code == 400
        assert client.post(reverse("verification:frame")).status_code == 400


def test_validity_ends_with_its_last_day():
    today = timezone.localdate()
    last_day = CardFactory(state=CardState.STOLEN, issued_on=today - timedelta(days=9), valid_until=today)
    assert listed(REVOKED) == [serial_number(last_day.serial)]
