"""What django-allauth asks of us about second factors, and whether a session has passed one."""

import base64

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import User

# Recovery codes stand in for one of these and are none themselves.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
_SET_UP_HERE = "second_factor_set_up"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets encrypted in the database, names in the reader's language, the last factor kept."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your account must keep a second factor. Add a passkey first, then remove the application."
        ),
        "incorrect_code": _("This code is not right. Wait for the next one and type it again."),
    }

    def get_totp_issuer(self) -> str:
        return gettext("Chambers of Handicrafts")

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: User) -> dict:
        names = {"name": user.username, "display_name": user.get_full_name()}
        return super().get_public_key_credential_user_entity(user) | names

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Keys come from SECRET_KEY: a copy of the database alone gives nobody a second factor."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("core.second_factor", "", secret=key, algorithm="sha256") for key in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest.digest())) for digest in digests])


def has_second_factor(user: User) -> bool:
    return get_adapter().is_mfa_enabled(user, FACTORS)


def mark_set_up_here(request: HttpRequest) -> None:
    """The session in which a second factor was added need not pass it again."""
    request.session[_SET_UP_HERE] = str(request.user.pk)


def has_passed_second_factor(request: HttpRequest) -> bool:
    """Whether this very session showed a second factor: one that only knows the password has not."""
    if request.session.get(_SET_UP_HERE) == str(request.user.pk):
        return True
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
