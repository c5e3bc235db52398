"""Addresses of refusals and of partners' figures, and what to open them on."""

from typing import Any

from tests.address import Address, of
from tests.factories.partners import BranchFactory
from tests.factories.refusals import RefusalFactory

ADDRESSES: dict[str, Address] = {
    "partners:refusals": Address(),
    "partners:refusal_counts": Address(),
    "partners:refusal": of("refusal"),
    "partners:refusal_take": of("refusal"),
    "partners:refusal_settle": of("refusal"),
    "partners:figures": Address(query="?since=2026-01-01"),
    "partners:figures_reach": Address(),
    "partners:figures_partners": Address(),
    "partners:figures_file": Address(lambda r: {"form": "xlsx"}),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A refusal that the region's artisan told of."""
    branch = BranchFactory(partner=records["offer"].partner)
    return {
        "refusal": RefusalFactory(offer=records["offer"], registrant=records["registrant"], branch=branch)
    }
