"""Amendments, transfers, renewals and exits."""

from typing import Any

from tests.address import Address

ADDRESSES: dict[str, Address] = {}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """More records beside those of `tests.addresses.make_records`, in the same region."""
    return {}
