from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from core.models import User


class StaffPasswordBackend(AuthenticationBackend):
    """A password opens the accounts of staff only, and only those that are open."""

    def authenticate(self, request: HttpRequest | None, **credentials) -> User | None:
        user = super().authenticate(request, **credentials)
        # allauth would go on to say that the account is closed: that would tell that the password is right.
        self.unstash_authenticated_user()
        return user if user and user.is_staff_member else None
