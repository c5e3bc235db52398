"""A partner's places: one by one, or many at once from a file or from the partner's own system."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.audit import Entry
from core.exceptions import ActionRefused
from core.models import User
from partners.branch_files import check_branch_rows
from partners.enums import BranchImportState
from partners.models import Branch, BranchImport, Partner

FIELDS = (
    "code",
    "name_ar",
    "name_fr",
    "commune_id",
    "address_ar",
    "address_fr",
    "phone",
    "access",
    "latitude",
    "longitude",
    "is_open",
)


@dataclass
class Written:
    """How many branches were written, and how many stood as they are already."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def save_branch(*, branch: Branch | None, partner: Partner, values: Mapping[str, Any], by: User) -> Branch:
    """Add a place, or put what is known of it; `values` are of FIELDS, all of them for a new one.

    To close a place is to put `is_open` alone: holders are no longer sent there, what happened there stays.

    Raises:
        ActionRefused: the partner has another place under this code.
    """
    Partner.objects.select_for_update().get(pk=partner.pk)
    others = Branch.objects.of_partner(partner).exclude(pk=branch.pk if branch else None)
    if "code" in values and others.filter(code=values["code"]).exists():
        raise ActionRefused(_("The partner has another branch under this code."))
    locked = Branch.objects.get(pk=branch.pk) if branch else Branch(partner=partner)
    before = _snapshot(locked) if branch else {}
    for name, value in values.items():
        setattr(locked, name, value)
    after = _snapshot(locked)
    changed = [name for name in FIELDS if before.get(name) != after[name]]
    if changed:
        locked.save()
        audit.record(
            action=f"partners.branch.{_what(branch, changed, locked)}",
            by=by,
            subject=locked,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )
    return locked


@transaction.atomic
def push_branches(*, partner: Partner, rows: Iterable[Mapping[str, Any]], by: User | None) -> Written:
    """Write many places by the partner's own codes. The same rows once more change nothing.

    Places that the rows leave out stay; a place that is gone is sent as not open.

    Args:
        rows: of FIELDS, checked; `code`, names and `commune_id` at the least for a new place.
        by: None where a till's key sent them.
    """
    Partner.objects.select_for_update().get(pk=partner.pk)
    rows = list(rows)
    codes = [row["code"] for row in rows]
    known = {one.code: one for one in Branch.objects.of_partner(partner).filter(code__in=codes)}
    new, changed, entries, written = [], [], [], Written()
    for row in rows:
        branch = known.get(row["code"])
        if branch is None:
            new.append(Branch(partner=partner, **row))
            continue
        before = _snapshot(branch)
        for name, value in row.items():
            setattr(branch, name, value)
        after = _snapshot(branch)
        differing = [name for name in FIELDS if before[name] != after[name]]
        if differing:
            changed.append(branch)
            entries.append(_entry(branch, before, after, differing))
        else:
            written.unchanged += 1
    Branch.objects.bulk_create(new, batch_size=500)
    Branch.objects.bulk_update(changed, FIELDS, batch_size=500)
    added = [_entry(one, {}, _snapshot(one), FIELDS) for one in new]
    audit.record_many(action="partners.branch.added", by=by, model=Branch, entries=added)
    audit.record_many(action="partners.branch.changed", by=by, model=Branch, entries=entries)
    written.created, written.updated = len(new), len(changed)
    return written


@transaction.atomic
def keep_branch_file(
    *, partner: Partner, file_name: str, header: list[str], rows: list, by: User
) -> BranchImport:
    """Keep a file that was read, until somebody has looked at what it would do."""
    return BranchImport.objects.create(
        partner=partner, file_name=file_name[:120], header=header, rows=rows, sent_by=by
    )


@transaction.atomic
def apply_branch_file(*, branch_file: BranchImport, by: User) -> BranchImport:
    """Write every row that holds; those that do not are left out. Twice is once.

    Raises:
        ActionRefused: the file was discarded, or no row of it holds.
    """
    locked = BranchImport.objects.select_for_update(of=("self",)).get(pk=branch_file.pk)
    if locked.state == BranchImportState.APPLIED:
        return locked
    if locked.state == BranchImportState.DISCARDED:
        raise ActionRefused(_("This file was discarded."))
    checked = check_branch_rows(locked.header, locked.rows)
    if not checked.rows:
        raise ActionRefused(_("No line of this file can be taken."))
    written = push_branches(partner=locked.partner, rows=checked.rows.values(), by=by)
    locked.state, locked.applied_at = BranchImportState.APPLIED, timezone.now()
    locked.outcome = asdict(written) | {"rejected": checked.rejected}
    locked.save()
    audit.record(
        action="partners.branches.imported",
        by=by,
        subject=locked,
        label=f"{locked.partner}: {locked.file_name}",
        after=locked.outcome,
    )
    return locked


@transaction.atomic
def discard_branch_file(*, branch_file: BranchImport, by: User) -> BranchImport:
    """Leave a file that nobody applied; twice is once.

    Raises:
        ActionRefused: it was applied.
    """
    locked = BranchImport.objects.select_for_update(of=("self",)).get(pk=branch_file.pk)
    if locked.state == BranchImportState.APPLIED:
        raise ActionRefused(_("This file was applied already."))
    locked.state = BranchImportState.DISCARDED
    locked.rows = []
    locked.save()
    return locked


def difference(branch: Branch | None, row: Mapping[str, Any]) -> list[str]:
    """The names of the fields that a row would change; all that it gives for a new place."""
    if branch is None:
        return [name for name in FIELDS if name in row]
    return [name for name in FIELDS if name in row and getattr(branch, name) != row[name]]


def _what(known: Branch | None, changed: list[str], now: Branch) -> str:
    """The word of the trail for a change of one place."""
    if known is None:
        return "added"
    if changed == ["is_open"]:
        return "reopened" if now.is_open else "closed"
    return "changed"


def _snapshot(branch: Branch) -> dict[str, Any]:
    found = {name: getattr(branch, name) for name in FIELDS}
    kept = (type(None), bool)
    return {name: value if isinstance(value, kept) else str(value) for name, value in found.items()}


def _entry(branch: Branch, before: Mapping, after: Mapping, names: Iterable[str]) -> Entry:
    names = list(names)
    return Entry(
        key=branch.pk,
        label=str(branch),
        region_code="",
        before={name: before[name] for name in names if name in before},
        after={name: after[name] for name in names},
    )
