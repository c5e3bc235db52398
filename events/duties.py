"""Who may work at a meeting's desk: whose role says so, and whoever is on duty there that day."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from core.models import User
from core.roles import Permission
from events.models import Duty, Meeting

# What being on duty gives: what desk agents may do, on no other day and at no other meeting.
DESK_PERMISSIONS = frozenset({Permission.VIEW_MEETINGS, Permission.CHECK_IN, Permission.HAND_OVER_CARD})


def may_work_at(user: User, meeting: Meeting, permission: Permission) -> bool:
    """Whether `user` may do this at this meeting now."""
    if user.can(permission):
        return user.sees_all_regions or user.region_id == meeting.region_id
    return permission in DESK_PERMISSIONS and Duty.objects.in_force(user).filter(meeting=meeting).exists()


def requires_at_desk(permission: Permission) -> Callable:
    """As `core.permissions.requires`, for a view that people on duty today may open too.

    The view finds its meeting with `desk_meeting`, which refuses those on duty every other one.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            user = request.user
            if not user.can(permission) and not (
                permission in DESK_PERMISSIONS and Duty.objects.in_force(user).exists()
            ):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.required_permission = permission
        return checked

    return decorate


def desk_meeting(user: User, pk: int, permission: Permission) -> Meeting:
    """The meeting, for somebody who may do this there.

    Raises:
        Http404: it lies in a region that the reader does not know of.
        PermissionDenied: the reader knows it and may not do this there, or not today.
    """
    meeting = Meeting.objects.visible_to(user).for_list().filter(pk=pk).first()
    on_duty = Duty.objects.in_force(user).filter(meeting=pk)
    if meeting is None and not on_duty.exists():
        raise Http404
    meeting = meeting or Meeting.objects.for_list().get(pk=pk)
    if not may_work_at(user, meeting, permission):
        raise PermissionDenied
    return meeting
