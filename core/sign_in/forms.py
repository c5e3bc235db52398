"""Forms of sign-in, with our words and with digits typed in any script."""

from allauth.account import forms as account_forms
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, digits
from core.models import User
from core.sign_in import identities
from core.sign_in.adapter import SignInAdapter

# The codes of an application are accepted one step of 30 seconds early or late.
TOTP_LIFETIME = 90


class CodeField(forms.CharField):
    """A code of digits, in any script and with spaces between them."""

    def __init__(self, *, autofocus: bool = True, **kwargs):
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
        attributes |= {"autofocus": True} if autofocus else {}
        super().__init__(widget=forms.TextInput(attrs=attributes), max_length=20, **kwargs)

    def to_python(self, value) -> str:
        return "".join(digits(clean(super().to_python(value))).split())


def _example_numbers() -> SafeString:
    """Numbers keep their order inside Arabic text."""
    number = '<bdi dir="ltr">{}</bdi>'
    examples = [format_html(number, "11-000042-7"), format_html(number, "AB123456")]
    return format_html(gettext("For example {} or {}."), *examples)


class NumberField(forms.CharField):
    """A registration or identity card number, however it is typed."""

    def to_python(self, value) -> str:
        return identities.normalise(super().to_python(value))


class RequestCodeForm(forms.Form):
    """The artisan's number. Says the same whether it is on the register or not."""

    number = NumberField(
        label=_("Registration number (NIA) or identity card number"),
        help_text=lazy(_example_numbers, SafeString)(),
        max_length=40,
        validators=[
            RegexValidator(
                r"^[A-Z0-9](?:[ ./-]*[A-Z0-9]){3,23}$",
                _("Type the number as it stands on your card: Latin letters and digits only."),
                code="number",
            )
        ],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    user: User | None = None

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if not ratelimit.consume(
            context.request, action="request_login_code", key=identities.limit_key(number)
        ):
            raise ValidationError(
                _("Too many codes were asked for. Wait ten minutes, then try again."), code="rate_limited"
            )
        self.user = identities.find_artisan(number)
        return number


class ConfirmCodeForm(account_forms.ConfirmLoginCodeForm):
    code = CodeField(label=_("Code of six digits"))


class StaffSignInForm(account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs |= {"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
        _without_placeholders(self)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholders(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")
        _without_placeholders(self)


class SecondFactorForm(mfa_forms.AuthenticateForm):
    code = CodeField(label=_("Code"), help_text=_("Six digits of the application, or a recovery code."))

    def clean_code(self) -> str:
        return _used_once(self.user, super().clean_code())


class SecondFactorAgainForm(mfa_forms.ReauthenticateForm):
    code = CodeField(label=_("Code"), help_text=_("Six digits of the application, or a recovery code."))

    def clean_code(self) -> str:
        return _used_once(self.user, super().clean_code())


class ActivateAppForm(totp_forms.ActivateTOTPForm):
    code = CodeField(label=_("Code that the application shows"), autofocus=False)


def _without_placeholders(form: forms.Form) -> None:
    """A placeholder that repeats the label only vanishes when one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _used_once(user: User, code: str) -> str:
    """allauth remembers a used code for one step; with our tolerance it would live for three."""
    if not cache.add(f"core.sign_in.used:{user.pk}:{code}", True, timeout=TOTP_LIFETIME):
        raise ValidationError(SignInAdapter.error_messages["incorrect_code"], code="incorrect_code")
    return code
