"""What a till may ask for. Each operation is thin: the actions decide, lock and audit."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header, Status

from cards.enums import CheckOutcome
from cards.search import identify
from core.exceptions import ActionRefused
from partners import actions
from partners.actions.till_branches import BranchesRefused, push_from_till
from partners.api import schemas
from partners.api.description import VERSION, TillsAPI
from partners.api.idempotency import once
from partners.api.keys import TillKey
from partners.api.limits import count_miss, refuse_guessing
from partners.api.problems import Problem
from partners.enums import ApiScope
from partners.models import ApiKey, Branch, Offer, OfferUse, Voucher

_NOT_OURS = (CheckOutcome.UNKNOWN, CheckOutcome.FORGED)
_PLACES = Decimal("0.000001")

api = TillsAPI(
    title="Partners' tills",
    version=VERSION,
    description="Check professional cards, record uses of offers, push branches, from a partner's own tills.",
    urls_namespace="tills",
    openapi_url=None,
    docs_url=None,
)


def answers(status: int, schema: type, *more: int) -> dict[int, type]:
    """The answers of one operation: what it gives, and the problems that it may meet."""
    problems = dict.fromkeys(sorted((400, 401, 403, 405, 413, 415, 422, 429, *more)), schemas.ProblemAnswered)
    return {status: schema, **problems}


@contextmanager
def refusals() -> Iterator[None]:
    """What an action refuses, as a problem."""
    try:
        yield
    except ActionRefused as refusal:
        raise Problem(409, "refused", str(refusal)) from refusal


def idempotency_key() -> Any:
    return Header(
        ...,
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[0-9A-Za-z_-]+$",
        description=gettext_noop(
            "Made anew for each use, such as a UUID, and kept when the same request is sent again."
        ),
        examples=["5f0c3b1e-8f3c-4a0e-9d55-1f6a2b7c8d90"],
    )


@api.get(
    "/offers",
    auth=TillKey(),
    operation_id="listOffers",
    summary=gettext_noop("List your offers"),
    description=gettext_noop(
        "The offers of yours that run today, with the codes by which uses are recorded."
    ),
    response=answers(200, schemas.OffersListed),
    url_name="offers",
)
def list_offers(request: HttpRequest) -> dict:
    offers = Offer.objects.running().of_partner(request.auth.partner).order_by("code")
    return {
        "offers": [
            {
                "offer": offer.code,
                "name_ar": offer.name_ar,
                "name_fr": offer.name_fr,
                "ways": offer.ways,
                "limit": offer.limit_per_person,
            }
            for offer in offers
        ]
    }


@api.post(
    "/cards/verify",
    auth=TillKey(ApiScope.VERIFY),
    operation_id="verifyCard",
    summary=gettext_noop("Check a card"),
    description=gettext_noop(
        "Whether the card is valid, its holder's name and the right to each of your offers. A card that is "
        "not valid says nothing of its holder. Needs the scope cards:verify. The card's number stands in the "
        "body, so that no server's log holds it."
    ),
    response=answers(200, schemas.CardChecked),
    url_name="verify",
)
def verify_card(request: HttpRequest, sent: schemas.CardToCheck) -> dict:
    key: ApiKey = request.auth
    refuse_guessing(request, key)
    answer = actions.check_rights(text=sent.card, partner=key.partner, key=key)
    if answer.outcome in _NOT_OURS:
        count_miss(request, key)
    holder = answer.holder
    return {
        "outcome": answer.outcome,
        "valid": answer.outcome == CheckOutcome.VALID,
        "holder": {"name_ar": holder.name_ar, "name_latin": holder.name_latin} if holder else None,
        "offers": [
            {
                "offer": right.offer.code,
                "right": right.holds,
                "reason": right.reason,
                "ways": right.offer.ways,
            }
            for right in answer.rights
        ],
    }


@api.post(
    "/uses",
    auth=TillKey(ApiScope.RECORD),
    operation_id="recordUse",
    summary=gettext_noop("Record a use by card"),
    description=gettext_noop(
        "The holder showed the card and was served. Needs the scope uses:record. Sent again with the same "
        "idempotency key, it gives the same answer and records nothing more."
    ),
    response=answers(201, schemas.UseRecorded, 404, 409),
    url_name="use",
)
def record_use(
    request: HttpRequest, sent: schemas.CardUse, idempotency_key: str = idempotency_key()
) -> HttpResponse:
    key: ApiKey = request.auth
    refuse_guessing(request, key)

    def do() -> tuple[int, dict]:
        offer = Offer.objects.of_partner(key.partner).with_list_columns().filter(code=sent.offer).first()
        if offer is None:
            raise Problem(404, "not-found", _("No offer of yours has this code."))
        found = identify(sent.card)
        if found.outcome in _NOT_OURS:
            count_miss(request, key)
        if found.outcome != CheckOutcome.VALID:
            raise Problem(
                409,
                "card-not-valid",
                _("This card gives no right to your offers."),
                outcome=found.outcome.value,
            )
        branch = _branch(key, sent.branch)
        with refusals():
            use = actions.record_use(offer=offer, registrant=found.card.registrant, branch=branch, key=key)
        return 201, _use(use)

    return once(request, key, idempotency_key, do)


@api.post(
    "/uses/by-voucher",
    auth=TillKey(ApiScope.RECORD),
    operation_id="redeemVoucher",
    summary=gettext_noop("Record a use by voucher"),
    description=gettext_noop(
        "The holder showed a voucher's code, which is good for minutes and for one use. Needs the scope "
        "uses:record. A code that was used already gives its use again with status 200."
    ),
    response={200: schemas.UseRecorded, **answers(201, schemas.UseRecorded, 404, 409)},
    url_name="redeem",
)
def redeem_voucher(
    request: HttpRequest, sent: schemas.VoucherUse, idempotency_key: str = idempotency_key()
) -> HttpResponse:
    key: ApiKey = request.auth
    refuse_guessing(request, key)

    def do() -> tuple[int, dict]:
        if Voucher.objects.known_to(key.partner, sent.voucher) is None:
            count_miss(request, key)
            raise Problem(404, "not-found", _("This code is unknown."))
        branch = _branch(key, sent.branch)
        with refusals():
            redemption = actions.redeem_voucher(
                code=sent.voucher, partner=key.partner, branch=branch, key=key
            )
        return (201 if redemption.is_new else 200), _use(redemption.use)

    return once(request, key, idempotency_key, do)


@api.post(
    "/branches",
    auth=TillKey(ApiScope.BRANCHES),
    operation_id="pushBranches",
    summary=gettext_noop("Push branches"),
    description=gettext_noop(
        "Makes or changes the branches of the list by your own codes, all or none; the same list twice "
        "changes nothing, and branches that it does not name stay as they are. Needs the scope "
        "branches:write."
    ),
    response=answers(200, schemas.BranchesPushed, 409),
    url_name="branches",
)
def send_branches(request: HttpRequest, sent: schemas.BranchesSent) -> Status:
    key: ApiKey = request.auth
    lines = [_line(branch) for branch in sent.branches]
    try:
        pushed = push_from_till(partner=key.partner, lines=lines, key=key)
    except BranchesRefused as refusal:
        errors = [
            {"pointer": f"#/branches/{place}/{field}", "detail": words}
            for place, field, words in refusal.wrong
        ]
        raise Problem(409, "refused", str(refusal), errors=errors) from refusal
    return Status(200, vars(pushed))


def _branch(key: ApiKey, code: str | None) -> Branch | None:
    """Where it is used: the key's own branch, or the one that the till names."""
    if key.branch:
        if code and code != key.branch.code:
            raise Problem(409, "refused", _("This key speaks for another branch."))
        return key.branch
    if not code:
        return None
    branch = Branch.objects.of_partner(key.partner).filter(code=code).first()
    if branch is None:
        raise Problem(404, "not-found", _("No branch of yours has this code."))
    return branch


def _use(use: OfferUse) -> dict:
    return {
        "id": use.pk,
        "offer": use.offer.code,
        "way": use.way,
        "number": use.number,
        "limit": use.limit,
        "branch": use.branch.code if use.branch else None,
        "used_at": use.used_at.isoformat(),
    }


def _line(branch: schemas.BranchSent) -> dict[str, Any]:
    line = branch.dict()
    line["commune_id"] = line.pop("commune")
    for name in ("latitude", "longitude"):
        if line[name] is not None:
            line[name] = Decimal(str(line[name])).quantize(_PLACES)
    return line
