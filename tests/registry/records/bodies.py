"""Craft bodies."""

from typing import Any

from registry.actions.bodies import plan_body
from registry.models import Craft
from tests.address import Address, of
from tests.factories.bodies import convoked_assembly, founded_body, founder, held_assembly
from tests.factories.registry import RegistrantFactory

ADDRESSES: dict[str, Address] = {
    "registry:bodies": Address(),
    "registry:bodies_progress": Address(),
    "registry:body_new": Address(),
    "registry:body": of("body"),
    "registry:body_remove": of("planned_body"),
    "registry:body_dissolve": of("body"),
    "registry:body_public": of("body"),
    "registry:body_document_add": of("body"),
    "registry:body_document": of("body_document"),
    "registry:convoke": of("planned_body"),
    "registry:bureau": of("body"),
    "registry:mandate_end": of("mandate"),
    "registry:body_members": of("body"),
    "registry:member_leave": of("membership"),
    "registry:convocation_list": of("assembly"),
    "registry:attendance": of("assembly"),
    "registry:attendance_close": of("assembly"),
    "registry:without_effect": of("assembly"),
    "registry:assembly_results": of("held_assembly"),
    "registry:found_body": of("held_assembly"),
    "registry:assembly_paper": of("held_assembly", paper="minutes"),
    "registry:candidate_remove": of("candidacy"),
    "registry:public_crafts": Address(),
    "registry:public_bodies": Address(),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """More records beside those of `tests.addresses.make_records`, in the same region."""
    commune = records["registrant"].commune
    by = founder(records["region"])
    branches = {craft.branch for craft in Craft.objects.current()}
    first, *others = sorted(branches, key=lambda branch: branch.code)

    def planned(branch, level="provincial"):
        return plan_body(
            level=level,
            branch=branch,
            region=commune.province.region,
            province=commune.province if level == "provincial" else None,
            by=by,
        )

    body = founded_body(body=planned(first))
    held = held_assembly(body=planned(first, "regional"))
    candidacy = held.candidacies.create(registrant=held.convocations.first().registrant, votes=2)
    return {
        "body": body,
        "body_document": body.documents.first(),
        "mandate": body.mandates.get(post="president"),
        "membership": body.memberships.first(),
        "held_assembly": held,
        "candidacy": candidacy,
        "planned_body": planned(others[0]),
        "assembly": convoked_assembly(
            body=_with_people(planned(others[1]), commune), people=0, proxies_each=1
        ),
    }


def _with_people(body, commune):
    """A body of another branch with somebody to call."""
    RegistrantFactory(commune=commune.pk, craft=body.branch.crafts.first())
    return body
