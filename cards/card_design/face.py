"""What a card says: the design that a batch shares, and what is the holder's alone."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, NamedTuple


class Bilingual(NamedTuple):
    ar: str
    fr: str


NO_WORDS = Bilingual("", "")


@dataclass(frozen=True)
class CardDesign:
    """What every card of one chamber and kind shares. `demo` prints SPECIMEN across both sides."""

    kind: str
    kind_label: Bilingual
    ministry: tuple[Bilingual, ...]
    chamber: Bilingual
    signatory_title: Bilingual
    signatory_name: Bilingual
    # Where a person types the serial, as it is read aloud: `carte.example.ma/v`.
    check_address: str
    # What the back asks of whoever finds the card.
    found: Bilingual = NO_WORDS
    band: str = "#0b5d4a"
    accent: str = "#e0a526"
    paper: str = "#faf6ec"
    # Pictures are PNG or JPEG, already checked and re-encoded where they were uploaded.
    logo: bytes | None = None
    signature: bytes | None = None
    demo: bool = False


@dataclass(frozen=True)
class CardFace:
    """One card. `photo` is a JPEG, 3 wide to 4 high; `url` is what the QR opens."""

    design: CardDesign
    name_ar: str
    name_latin: str
    craft: Bilingual
    region: Bilingual
    province: Bilingual
    nia: str
    issued_on: date
    valid_until: date
    serial: str
    url: str
    photo: bytes | None = None


def to_data(face: CardFace) -> dict[str, Any]:
    """Return the words of a card as JSON keeps them; pictures are kept as files."""
    data = asdict(replace(face, photo=None, design=replace(face.design, logo=None, signature=None)))
    data["issued_on"], data["valid_until"] = face.issued_on.isoformat(), face.valid_until.isoformat()
    return data


def from_data(
    data: dict[str, Any],
    *,
    photo: bytes | None = None,
    logo: bytes | None = None,
    signature: bytes | None = None,
) -> CardFace:
    """Return the card whose words `to_data` kept, with its pictures."""
    design = dict(data["design"], logo=logo, signature=signature)
    design["ministry"] = tuple(Bilingual(*line) for line in design["ministry"])
    for name in ("kind_label", "chamber", "signatory_title", "signatory_name", "found"):
        design[name] = Bilingual(*design.get(name, ("", "")))
    words = dict(data, design=CardDesign(**design), photo=photo)
    for name in ("craft", "region", "province"):
        words[name] = Bilingual(*words[name])
    for name in ("issued_on", "valid_until"):
        words[name] = date.fromisoformat(words[name])
    return CardFace(**words)
