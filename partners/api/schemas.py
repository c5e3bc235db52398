"""What tills send and are answered. Descriptions are shown, translated, on the documentation page."""

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, Field

from cards.enums import CheckOutcome
from partners.enums import Access, UseWay

MOST_BRANCHES = 200
# No control character, among them the NUL that a database cannot hold.
_PRINTED = r"^[^\x00-\x1f\x7f]*$"
_WORDS = r"^[0-9A-Za-zÀ-ÿء-ي][^\x00-\x1f\x7f]*$"
_CODE = r"^[0-9A-Za-z][0-9A-Za-z._/-]*$"

CARD_EXAMPLE, OFFER_EXAMPLE, VOUCHER_EXAMPLE = "11-0000042-97", "partner-offer", "ACDE-FGHJ"
BRANCH_EXAMPLE = "LAA-01"


class Sent(Schema):
    """Read strictly: what the description does not know is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


CardText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=600,
        pattern=_PRINTED,
        description=_("What the scanner read of the card's code, or its serial or registration number."),
        examples=[CARD_EXAMPLE],
    ),
]
BranchCode = Annotated[
    str,
    Field(
        min_length=1,
        max_length=40,
        pattern=_CODE,
        description=_("Your own code of the branch."),
        examples=[BRANCH_EXAMPLE],
    ),
]
UsedAtBranch = Annotated[
    BranchCode | None,
    Field(description=_("Where it was used; left out for a key that speaks for one branch.")),
]


class CardToCheck(Sent):
    card: CardText


class CardUse(Sent):
    card: CardText
    offer: str = Field(
        min_length=1,
        max_length=80,
        pattern=r"^[0-9A-Za-z_-]+$",
        description=_("Code of the offer, as the list of offers gives it."),
        examples=[OFFER_EXAMPLE],
    )
    branch: UsedAtBranch = None


class VoucherUse(Sent):
    voucher: str = Field(
        min_length=1,
        max_length=40,
        pattern=_PRINTED,
        description=_("The code that the holder shows, with or without its hyphen."),
        examples=[VOUCHER_EXAMPLE],
    )
    branch: UsedAtBranch = None


class BranchSent(Sent):
    code: BranchCode
    name_ar: str = Field(
        min_length=1,
        max_length=120,
        pattern=_WORDS,
        description=_("Name in Arabic."),
        examples=["وكالة العيون"],
    )
    name_fr: str = Field(
        min_length=1,
        max_length=120,
        pattern=_WORDS,
        description=_("Name in French."),
        examples=["Agence de Laâyoune"],
    )
    commune: str = Field(
        pattern=r"^[0-9]{2}\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}$",
        description=_("Code of the commune, as the Haut-Commissariat au Plan gives it."),
        examples=["11.321.01.03"],
    )
    address_ar: str = Field("", max_length=200, pattern=_PRINTED, description=_("Address in Arabic."))
    address_fr: str = Field("", max_length=200, pattern=_PRINTED, description=_("Address in French."))
    phone: str = Field(
        "", max_length=16, pattern=r"^(\+[1-9][0-9]{7,14})?$", description=_("Telephone in E.164."),
        examples=["+212528000000"],
    )  # fmt: skip
    access: Literal["unknown", "full", "partial", "none"] = Field(
        Access.UNKNOWN.value, description=_("Access for disabled people; unknown unless you say it.")
    )
    latitude: float | None = Field(
        None, ge=-90, le=90, allow_inf_nan=False, description=_("Degrees, WGS 84; both or neither.")
    )
    longitude: float | None = Field(
        None, ge=-180, le=180, allow_inf_nan=False, description=_("Degrees, WGS 84; both or neither.")
    )
    is_open: bool = Field(True, description=_("False closes the branch: it is not shown any more."))


class BranchesSent(Sent):
    branches: list[BranchSent] = Field(min_length=1, max_length=MOST_BRANCHES)


class Holder(Schema):
    """The holder of a valid card; nothing else is told."""

    name_ar: str
    name_latin: str


class OfferRight(Schema):
    offer: str = Field(description=_("Code of the offer."), examples=[OFFER_EXAMPLE])
    right: bool = Field(description=_("Whether the holder has a right to it now."))
    reason: str = Field(description=_("Why, in a sentence, in the language that was asked for."))
    ways: list[UseWay]


class CardChecked(Schema):
    outcome: CheckOutcome
    valid: bool
    holder: Holder | None = Field(description=_("Empty unless the card is valid."))
    offers: list[OfferRight] = Field(
        description=_("Your offers that run now; empty unless the card is valid.")
    )


class UseRecorded(Schema):
    id: int
    offer: str
    way: UseWay
    number: int = Field(description=_("Which use of this holder it is within the period of the limit."))
    limit: int | None = Field(description=_("How many uses a person the offer gives; empty for no limit."))
    branch: str | None
    used_at: datetime


class BranchesPushed(Schema):
    created: int
    updated: int
    unchanged: int


class OfferListed(Schema):
    offer: str = Field(examples=[OFFER_EXAMPLE])
    name_ar: str
    name_fr: str
    ways: list[UseWay]
    limit: int | None


class OffersListed(Schema):
    offers: list[OfferListed]


class Wrong(Schema):
    """One thing that does not fit: `pointer` into the body (RFC 6901), or the header's name."""

    detail: str
    pointer: str | None = None
    header: str | None = None


class ProblemAnswered(Schema):
    """RFC 9457. Members that are empty are left out."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Wrong] | None = None
    outcome: CheckOutcome | None = None
