"""How one address is opened in the tests that walk all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Address:
    """How an address is opened: `kwargs` are made from a region's records.

    `regional` says that the record belongs to a region, so that elsewhere's does not exist for a regional
    account; `query` is put behind it; `asks_for_key` is for programs, which show a key: no session opens it.
    """

    kwargs: Callable[[dict[str, Any]], dict[str, Any]] = lambda records: {}
    regional: bool = False
    query: str = ""
    asks_for_key: bool = False


def of(name: str, **more) -> Address:
    """The address of one record that belongs to a region."""
    return Address(lambda records: {"pk": records[name].pk} | more, regional=True)
