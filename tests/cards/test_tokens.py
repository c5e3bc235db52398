"""A token proves a card or proves nothing, and no text at all makes its reader fall over."""

from base64 import b32decode, b32encode
from datetime import date

import cbor2
import pytest
from cwt import COSE, COSEKey
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards import keys
from cards.serials import LARGEST_NUMBER, make_serial
from cards.tokens import Outcome, Reading, read, sign

SERIAL, DAY = "11-0000123-34", date(2031, 1, 15)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
not_authentic = {Outcome.FORGED, Outcome.MALFORMED, Outcome.UNKNOWN_KEY}
quick = hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    keys.ensure_key()


def raw(token: str) -> bytes:
    return b32decode(token + "=" * (-len(token) % 8))


def text(content: bytes) -> str:
    return b32encode(content).decode().rstrip("=")


def message(token: str) -> list:
    return cbor2.loads(raw(token)).value


def wrap(parts: list, tag: int = 18) -> str:
    return text(cbor2.dumps(cbor2.CBORTag(tag, parts)))


def signed(claims: object, *, protected=None, key=None) -> str:
    """A message that our own key signed, whatever it says."""
    key = key or keys.signing_key()
    payload = claims if isinstance(claims, bytes) else cbor2.dumps(claims, canonical=True)
    return text(
        COSE.new().encode_and_sign(payload, key, protected=protected or {1: -8, 4: key.kid}, unprotected={})
    )


@quick
@given(
    st.integers(1, LARGEST_NUMBER),
    st.integers(0, 99).map("{:02d}".format),
    st.dates(date(1999, 1, 1), date(2150, 1, 1)),
)
def test_what_was_signed_is_read_back(number, region, day):
    serial = make_serial(number, region)
    assert read(sign(serial, day)) == Reading(Outcome.AUTHENTIC, serial, day)


def test_letters_of_either_case():
    token = sign(SERIAL, DAY)
    assert token == token.upper()
    assert read(token.lower()) == read(token) == Reading(Outcome.AUTHENTIC, SERIAL, DAY)


def test_the_same_card_gives_the_same_token():
    assert sign(SERIAL, DAY) == sign(SERIAL, DAY)


def test_a_token_is_small_and_holds_serial_and_expiry_only():
    token = sign(SERIAL, DAY)
    protected, unprotected, payload, signature = message(token)
    assert len(token) <= 150
    assert cbor2.loads(protected) == {1: -8, 4: keys.signing_key().kid}
    assert unprotected == {} and len(signature) == 64
    assert cbor2.loads(payload) == {4: 1926288000, 7: (110000123).to_bytes(4)}


def test_an_expired_card_is_authentic_and_says_when():
    assert read(sign(SERIAL, date(2020, 2, 29))) == Reading(Outcome.AUTHENTIC, SERIAL, date(2020, 2, 29))


def test_only_serials_are_signed():
    with pytest.raises(ValueError):
        sign("11-0000123-35", DAY)


@pytest.mark.parametrize("kept", range(149))
def test_cut_short(kept):
    assert read(sign(SERIAL, DAY)[:kept]).outcome in not_authentic


@quick
@given(st.integers(0, 92), st.integers(1, 255))
def test_one_byte_changed(place, change):
    content = bytearray(raw(sign(SERIAL, DAY)))
    content[place] ^= change
    assert read(text(bytes(content))).outcome in not_authentic


@quick
@given(st.integers(0, 148), st.sampled_from(ALPHABET))
def test_one_letter_changed(place, letter):
    token = sign(SERIAL, DAY)
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or read(changed).outcome in not_authentic


@quick
@given(st.text(max_size=400) | st.text(ALPHABET, max_size=300) | st.binary(max_size=200).map(text))
def test_any_text_at_all(anything):
    assert read(anything).outcome in not_authentic


cbor_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary(max_size=64) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-9, 9) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


@quick
@given(st.lists(cbor_values, max_size=5), st.sampled_from([16, 17, 18, 61, 96, 97, 98]))
def test_any_cbor_in_any_cose_message(parts, tag):
    assert read(wrap(parts, tag)).outcome in not_authentic


@quick
@given(cbor_values)
def test_claims_of_wrong_kinds_are_no_card_even_if_we_signed_them(claims):
    assert read(signed(claims)).outcome is Outcome.MALFORMED


@pytest.mark.parametrize(
    "claims",
    [
        {4: 1926288000},
        {7: b"\x06\x8e\x77\xfb"},
        {4: 1926288000.0, 7: b"\x06\x8e\x77\xfb"},
        {4: True, 7: b"\x06\x8e\x77\xfb"},
        {4: 1926288001, 7: b"\x06\x8e\x77\xfb"},
        {4: 86400 * 10**12, 7: b"\x06\x8e\x77\xfb"},
        {4: -(86400 * 10**12), 7: b"\x06\x8e\x77\xfb"},
        {4: 1926288000, 7: "11-0000123-34"},
        {4: 1926288000, 7: b""},
        {4: 1926288000, 7: b"\x00\x06\x8e\x77\xfb"},
        {4: 1926288000, 7: b"\xff" * 40},
        {4: 1926288000, 7: b"\x06\x8e\x77\xfb", 2: "someone"},
    ],
)
def test_claims_out_of_shape(claims):
    assert read(signed(claims)).outcome is Outcome.MALFORMED


