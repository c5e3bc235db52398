"""Keys that sign the codes on cards: files outside the database, so that its backups forge no card.

The directory holds one key a file, named by its key id, and `current`, which names the one that signs. Every
other key only verifies, for as long as its cards may be shown: `retire` leaves nothing of it but its public
half (`.pub`), with which nobody can sign.
"""

import fcntl
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from cwt import COSEKey
from cwt.cose_key_interface import COSEKeyInterface
from django.conf import settings

# COSE names (RFC 9052, RFC 9053): parameters of a key, its type and its curve.
KTY, KID, ALG, CRV, X, D = 1, 2, 3, -1, -2, -4
OKP, EDDSA, ED25519 = 1, -8, 6
_CURRENT = "current"
# Nanoseconds, far above the ticks of any clock of files.
_NEAR = 2_000_000_000
_KEY_FILE = re.compile(r"([0-9a-f]{8})\.(?:pem|pub)")


class NoSigningKey(Exception):
    """No key was made yet: `manage.py card_keys ensure` makes one."""


@dataclass(frozen=True)
class Keys:
    """What the directory held when it was read."""

    signing: COSEKeyInterface | None
    verifying: dict[bytes, COSEKeyInterface]


def signing_key() -> COSEKeyInterface:
    """Return the current private key; raises NoSigningKey."""
    key = _keys().signing
    if key is None:
        raise NoSigningKey("run: manage.py card_keys ensure")
    return key


def verifying_keys() -> dict[bytes, COSEKeyInterface]:
    """Return every public key by its key id, the current one's included."""
    return _keys().verifying


def public_key_set() -> bytes:
    """Return the public keys as a COSE_KeySet (RFC 9052), for those who verify elsewhere."""
    return cbor2.dumps([_public_parameters(key) for key in verifying_keys().values()], canonical=True)


def ensure_key() -> str:
    """Make the first signing key unless there is one; return the current key's id."""
    with _locked():
        return _current() or _make_key()


def new_key() -> str:
    """Roll over: make a key that signs from now on and return its id. The older ones go on verifying."""
    with _locked():
        return _make_key()


def retire_key(kid: str) -> None:
    """Keep of an older key its public half alone: its cards go on being verified, and it signs no more.

    Raises:
        ValueError: no such key, or the one that signs.
    """
    with _locked():
        private = _directory() / f"{kid}.pem"
        if kid == _current() or not _KEY_FILE.fullmatch(private.name) or not private.exists():
            raise ValueError(f"not an older private key: {kid}")
        public = _private_key(private.read_bytes()).public_key()
        _write(f"{kid}.pub", public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        private.unlink()


def key_ids() -> list[tuple[str, bool]]:
    """Return every key's id, with whether it is the one that signs."""
    current = _current()
    return [(kid, kid == current) for kid in _names()]


def _directory() -> Path:
    return Path(settings.CARD_KEYS_DIR)


def _names() -> tuple[str, ...]:
    try:
        files = [path.name for path in _directory().iterdir()]
    except FileNotFoundError:
        return ()
    return tuple(sorted({match[1] for match in map(_KEY_FILE.fullmatch, files) if match}))


def _current() -> str | None:
    try:
        return (_directory() / _CURRENT).read_text("ascii").strip()
    except FileNotFoundError:
        return None


def _keys() -> Keys:
    """The keys as they are now; each check of a card asks."""
    try:
        changed = os.stat(settings.CARD_KEYS_DIR).st_mtime_ns  # noqa: PTH116 - `Path` takes longer than asking
    except FileNotFoundError:
        return _keys_now()
    # Files come and go by renaming, which the directory's time tells; but for changes so near to each other
    # that both have the same time.
    if time.time_ns() - changed < _NEAR:
        return _keys_now()
    return _keys_since(str(settings.CARD_KEYS_DIR), changed)


@lru_cache(maxsize=4)
def _keys_since(path: str, changed: int) -> Keys:
    return _keys_now()


def _keys_now() -> Keys:
    # A key's file never changes once it is there, so that the names tell whether anything did. `current` is
    # read first: the key that it names was in place before it.
    current = _current()
    return _read_keys(str(settings.CARD_KEYS_DIR), _names(), current)


@lru_cache(maxsize=4)
def _read_keys(path: str, names: tuple[str, ...], current: str | None) -> Keys:
    directory = Path(path)
    public = {name: _public_key(directory, name) for name in names}
    signing = directory / f"{current}.pem"
    return Keys(
        signing=_signing(_private_key(signing.read_bytes())) if current in public else None,
        verifying={bytes.fromhex(name): COSEKey.new(_parameters(key)) for name, key in public.items()},
    )


def _private_key(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("a card key is an Ed25519 private key")
    return key


def _public_key(directory: Path, name: str) -> Ed25519PublicKey:
    try:
        return _private_key((directory / f"{name}.pem").read_bytes()).public_key()
    except FileNotFoundError:
        # Retired, perhaps this very moment: the public half was there before the private one went.
        key = load_pem_public_key((directory / f"{name}.pub").read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("a card key is an Ed25519 public key")
    return key


def _signing(private: Ed25519PrivateKey) -> COSEKeyInterface:
    return COSEKey.new(_parameters(private.public_key()) | {D: private.private_bytes_raw()})


def _parameters(public: Ed25519PublicKey) -> dict[int, object]:
    return {KTY: OKP, KID: _key_id(public), ALG: EDDSA, CRV: ED25519, X: public.public_bytes_raw()}


def _public_parameters(key: COSEKeyInterface) -> dict[int, object]:
    return {name: value for name, value in key.to_dict().items() if name in (KTY, KID, ALG, CRV, X)}


def _key_id(public: Ed25519PublicKey) -> bytes:
    """Four bytes of the key's thumbprint (RFC 9679): enough to tell ours apart, short enough for a QR."""
    required = {KTY: OKP, CRV: ED25519, X: public.public_bytes_raw()}
    return sha256(cbor2.dumps(required, canonical=True)).digest()[:4]


def _make_key() -> str:
    key = Ed25519PrivateKey.generate()
    kid = _key_id(key.public_key()).hex()
    _write(f"{kid}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _write(_CURRENT, kid.encode())
    return kid


def _write(name: str, content: bytes) -> None:
    """Put a file in place whole or not at all, readable by its owner only."""
    temporary = _directory() / f".{name}.new"
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(_directory() / name)


@contextmanager
def _locked() -> Iterator[None]:
    """Let one process at a time change the directory."""
    directory = _directory()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(directory / ".lock", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
