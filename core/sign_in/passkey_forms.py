"""Forms of passkeys: what a browser hands over is a stranger's word, and damage in it means "not right"."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

# What allauth and the passkey library let through of a damaged answer, besides their own refusals.
_DAMAGED = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
    struct.error,
)


class CredentialField(forms.JSONField):
    """The browser's answer; numbers without end and nesting without end are no JSON of ours either."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, **kwargs)

    def to_python(self, value: Any) -> Any:
        return _checked(super().to_python, value)


class SignInWithPasskeyForm(webauthn_forms.LoginWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        return _checked(super().clean_credential)


class SecondFactorPasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        return _checked(super().clean_credential)


class ConfirmWithPasskeyForm(webauthn_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        return _checked(super().clean_credential)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    credential = CredentialField()
    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=_("So that you know it again."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        required=False,
        help_text=_("Without user name and password. The device asks for its PIN, fingerprint or face."),
    )

    def clean(self) -> dict:
        return _checked(super().clean)


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=60)


def _checked(check: Callable, *arguments) -> Any:
    try:
        return check(*arguments)
    except _DAMAGED as error:
        raise get_adapter().validation_error("incorrect_code") from error
