"""Branches that a partner's own system sends with a key."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import Commune
from partners.actions.branches import Written, push_branches
from partners.models import ApiKey, Partner


class BranchesRefused(ActionRefused):
    """Says of which lines; `wrong` holds their places in the list, the field, and a sentence."""

    def __init__(self, wrong: Sequence[tuple[int, str, str]]):
        super().__init__(_("Nothing was changed: some branches do not fit."))
        self.wrong = wrong


@transaction.atomic
def push_from_till(*, partner: Partner, lines: Sequence[Mapping[str, Any]], key: ApiKey) -> Written:
    """Make or change the branches of these lines, all or none; that this key sent them is kept.

    Args:
        lines: a value for each name of `partners.actions.branches.FIELDS`.

    Raises:
        BranchesRefused: a code twice, an unknown commune, half a place, or a branch that the key does not
            speak for.
    """
    _refuse_wrong(lines, key)
    written = push_branches(partner=partner, rows=lines, by=None)
    if written.created or written.updated:
        audit.record(
            action="partners.branches.pushed",
            by=None,
            subject=partner,
            after={"key": key.prefix, "created": written.created, "updated": written.updated},
        )
    return written


def _refuse_wrong(lines: Sequence[Mapping[str, Any]], key: ApiKey) -> None:
    communes = set(
        Commune.objects.filter(pk__in={line["commune_id"] for line in lines}).values_list("pk", flat=True)
    )
    wrong, seen = [], set()
    for place, line in enumerate(lines):
        if line["code"] in seen:
            wrong.append((place, "code", _("This code stands in the list twice.")))
        seen.add(line["code"])
        if line["commune_id"] not in communes:
            wrong.append((place, "commune", _("No commune has this code.")))
        if (line["latitude"] is None) != (line["longitude"] is None):
            wrong.append((place, "latitude", _("Give latitude and longitude, or neither.")))
        if key.branch and key.branch.code != line["code"]:
            wrong.append((place, "code", _("This key speaks for another branch.")))
    if wrong:
        raise BranchesRefused(wrong)
