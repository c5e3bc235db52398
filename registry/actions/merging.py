"""Two entries that are one person become one, and for a time two again.

The entry that goes keeps its row, its number, its applications, documents and history, and points to the one
that stays; the one that stays takes the values chosen. So undoing has nothing to gather again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions import duplicates, merge_snapshot
from registry.actions.flags import refresh_flags
from registry.enums import (
    ACTIVE_STATES,
    OPEN_CHANGE_STATES,
    OPEN_STAGES,
    OPEN_STATES,
    PairState,
    RegistrantState,
)
from registry.models import DuplicatePair, Member, Merge, Registrant
from registry.signals import registrant_state_changed, registrants_merged, registrants_parted


@dataclass(frozen=True)
class MergeOrder:
    """What a reviewer decided: who stays, what is taken from the other, and what they had before their eyes.

    `taken` are names of `merge_snapshot.CHOICES`; `versions` the two entries' versions by their key.
    """

    kept_id: int
    taken: frozenset[str]
    versions: Mapping[int, int]
    reason: str
    identity_checked: bool = False


@transaction.atomic
def merge_registrants(*, pair: DuplicatePair, order: MergeOrder, by: User) -> Merge:
    """Put one entry of a pair into the other.

    Raises:
        ActionRefused: no reason, decided meanwhile, changed since it was shown, or two entries that may not
            become one (see `_check`).
    """
    why = clean(order.reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    locked, people = duplicates.lock_pair(pair)
    if order.kept_id not in people:
        raise ActionRefused(_("Choose the entry that stays."))
    kept = people[order.kept_id]
    merged = people[duplicates.other_of(locked, kept)]
    if locked.state == PairState.NOT_SAME:
        raise ActionRefused(_("Somebody decided that these are two different people."))
    _check(kept, merged, order, by)
    before = {"kept": merge_snapshot.snapshot(kept), "merged": merge_snapshot.snapshot(merged)}
    supervised = list(merged.supervised.order_by("pk").values_list("pk", flat=True))
    memberships = list(merged.memberships.order_by("pk").values_list("pk", flat=True))
    closed = _put_aside(merged, into=kept)
    _take_over(kept, before["merged"], order.taken)
    Registrant.objects.filter(pk__in=supervised).update(supervisor=kept)
    Member.objects.filter(pk__in=memberships).update(registrant=kept)
    after = {"kept": merge_snapshot.snapshot(kept), "merged": merge_snapshot.snapshot(merged)}
    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        reason=why,
        before=before | {"supervised": supervised, "memberships": memberships, "closed_account": closed},
        after=after,
        done_by=by,
    )
    DuplicatePair.objects.of(merged).filter(state=PairState.OPEN).exclude(pk=locked.pk).delete()
    duplicates.mark_merged(locked, people, by, why)
    _record("registry.registrant.merged", kept, before["kept"], after["kept"], merged, by, why)
    _record("registry.registrant.merged_away", merged, before["merged"], after["merged"], kept, by, why)
    _tell(merged, state_changed=before["merged"]["state"] != merged.state)
    duplicates.look_for_duplicates(kept.pk)
    transaction.on_commit(lambda: registrants_merged.send(sender=Registrant, kept=kept, merged=merged, by=by))
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: User) -> Merge:
    """Make two entries again of one, each exactly as it was before.

    Raises:
        ActionRefused: no reason, undone already, too late, or what the merge wrote was changed since.
    """
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    ids = (merge.kept_id, merge.merged_id)
    rows = Registrant.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    people = {person.pk: person for person in rows}
    locked = Merge.objects.select_for_update().get(pk=merge.pk)
    kept, merged = people[locked.kept_id], people[locked.merged_id]
    _check_undo(locked, kept, merged, by)
    now = {"kept": merge_snapshot.snapshot(kept), "merged": merge_snapshot.snapshot(merged)}
    back = {
        side: merge_snapshot.differences(locked.before[side], locked.after[side])
        for side in ("kept", "merged")
    }
    changed = [
        name
        for side in ("kept", "merged")
        for name in back[side]
        if now[side][name] != locked.after[side][name]
    ]
    if changed:
        raise ActionRefused(
            _("What the merge wrote has been changed since: this merge cannot be undone any more.")
        )
    try:
        with transaction.atomic():
            _restore(kept, back["kept"])
            _restore(merged, back["merged"])
    except IntegrityError as error:
        raise ActionRefused(
            _("Somebody else has the identity number or the account by now: this cannot be undone.")
        ) from error
    mine = Registrant.objects.filter(pk__in=locked.before["supervised"], supervisor=kept)
    mine.update(supervisor=merged)
    Member.objects.filter(pk__in=locked.before.get("memberships", []), registrant=kept).update(
        registrant=merged
    )
    if locked.before["closed_account"]:
        User.objects.filter(pk=locked.before["closed_account"]).update(is_active=True)
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    for pair in DuplicatePair.objects.select_for_update().of(kept).of(merged):
        duplicates.reopen(pair, people.values())
    restored = {"kept": merge_snapshot.snapshot(kept), "merged": merge_snapshot.snapshot(merged)}
    _record("registry.registrant.unmerged", kept, now["kept"], restored["kept"], merged, by, why)
    _record("registry.registrant.unmerged", merged, now["merged"], restored["merged"], kept, by, why)
    _discard_photograph(kept, now["kept"]["photograph"])
    _tell(merged, state_changed=now["merged"]["state"] != merged.state)
    for person in (kept, merged):
        refresh_flags(person)
        duplicates.look_for_duplicates(person.pk)
    transaction.on_commit(lambda: registrants_parted.send(sender=Registrant, kept=kept, merged=merged, by=by))
    return locked


def _check(kept: Registrant, merged: Registrant, order: MergeOrder, by: User) -> None:
    """Refuse what may not become one entry."""
    if kept.merged_into_id or merged.merged_into_id:
        raise ActionRefused(_("One of these entries was merged already."))
    if kept.erased_at or merged.erased_at:
        raise ActionRefused(_("The data of one of these entries has been erased."))
    if any(order.versions.get(person.pk) != person.version for person in (kept, merged)):
        raise ActionRefused(_("Somebody changed one of these entries meanwhile. Compare them again."))
    if not by.sees_all_regions and {kept.region_id, merged.region_id} != {by.region_id}:
        raise ActionRefused(
            _("The two entries are in different regions: only the national administration merges them.")
        )
    if kept.is_organisation != merged.is_organisation:
        raise ActionRefused(_("A person and an organisation cannot become one entry."))
    if kept.state == RegistrantState.CANDIDATE and merged.state != RegistrantState.CANDIDATE:
        raise ActionRefused(_("The entry that has a registration number stays."))
    if merged.state == RegistrantState.SUSPENDED:
        raise ActionRefused(_("A suspended entry stays: its suspension would be lost otherwise."))
    if (
        merged.change_requests.filter(state__in=OPEN_CHANGE_STATES).exists()
        or merged.proceedings.filter(stage__in=OPEN_STAGES).exists()
    ):
        raise ActionRefused(_("A request or a procedure about the entry that goes is open: end it first."))
    if kept.state == merged.state == RegistrantState.CANDIDATE:
        open_of = {
            person.pk: person.applications.filter(state__in=OPEN_STATES).exists() for person in (kept, merged)
        }
        if open_of[merged.pk] and not open_of[kept.pk]:
            raise ActionRefused(_("Keep the entry whose application is open."))
    two_numbers = kept.national_id != merged.national_id and not kept.is_organisation
    if two_numbers and kept.nia and merged.nia and not order.identity_checked:
        raise ActionRefused(
            _("Both are registered with different identity numbers: confirm that you saw both cards.")
        )
    if "workplace" in order.taken and kept.region_id != merged.region_id:
        raise ActionRefused(_("The workplace stays in the region of the entry that stays."))


def _check_undo(merge: Merge, kept: Registrant, merged: Registrant, by: User) -> None:
    if merge.undone_at is not None:
        raise ActionRefused(_("This merge was undone already."))
    if not by.sees_all_regions and {kept.region_id, merged.region_id} != {by.region_id}:
        raise ActionRefused(
            _("The two entries are in different regions: only the national administration undoes this.")
        )
    if merge.undo_until < timezone.now():
        raise ActionRefused(
            _("A merge can be undone until %(date)s.") % {"date": date_in_words(merge.undo_until.date())}
        )
    if kept.merged_into_id:
        raise ActionRefused(_("The entry that stayed was itself merged since: undo that first."))
    if kept.erased_at or merged.erased_at:
        raise ActionRefused(_("The data of one of these entries has been erased."))


def _put_aside(merged: Registrant, *, into: Registrant) -> int | None:
    """Take an entry out of force and give its account to the one that stays; gives the account closed."""
    if merged.state in ACTIVE_STATES:
        merged.state = lifecycle.REGISTRANT.check("merge", merged.state).to
    merged.merged_into = into
    merged.version += 1
    account, merged.user = merged.user, None
    closed = None
    if account is not None and into.user_id is not None:
        account.is_active = False
        account.save(update_fields=["is_active"])
        merged.user, closed = account, account.pk
    merged.save()
    if account is not None and closed is None:
        into.user = account
    return closed


def _take_over(kept: Registrant, values: dict, taken: frozenset[str]) -> None:
    """Write the chosen values into the entry that stays; a photograph is copied, so that each has its own."""
    for name in taken & merge_snapshot.CHOICES.keys():
        if name == "photograph":
            _copy_photograph(kept, values["photograph"])
        else:
            merge_snapshot.put_back(kept, merge_snapshot.choice_values(values, name))
    kept.version += 1
    kept.save()
    refresh_flags(kept)


def _copy_photograph(kept: Registrant, name: str) -> None:
    if not name:
        kept.photograph, kept.photograph_hash = "", None
        return
    with kept.photograph.storage.open(name) as content:
        kept.photograph.save("portrait.jpg", ContentFile(content.read()), save=False)


def _discard_photograph(kept: Registrant, name: str) -> None:
    """The copy made by a merge that was undone."""
    if name and name != kept.photograph.name:
        storage = kept.photograph.storage
        transaction.on_commit(lambda: storage.delete(name))


def _restore(registrant: Registrant, values: dict) -> None:
    merge_snapshot.put_back(registrant, values)
    registrant.version += 1
    registrant.save()


def _record(
    action: str, person: Registrant, before: dict, after: dict, other: Registrant, by: User, reason: str
) -> None:
    changed = merge_snapshot.differences(before, after)
    audit.record(
        action=action,
        by=by,
        subject=person,
        region_code=person.region_id,
        before=changed,
        after={name: after[name] for name in changed} | {"other_entry": other.nia or other.pk},
        reason=reason,
    )


def _tell(merged: Registrant, *, state_changed: bool) -> None:
    if state_changed:
        transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=merged))
