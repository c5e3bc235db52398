"""Imports, exports and photographs in bulk."""

from typing import Any

from core.roles import Role
from tests.address import Address, of
from tests.factories.core import UserFactory
from tests.factories.imports import checked, person, received
from tests.factories.photographs import sent

ADDRESSES: dict[str, Address] = {
    "registry:imports": Address(),
    "registry:import_new": Address(),
    "registry:import_template": Address(),
    "registry:import": Address(lambda r: {"pk": r["import"].pk}, regional=True, query="?rows=error"),
    "registry:import_progress": of("import"),
    "registry:import_report": of("import", form="csv"),
    "registry:import_columns": of("import_unmatched"),
    "registry:import_sheet": of("import_unmatched"),
    "registry:import_review": of("import"),
    "registry:import_decide": of("import", line=2),
    "registry:import_apply": of("import"),
    "registry:import_cancel": of("import"),
    "registry:import_resume": of("import"),
    "registry:import_undo": of("import"),
    "registry:photographs": Address(),
    "registry:photographs_job": of("photographs"),
    "registry:photographs_progress": of("photographs"),
    "registry:photographs_report": of("photographs", form="csv"),
    "registry:photographs_cancel": of("photographs"),
    "registry:exports": Address(),
    "registry:export_new": Address(lambda records: {"listing": "registrants"}, query="?state=registered"),
    "registry:exports_progress": Address(),
    "registry:export_cancel": Address(),
    "registry:export_file": Address(),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """More records beside those of `tests.addresses.make_records`, in the same region."""
    region = records["region"]
    director = UserFactory(roles=(Role.REGIONAL_DIRECTOR,), region=region)
    known = records["registrant"]
    commune = known.commune_id
    rows = [
        # Somebody of the same name and birth date; a change; somebody new; a row that is wrong.
        person(
            int(region) * 1000 + 1,
            nia="",
            commune=commune,
            born="17/05/1980",
            family_ar=known.family_name_ar,
            given_ar=known.given_name_ar,
        ),
        person(int(region) * 1000 + 2, nia=known.nia, cin=known.national_id, commune=commune),
        person(int(region) * 1000 + 3, nia=f"{region}-700003-0", commune=commune),
        person(int(region) * 1000 + 4, nia=f"{region}-700004-0", commune=commune, phone="12"),
    ]
    return {
        "import": checked(rows, by=director),
        "import_unmatched": received(rows, by=director),
        "photographs": sent(director, "nobody.jpg"),
    }
