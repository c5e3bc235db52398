"""The signed token inside a card's QR: a CWT (RFC 8392) with the card's serial and its expiry, nothing else.

Written as upper-case base32 without padding, which a QR holds compactly. The serial goes in as a number, four
bytes, so that the code stays coarse enough for a worn card and an old phone.
"""

import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import cbor2
from cwt import COSE, VerifyError

from cards.keys import EDDSA, signing_key, verifying_keys
from cards.serials import is_valid_serial, make_serial

# Parameters of a COSE header and claims of a CWT, by their registered numbers.
HEADER_ALG, HEADER_KID = 1, 4
CLAIM_EXP, CLAIM_CTI = 4, 7
SIGN1_TAG = 18
# Ours take some 150; nothing longer is decoded.
LONGEST_TOKEN = 256
# Base32 as digits that `int` knows: the standard library's own decoder takes longer than the signature.
_LETTERS = re.compile(r"[A-Za-z2-7]+")
_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHIJKLMNOPQRSTUV")
# What a signature of RFC 9052 (section 4.4) is over, beside header and payload.
_CONTEXT, _EXTERNAL = "Signature1", b""

_cose = COSE.new(verify_kid=True)


class Outcome(StrEnum):
    AUTHENTIC = "authentic"
    FORGED = "forged"
    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True)
class Reading:
    """What a token says; `serial` and `expires` only where it is authentic.

    `expires` is the last day of validity: comparing it with today is the caller's.
    """

    outcome: Outcome
    serial: str | None = None
    expires: date | None = None


class _NotAToken(Exception):
    """The text does not have a token's shape."""


def sign(serial: str, expires: date) -> str:
    """Return the token of a card whose last day of validity is `expires`: the same each time for one key."""
    if not is_valid_serial(serial):
        raise ValueError(f"not a card's serial: {serial!r}")
    key = signing_key()
    claims = {CLAIM_EXP: _first_moment_after(expires), CLAIM_CTI: _pack(serial)}
    signed = _cose.encode_and_sign(
        cbor2.dumps(claims, canonical=True),
        key,
        protected={HEADER_ALG: EDDSA, HEADER_KID: key.kid},
        unprotected={},
    )
    return b32encode(signed).decode().rstrip("=")


def read(token: str) -> Reading:
    """Say what a token is worth. Never raises, whatever the text."""
    try:
        message = _message(_base32(token))
        kid, alg = _headers(message.protected)
    except _NotAToken:
        return Reading(Outcome.MALFORMED)
    if alg != EDDSA:
        return Reading(Outcome.FORGED)
    key = verifying_keys().get(kid)
    if key is None:
        return Reading(Outcome.UNKNOWN_KEY)
    try:
        key.verify(message.signed, message.signature)
    except VerifyError:
        return Reading(Outcome.FORGED)
    try:
        return Reading(Outcome.AUTHENTIC, *_card(message.payload))
    except _NotAToken:
        return Reading(Outcome.MALFORMED)


def _base32(token: str) -> bytes:
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN or not _LETTERS.fullmatch(token):
        raise _NotAToken
    size, spare = divmod(len(token) * 5, 8)
    value = int(token.upper().translate(_DIGITS), 32)
    # The last letter has bits to spare, and never as many as a letter: one token has one spelling.
    if spare >= 5 or value & ((1 << spare) - 1):
        raise _NotAToken
    return (value >> spare).to_bytes(size)


class _Message(NamedTuple):
    """The parts of a COSE_Sign1 (RFC 9052, section 4.2)."""

    protected: bytes
    payload: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        return cbor2.dumps([_CONTEXT, self.protected, _EXTERNAL, self.payload])


def _message(content: bytes) -> _Message:
    message = _cbor(content)
    if not isinstance(message, cbor2.CBORTag) or message.tag != SIGN1_TAG:
        raise _NotAToken
    match message.value:
        case [bytes() as protected, dict() as unprotected, bytes() as payload, bytes() as signature] if (
            not unprotected
        ):
            return _Message(protected, payload, signature)
    raise _NotAToken


@lru_cache(maxsize=64)
def _headers(protected: bytes) -> tuple[bytes, object]:
    """Return key id and algorithm of the very header that we write."""
    header = _cbor(protected)
    if not isinstance(header, dict) or set(header) != {HEADER_ALG, HEADER_KID}:
        raise _NotAToken
    kid = header[HEADER_KID]
    if type(kid) is not bytes:
        raise _NotAToken
    return kid, header[HEADER_ALG]


def _card(claims: bytes) -> tuple[str, date]:
    content = _cbor(claims)
    if not isinstance(content, dict) or set(content) != {CLAIM_EXP, CLAIM_CTI}:
        raise _NotAToken
    moment, packed = content[CLAIM_EXP], content[CLAIM_CTI]
    if type(moment) is not int or type(packed) is not bytes or moment % 86400:
        raise _NotAToken
    try:
        return _unpack(packed), datetime.fromtimestamp(moment, UTC).date() - timedelta(days=1)
    except (ValueError, OverflowError, OSError) as error:
        raise _NotAToken from error


def _cbor(content: bytes) -> object:
    """Decode, and refuse any other spelling than ours: doubled keys, long forms, trailing bytes."""
    try:
        value = cbor2.loads(content)
        same = cbor2.dumps(value, canonical=True) == content
    except Exception as error:
        # Hostile bytes reach every corner of the decoder; whatever it raises, this is no token.
        raise _NotAToken from error
    if not same:
        raise _NotAToken
    return value


def _first_moment_after(day: date) -> int:
    """Seconds since the epoch at which validity is over: RFC 8392 refuses a token *from* this moment."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + 86400


def serial_number(serial: str) -> int:
    """Return region and number of a serial as one number; its check digits follow from it."""
    region, number, _check = serial.split("-")
    return int(region + number)


def _pack(serial: str) -> bytes:
    value = serial_number(serial)
    return value.to_bytes((value.bit_length() + 7) // 8)


def _unpack(packed: bytes) -> str:
    text = f"{int.from_bytes(packed):09d}"
    serial = make_serial(int(text[2:]), text[:2])
    if _pack(serial) != packed:
        raise ValueError("not packed by us")
    return serial
