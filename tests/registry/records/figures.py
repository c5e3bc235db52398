"""Dashboards, reports, targets and open data."""

from datetime import date
from typing import Any

from registry.actions.figures import refresh_figures
from registry.models import RegistrationTarget
from tests.address import Address
from tests.factories.core import UserFactory


def _of_region(**more) -> Address:
    return Address(lambda records: {"region_code": records["region"]} | more, regional=True)


ADDRESSES: dict[str, Address] = {
    "registry:figures": Address(),
    "registry:count_figures": Address(),
    "registry:figures_file": Address(lambda r: {"form": "xlsx"}),
    "registry:region_figures": _of_region(),
    "registry:region_figures_file": _of_region(form="xlsx"),
    "registry:targets": Address(),
    "registry:region_targets": _of_region(year=2026),
    "registry:open_data": Address(),
    "registry:open_data_file": Address(lambda r: {"form": "csv"}),
    "registry:how_to_register": Address(query="?region=11"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A target of a province, and the region's people counted."""
    RegistrationTarget.objects.create(
        province=records["registrant"].commune.province,
        year=date.today().year,
        number=40,
        set_by=UserFactory(region=records["region"]),
    )
    refresh_figures()
    return {}
