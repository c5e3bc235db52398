"""Sign-in, second factor, open sessions and the language switch, all outside a namespace.

allauth's own list of addresses is not included: what nobody needs here (self-registration, e-mail addresses,
resetting a password by e-mail) has no address at all. An administrator gives a new password.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import path

from core.sign_in.views import ConfirmCodeView, RequestCodeView, SignInView, staff_only
from core.views.language import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("login/", SignInView.as_view(), name="account_login"),
    path("login/code/", RequestCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("login/second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("login/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("logout/", account.logout, name="account_logout"),
    path("sessions/", usersessions.list_usersessions, name="usersessions_list"),
    path("password/", staff_only(account.password_change), name="account_change_password"),
    path("confirm/", staff_only(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", staff_only(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/", staff_only(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("security/", staff_only(mfa.index), name="mfa_index"),
    path("security/app/", staff_only(totp.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", staff_only(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "security/recovery-codes/",
        staff_only(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "security/recovery-codes/renew/",
        staff_only(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("security/passkeys/", staff_only(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("security/passkeys/add/", staff_only(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/", staff_only(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "security/passkeys/<int:pk>/remove/", staff_only(webauthn.remove_webauthn), name="mfa_remove_webauthn"
    ),
]
