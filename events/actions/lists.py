"""The lists of a meeting: their rules, and who works at each."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from core.roles import ROLE_PERMISSIONS, Permission
from events.actions.meanwhile import check_version
from events.enums import FINISHED_STATES, SINGLE_LISTS, ListKind
from events.models import CheckInList, Meeting

LIST_FIELDS = (
    "name_ar",
    "name_fr",
    "admission",
    "counts_once",
    "after_door",
    "takes_walk_ins",
    "hands_over",
    "is_open",
)


@transaction.atomic
def add_list(*, meeting: Meeting, fields: dict[str, Any], agents: Iterable[User], by: User) -> CheckInList:
    """Add a partner's stand, or another place of check-in.

    Args:
        fields: values of LIST_FIELDS.

    Raises:
        ActionRefused: the meeting is finished, the name is taken, or an agent may not work here.
    """
    _check_changeable(meeting)
    added = CheckInList(meeting=meeting, kind=ListKind.STAND, **_cleaned(fields))
    return _saved(added, agents, "events.list.added", by, {})


@transaction.atomic
def change_list(
    *, at: CheckInList, fields: dict[str, Any], agents: Iterable[User], version: int | None, by: User
) -> CheckInList:
    """Change a list's rules and who works there; what is recorded already stays.

    Raises:
        ChangedMeanwhile: somebody else changed it since its form was opened (`version`).
        ActionRefused: as `add_list`.
    """
    locked = CheckInList.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=at.pk)
    _check_changeable(locked.meeting)
    check_version(locked, version)
    before = _shown(locked)
    locked.version += 1
    for field, value in _cleaned(fields).items():
        setattr(locked, field, value)
    if locked.is_door:
        # The door comes first and counts people.
        locked.after_door, locked.counts_once = False, True
    return _saved(locked, agents, "events.list.changed", by, before)


def copy_lists(*, source: Meeting, target: Meeting) -> None:
    """Give a meeting the stands of another, and the rules of its door and card desk.

    Who works there is settled for each day. Part of scheduling; call it in a transaction.
    """
    single = {one.kind: one for one in target.lists.filter(kind__in=SINGLE_LISTS)}
    for one in source.lists.order_by("pk"):
        copied = single.get(one.kind) or CheckInList(meeting=target, kind=one.kind)
        for name in LIST_FIELDS:
            setattr(copied, name, getattr(one, name))
        copied.is_open = True
        copied.save()


def possible_agents(meeting: Meeting) -> list[User]:
    """Who may work at a list of this meeting: the region's desk agents, and those on duty there."""
    roles = [role for role, given in ROLE_PERMISSIONS.items() if Permission.CHECK_IN in given]
    of_region = Q(roles__overlap=roles, region_id=meeting.region_id)
    people = User.objects.filter(of_region | Q(duties__meeting=meeting), is_active=True)
    return list(people.distinct().order_by("username"))


def _saved(changed: CheckInList, agents: Iterable[User], action: str, by: User, before: dict) -> CheckInList:
    people = list(agents)
    if not set(people) <= set(possible_agents(changed.meeting)):
        raise ActionRefused(
            _("Only desk agents of this region, and people on duty at this meeting, work at a list.")
        )
    try:
        with transaction.atomic():
            changed.save()
    except IntegrityError as error:
        raise ActionRefused(_("This meeting has a list of that name already.")) from error
    changed.agents.set(people)
    audit.record(
        action=action,
        by=by,
        subject=changed.meeting,
        label=str(changed),
        region_code=changed.meeting.region_id,
        before=before,
        after=_shown(changed),
    )
    return changed


def _shown(one: CheckInList) -> dict[str, Any]:
    agents = sorted(one.agents.values_list("username", flat=True))
    return audit.snapshot(one, LIST_FIELDS) | {"agents": agents}


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: clean(fields[name]) if isinstance(fields[name], str) else fields[name] for name in LIST_FIELDS
    }


def _check_changeable(meeting: Meeting) -> None:
    if meeting.state in FINISHED_STATES:
        raise ActionRefused(_("This meeting is finished: nothing of it is changed any more."))
