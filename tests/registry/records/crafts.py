"""The versions of the list of crafts."""

from typing import Any

from registry.actions.craft_mapping import open_mapping
from registry.models import CraftList
from tests.address import Address
from tests.factories.core import UserFactory
from tests.factories.crafts import new_list


def _pk(name: str) -> Address:
    # National: every region reads the same lists.
    return Address(lambda records: {"pk": records[name].pk})


ADDRESSES: dict[str, Address] = {
    "registry:craft_lists": Address(),
    "registry:craft_list_new": Address(),
    "registry:craft_list": _pk("craft_list"),
    "registry:craft_list_discard": _pk("craft_list"),
    "registry:craft_mapping_open": _pk("craft_list"),
    "registry:craft_mapping": _pk("craft_change"),
    "registry:craft_mapping_one": _pk("craft_mapping"),
    "registry:craft_change": _pk("craft_change"),
    "registry:craft_change_undo": _pk("craft_change"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """More records beside those of `tests.addresses.make_records`, in the same region."""
    draft = CraftList.objects.exclude(uploaded_by=None).first()
    change = open_mapping(craft_list=draft or new_list(), by=UserFactory(roles=["national_admin"]))
    return {
        "craft_list": change.to_list,
        "craft_change": change,
        "craft_mapping": change.mappings.first(),
    }
