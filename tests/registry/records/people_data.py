"""What people may ask of the data held about them."""

from datetime import date
from typing import Any

from registry.enums import DataRequestKind
from registry.models import DataRequest, RetentionRun
from tests.address import Address, of
from tests.factories.core import UserFactory

ADDRESSES: dict[str, Address] = {
    "registry:data_requests": Address(),
    "registry:data_request": of("data_request"),
    "registry:people_data": of("registrant"),
    "registry:consents": of("registrant"),
    "registry:data_file": of("registrant", form="json"),
    "registry:readings": of("registrant"),
    "registry:own_data": Address(),
    "registry:own_consents": Address(),
    "registry:own_data_file": Address(lambda r: {"form": "json"}),
    "registry:retention": Address(),
    "registry:retention_run": of("retention_run"),
    "registry:retention_approve": of("retention_run"),
    "registry:retention_cancel": of("retention_run"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A request of the region's registrant, and a retention report with one entry."""
    run = RetentionRun.objects.create(
        region_id=records["region"], prepared_by=UserFactory(region=records["region"])
    )
    run.entries.create(registrant_number=0, reference="T-000000", reason="draft", since=date(2025, 1, 1))
    return {
        "data_request": DataRequest.objects.create(
            registrant=records["registrant"], kind=DataRequestKind.ACCESS, due_on=date(2026, 12, 1)
        ),
        "retention_run": run,
    }