def test_doubled_keys_in_a_map():
    payload = bytes.fromhex("a3 04 1a72d13f00 04 1a00015180 07 44068e77fb")
    assert read(signed(payload)).outcome is Outcome.MALFORMED
    protected = b"\xa3\x01\x27\x01\x26\x04\x44" + keys.signing_key().kid
    _, unprotected, payload, signature = message(sign(SERIAL, DAY))
    assert read(wrap([protected, unprotected, payload, signature])).outcome is Outcome.MALFORMED


def test_longer_spellings_of_the_same_message():
    token = sign(SERIAL, DAY)
    content = raw(token)
    assert read(text(content + b"\x00")).outcome is Outcome.MALFORMED
    assert read(text(b"\xd8\x12" + content[1:])).outcome is Outcome.MALFORMED
    assert read(text(b"\xd2\x9f" + content[2:] + b"\xff")).outcome is Outcome.MALFORMED
    assert read(text(b"\xd8\x3d" + content)).outcome is Outcome.MALFORMED


def test_spare_bits_padding_and_look_alikes_of_base32():
    token = sign(SERIAL, DAY)
    spare = token[:-1] + ALPHABET[ALPHABET.index(token[-1]) ^ 1]
    assert [
        read(other).outcome for other in (spare, token + "=", token + "===", token + "A", f" {token}")
    ] == [Outcome.MALFORMED] * 5
    assert read(token.replace("S", "ſ", 1)).outcome is Outcome.MALFORMED
    assert read(token.replace("O", "0").replace("I", "1")).outcome is Outcome.MALFORMED


def test_huge_and_deep():
    assert read("A" * 10_000_000).outcome is Outcome.MALFORMED
    assert read(text(b"\x81" * 150)).outcome is Outcome.MALFORMED
    assert read(text(b"\x5b" + b"\xff" * 8)).outcome is Outcome.MALFORMED
    assert read(text(b"\x9b" + b"\x7f" * 8)).outcome is Outcome.MALFORMED
    assert read(text(b"\xd8\x23\x78\x20" + b"(a+)+$" * 5 + b"aa")).outcome is Outcome.MALFORMED


def test_nothing_but_text_is_read():
    assert [read(other).outcome for other in (None, 5, b"D2")] == [Outcome.MALFORMED] * 3


@pytest.mark.parametrize("algorithm", [0, None, 5, -7, -19, -257, "none", "EdDSA", b"", [-8], -8.0])
def test_another_algorithm_is_a_forgery(algorithm):
    protected, _, payload, signature = message(sign(SERIAL, DAY))
    protected = cbor2.dumps({1: algorithm, 4: keys.signing_key().kid}, canonical=True)
    assert read(wrap([protected, {}, payload, signature])).outcome in {Outcome.FORGED, Outcome.MALFORMED}


def test_no_signature_is_a_forgery():
    protected, _, payload, _ = message(sign(SERIAL, DAY))
    assert read(wrap([protected, {}, payload, b""])).outcome is Outcome.FORGED


def test_key_id_or_algorithm_moved_out_of_the_signed_header():
    kid = keys.signing_key().kid
    _, _, payload, signature = message(sign(SERIAL, DAY))
    assert read(wrap([b"", {1: -8, 4: kid}, payload, signature])).outcome is Outcome.MALFORMED
    assert read(wrap([b"\xa1\x01\x27", {4: kid}, payload, signature])).outcome is Outcome.MALFORMED


def test_a_mac_made_with_the_public_key_is_no_signature():
    public = keys.signing_key().to_dict()[keys.X]
    mac = COSEKey.from_symmetric_key(public, alg="HS256", kid=keys.signing_key().kid)
    claims = message(sign(SERIAL, DAY))[2]
    token = text(COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True).encode_and_mac(claims, mac))
    assert read(token).outcome is Outcome.MALFORMED


def test_a_stranger_key_is_unknown_and_under_our_key_id_a_forgery(settings, tmp_path):
    ours = keys.signing_key()
    settings.CARD_KEYS_DIR = tmp_path / "stranger"
    keys.ensure_key()
    stranger = keys.signing_key()
    strange = sign(SERIAL, DAY)
    swapped = signed(message(strange)[2], protected={1: -8, 4: ours.kid}, key=stranger)
    settings.CARD_KEYS_DIR = tmp_path / "keys"
    assert read(strange).outcome is Outcome.UNKNOWN_KEY
    assert read(swapped).outcome is Outcome.FORGED


def test_claims_of_one_card_with_the_signature_of_another():
    one, other = message(sign(SERIAL, DAY)), message(sign(make_serial(124, "11"), DAY))
    assert read(wrap([one[0], {}, other[2], one[3]])).outcome is Outcome.FORGED
