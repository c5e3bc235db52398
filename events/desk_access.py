"""Finding the list and the presences that somebody works at."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404

from core.models import User
from core.roles import Permission
from events.duties import may_work_at
from events.models import CheckIn, CheckInList


def desk_list(user: User, pk: int, permission: Permission = Permission.CHECK_IN) -> CheckInList:
    """The list, for somebody who works at it.

    Raises:
        Http404: it lies in a region that the reader does not know of, or is another agent's.
        PermissionDenied: the reader works there and may not do this.
    """
    at = CheckInList.objects.worked_by(user).for_desk().filter(pk=pk).sole()
    if at is None:
        _refuse(user, CheckInList.objects.visible_to(user).filter(pk=pk).first())
    if not may_work_at(user, at.meeting, permission):
        raise PermissionDenied
    return at


def presence_at_desk(
    user: User, pk: int, permission: Permission = Permission.CHECK_IN, *, standing: bool = False
) -> CheckIn:
    """Somebody checked in at a list at which the reader works.

    Raises:
        Http404, PermissionDenied: as `desk_list`.
    """
    found = CheckIn.objects.worked_by(user).for_desk().filter(pk=pk)
    present = (found.standing() if standing else found).first()
    if present is None:
        _refuse(user, CheckIn.objects.visible_to(user).filter(pk=pk).first())
    if not may_work_at(user, present.meeting, permission):
        raise PermissionDenied
    return present


def _refuse(user: User, known: CheckInList | CheckIn | None) -> NoReturn:
    """Of one's own region, for want of the right alone, is told apart from what is not one's own."""
    if known and not may_work_at(user, known.meeting, Permission.CHECK_IN):
        raise PermissionDenied
    raise Http404
