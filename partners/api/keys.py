"""Whose request it is: `Authorization: Bearer prefix.secret`."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from partners.actions.keys import matches
from partners.api.limits import count_request, count_wrong_key
from partners.api.problems import Problem, refuse_unfit
from partners.enums import ApiScope
from partners.models import ApiKey

# The moment of the last use is written down once in so long, not at every request.
_USED_EVERY = timedelta(minutes=1)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="tills"'}


class TillKey(HttpBearer):
    """A key that may do `scope`; any valid key where it is None."""

    def __init__(self, scope: ApiScope | None = None):
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiKey:
        key = super().__call__(request)
        if key is None:
            raise no_key()
        if request.method == "POST":
            refuse_unfit(request)
        return key

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        """The key; that it was used is noted.

        Raises:
            Problem: 401 for no valid key, 403 for one without the scope, 429.
        """
        key = _found(token)
        if key is None:
            count_wrong_key(request)
            raise no_key()
        count_request(request, key)
        if self.scope and self.scope not in key.scopes:
            raise Problem(403, "scope", _("This key was not made for: %(scope)s.") % {"scope": self.scope})
        _note_use(key)
        return key


def no_key() -> Problem:
    return Problem(
        401,
        "no-key",
        _("Send a key of yours that is neither revoked nor past its time: Authorization: Bearer <key>."),
        headers=_CHALLENGE,
    )


def _found(token: str) -> ApiKey | None:
    prefix, _dot, secret = token.strip().partition(".")
    usable = ApiKey.objects.usable().select_related("partner", "branch")
    key = usable.filter(prefix=prefix).first() if prefix.isascii() and prefix.isalnum() else None
    # Compared also where there is no such key, so that the time does not tell which prefixes exist.
    return key if matches(key, secret) else None


def _note_use(key: ApiKey) -> None:
    now = timezone.now()
    long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - _USED_EVERY)
    ApiKey.objects.filter(long_ago, pk=key.pk).update(last_used_at=now)
