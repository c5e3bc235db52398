"""The review of duplicates and merges."""

from typing import Any

from registry.models import Merge
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.pictures import picture
from tests.factories.registry import RegistrantFactory

ADDRESSES: dict[str, Address] = {
    "registry:duplicates": Address(),
    "registry:typed_duplicates": Address(),
    "registry:sweep_start": Address(),
    "registry:sweep_state": Address(),
    "registry:sweep_cancel": Address(),
    "registry:duplicate_review": of("pair"),
    "registry:duplicate_not_same": of("pair"),
    "registry:duplicate_again": of("pair"),
    "registry:duplicate_photograph": of("pair", side="first"),
    "registry:merge_undo": of("merge"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A pair of new entries with photographs, and a merge into the region's registrant."""
    commune = records["registrant"].commune
    first, second = (RegistrantFactory(commune=commune) for _ in range(2))
    for number, person in enumerate((first, second)):
        person.photograph.save("portrait.jpg", picture(seed=number), save=True)
    gone = RegistrantFactory(commune=commune, state="struck_off", merged_into=records["registrant"])
    merge = Merge.objects.create(
        kept=records["registrant"],
        merged=gone,
        reason="شخص واحد",
        before={"kept": {}, "merged": {}, "supervised": [], "closed_account": None},
        after={"kept": {}, "merged": {}},
        done_by=UserFactory(region=records["region"]),
    )
    return {"pair": make_pair(first, second), "merge": merge}
