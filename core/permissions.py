"""What a view asks of the person in front of it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from core.roles import Permission


def requires(permission: Permission) -> Callable:
    """Refuse the page with 403 unless the signed-in person has `permission`.

    The decorated view carries `required_permission`, from which the permission matrix is tested: a view
    that is neither decorated nor public by name makes the suite fail.

    Raises:
        PermissionDenied: the person is signed in and lacks the permission.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.can(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.required_permission = permission
        return checked

    return decorate
