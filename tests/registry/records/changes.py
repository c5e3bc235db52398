"""Amendments, transfers, renewals and exits."""

from typing import Any

from django.core.files.base import ContentFile

from registry.enums import ChangeKind, ChangeState
from tests.address import Address, of
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory, portrait_bytes

ADDRESSES: dict[str, Address] = {
    "registry:changes": Address(),
    "registry:change_next": Address(),
    "registry:renewals": Address(),
    "registry:renewals_accept": Address(),
    "registry:transfer_ask": Address(),
    "registry:change": of("change"),
    "registry:change_decide": of("change"),
    "registry:change_prepare": of("wish"),
    "registry:change_submit": of("exit"),
    "registry:change_withdraw": of("change"),
    "registry:change_photograph": of("change", which="proposed"),
    "registry:change_document": Address(
        lambda r: {"pk": r["change"].pk, "document": r["change_scan"].pk}, regional=True
    ),
    "registry:change_letter": of("decided", language="ar"),
    "registry:amend": of("amendable"),
    "registry:transfer": of("amendable"),
    "registry:exit": of("amendable"),
    "registry:death": of("amendable"),
    "registry:own_correction": Address(),
    "registry:own_leave": Address(),
    "registry:own_change_withdraw": Address(lambda r: {"pk": r["change"].pk}),
    "registry:own_change_letter": Address(lambda r: {"pk": r["decided"].pk, "language": "fr"}),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """An amendment with its proof, a wish, an exit asked for, a refusal; and a file without any."""
    registrant = records["registrant"]
    commune = registrant.commune
    change = ChangeRequestFactory(
        registrant=registrant,
        changes={
            "given_name_latin": {"old": registrant.given_name_latin, "new": "Mohammed"},
            "phone": {"old": registrant.phone, "new": "+212661999999"},
            "photograph": {"old": registrant.photograph.name, "new": "new"},
        },
    )
    change.photograph.save("proposed.jpg", ContentFile(portrait_bytes()), save=True)
    scan = registrant.documents.create(
        kind="other",
        content_type="image/jpeg",
        uploaded_by=UserFactory(region=records["region"]),
        file=ContentFile(b"x", name="x.jpg"),
    )
    change.documents.add(scan)

    def another():
        return RegistrantFactory(commune=commune)

    return {
        "change": change,
        "change_scan": scan,
        "wish": ChangeRequestFactory(registrant=another(), state=ChangeState.ASKED, about="phone"),
        "exit": ChangeRequestFactory(registrant=another(), kind=ChangeKind.EXIT, state=ChangeState.ASKED),
        "decided": ChangeRequestFactory(registrant=registrant, state=ChangeState.REFUSED),
        "amendable": another(),
    }
