"""The signed list of cards that are not to be accepted, for phones that check without a network.

Runs of serial numbers, exact and compact: cards stopped one by one take two or three bytes each, a batch in
its boxes takes as much as one of them. Signed with the card key, and marked by its content type: no list can
be taken for a card's token, nor the other way round.
"""

import time
from collections.abc import Iterable

import cbor2
from cwt import COSE
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from cards.keys import EDDSA, signing_key
from cards.models import Card
from cards.tokens import HEADER_ALG, HEADER_KID, serial_number

# Header parameter of COSE, and what the list calls itself there.
HEADER_CONTENT_TYPE = 3
CONTENT_TYPE = "application/card-revocations+cbor"
# Entries of the list: when it was made (seconds since the epoch), then runs of serials by what befell them.
ISSUED, REVOKED, REPLACED, WAITING = 1, 2, 3, 4
# A stopped card is on every phone's list so many seconds later, if the phone is in reach.
FRESH_SECONDS = 300
_KEPT_SECONDS = 24 * 3600
_KEY = "card-revocations"
_cose = COSE.new()


def signed_list() -> bytes:
    """Return the list as a COSE_Sign1; raises NoSigningKey.

    Whoever comes first after FRESH_SECONDS makes it anew; the others get the one before meanwhile. Without
    Redis each one asked for is made anew.
    """
    name = f"{_KEY}:{signing_key().kid.hex()}"
    try:
        kept = cache.get(name)
        if not cache.add(f"{name}:fresh", True, FRESH_SECONDS) and kept is not None:
            return kept
        made = make_list()
        cache.set(name, made, _KEPT_SECONDS)
    except RedisError:
        made = make_list()
    return made


def make_list(issued: int | None = None) -> bytes:
    """Sign the list as things stand now; `issued` in seconds since the epoch."""
    found: dict[int, list[int]] = {REVOKED: [], REPLACED: [], WAITING: []}
    cards = Card.objects.not_to_be_accepted(timezone.localdate())
    for serial, waits, replaced in cards.iterator(chunk_size=10_000):
        found[WAITING if waits else REPLACED if replaced else REVOKED].append(serial_number(serial))
    claims = {ISSUED: int(time.time()) if issued is None else issued}
    claims |= {name: as_runs(numbers) for name, numbers in found.items()}
    key = signing_key()
    return _cose.encode_and_sign(
        cbor2.dumps(claims, canonical=True),
        key,
        protected={HEADER_ALG: EDDSA, HEADER_CONTENT_TYPE: CONTENT_TYPE, HEADER_KID: key.kid},
        unprotected={},
    )


def as_runs(numbers: Iterable[int]) -> bytes:
    """Write numbers as runs: the gap before each and the steps within it, seven bits a byte (LEB128)."""
    out = bytearray()
    following, first, last = 0, None, None
    for number in sorted(set(numbers)):
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None:
            _write(out, first - following)
            _write(out, last - first)
            following = last + 1
        first = last = number
    if first is not None:
        _write(out, first - following)
        _write(out, last - first)
    return bytes(out)


def _write(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
