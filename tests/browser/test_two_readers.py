"""The server and the telephone read tokens alike: what one takes for a card, the other does, and no more."""

import random
from datetime import date

import cbor2
import pytest
from cwt import COSE, COSEKey

from cards import keys
from cards.serials import make_serial
from cards.tokens import Outcome, read, sign
from tests.cards.test_tokens import message, text, wrap

pytestmark = pytest.mark.django_db(transaction=True)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
READ = """async (tokens) => {
    const answer = await fetch("/.well-known/card-keys");
    const keys = await Cose.readKeys(new Uint8Array(await answer.arrayBuffer()));
    const read = (token) => Cose.readToken(token, keys).then(
        (found) => found.known ? [found.serial, found.lastDay] : ["unknown key"], () => []);
    return Promise.all(tokens.map(read));
}"""


def hostile_tokens() -> list[str]:
    """Tokens that are cut, changed, swapped, spelled otherwise, signed otherwise or made to be too much."""
    chance = random.Random(11)
    serials = [make_serial(1, "01"), make_serial(9_999_999, "12"), make_serial(4711, "06")]
    good = [sign(serial, date(2031, 1, day)) for day, serial in enumerate(serials, start=1)]
    one, other = message(good[0]), message(good[2])
    claims = cbor2.loads(one[2])
    ours = keys.signing_key()
    mac = COSEKey.from_symmetric_key(ours.to_dict()[keys.X], alg="HS256", kid=ours.kid)
    made = [
        *good,
        *(token.lower() for token in good),
        *(good[0][:length] for length in range(0, len(good[0]), 7)),
        *(good[0] + tail for tail in ("A", "=", "====", " ", "\x00")),
        good[0][:-1] + ALPHABET[ALPHABET.index(good[0][-1]) ^ 1],
        wrap([one[0], {}, other[2], one[3]]),
        wrap([other[0], {}, one[2], other[3]]),
        wrap([one[0], {}, one[2], b""]),
        wrap([one[0], {}, one[2], one[3] + b"\x00"]),
        wrap([b"", {1: -8, 4: ours.kid}, one[2], one[3]]),
        *(
            wrap([cbor2.dumps({1: alg, 4: ours.kid}, canonical=True), {}, one[2], one[3]])
            for alg in (None, 0, 5, -7, "none", "EdDSA", [-8])
        ),
        wrap([cbor2.dumps({1: -8, 4: b"\x00\x00\x00\x00"}, canonical=True), {}, one[2], one[3]]),
        text(COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True).encode_and_mac(one[2], mac)),
        text(b"\x81" * 150),
        text(b"\x5b" + b"\xff" * 8),
        text(b"\x9b" + b"\x7f" * 8),
        text(b"\xd2\x9f\xff"),
        text(cbor2.dumps(claims)),
        "A" * 4000,
        "ÀÉ" * 20,
    ]
    for _ in range(120):
        token = list(chance.choice(good))
        for _ in range(chance.randint(1, 3)):
            token[chance.randrange(len(token))] = chance.choice(ALPHABET)
        made.append("".join(token))
    return made


def test_both_take_the_same_tokens_for_cards(page):
    tokens = hostile_tokens()
    page.goto("/check/?lang=fr")
    answers = page.evaluate(READ, tokens)
    expected = []
    for token in tokens:
        reading = read(token)
        expected.append(
            [reading.serial, reading.expires.isoformat()]
            if reading.outcome is Outcome.AUTHENTIC
            else ["unknown key"]
            if reading.outcome is Outcome.UNKNOWN_KEY
            else []
        )
    assert answers == expected
    assert sum(len(answer) == 2 for answer in answers) >= 6
