"""Every pair of states, allowed or refused, in the tables and in the database, which say the same."""

import pytest
from django.utils import timezone

from core.roles import ROLE_PERMISSIONS
from partners.enums import (
    AdhesionState,
    AgreementState,
    ChangeState,
    OfferState,
    PartnerState,
    ReferralState,
    RefusalGround,
    VoucherState,
)
from partners.lifecycle import ADHESION, AGREEMENT, CHANGE, OFFER, PARTNER, REFERRAL, VOUCHER
from tests.factories.core import UserFactory
from tests.factories.partners import (
    AdhesionFactory,
    AgreementFactory,
    OfferChangeFactory,
    OfferFactory,
    PartnerFactory,
    ReferralFactory,
    VoucherFactory,
)
from tests.registry.test_lifecycle import database_allows, pairs_of, table_allows

pytestmark = pytest.mark.django_db

_OPEN = ("sent", "in_hand", "documents_asked")
# Written out once more: whoever changes a table says so here as well.
TABLES = {
    "partner": (PARTNER, PartnerState, {("active", "ended"), ("ended", "active")}),
    "agreement": (AGREEMENT, AgreementState, {("prepared", "signed"), ("signed", "ended")}),
    "adhesion": (
        ADHESION,
        AdhesionState,
        {
            ("proposed", "voted"),
            ("proposed", "refused"),
            ("refused", "proposed"),
            ("ended", "proposed"),
            ("voted", "ended"),
        },
    ),
    "offer": (
        OFFER,
        OfferState,
        {
            ("draft", "proposed"),
            ("proposed", "published"),
            ("proposed", "draft"),
            ("published", "withdrawn"),
            ("withdrawn", "draft"),
        },
    ),
    "change": (
        CHANGE,
        ChangeState,
        {("proposed", "accepted"), ("proposed", "returned"), ("proposed", "withdrawn")},
    ),
    "voucher": (VOUCHER, VoucherState, {("issued", "redeemed"), ("issued", "lapsed")}),
    "referral": (
        REFERRAL,
        ReferralState,
        {
            ("sent", "in_hand"),
            ("sent", "documents_asked"),
            ("in_hand", "documents_asked"),
            ("documents_asked", "in_hand"),
        }
        | {(source, to) for source in _OPEN for to in ("accepted", "refused", "withdrawn")},
    ),
}


def make(kind, state):
    """A record in this state that no constraint keeps from any other."""
    today, now = timezone.localdate(), timezone.now()
    if kind == "partner":
        return PartnerFactory(state=state)
    if kind == "agreement":
        more = {"signed_on": today, "end_reason": "x"}
        return AgreementFactory(state=state, **more)
    if kind == "adhesion":
        more = {"voted_on": today, "reason": "x"}
        return AdhesionFactory(state=state, **more)
    if kind == "offer":
        return OfferFactory(state=state)
    if kind == "change":
        return OfferChangeFactory(state=state, decided_by=UserFactory(), reason="x")
    if kind == "voucher":
        return VoucherFactory(state=state)
    more = {"ground": RefusalGround.OTHER, "answer": "x", "decided_at": now, "decided_by": UserFactory()}
    return ReferralFactory(state=state, **more)


@pytest.mark.parametrize(
    ("kind", "source", "to"),
    [(kind, *pair) for kind, (_table, states, _moves) in TABLES.items() for pair in pairs_of(states)],
)
def test_a_record_goes_where_its_table_says(kind, source, to):
    table, _states, moves = TABLES[kind]
    record = make(kind, source)

    def by_hand():
        type(record).objects.filter(pk=record.pk).update(state=to)

    expected = (source, to) in moves
    assert table_allows(table, source, to) == expected
    assert ((source, to) in table.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize("kind", TABLES)
def test_the_tables_are_whole(kind):
    """Names are unique, every move changes something, and somebody may make it."""
    moves = TABLES[kind][0].moves
    assert len({move.name for move in moves}) == len(moves)
    for move in moves:
        assert move.to not in move.sources
        assert any(move.permission in held for held in ROLE_PERMISSIONS.values())
