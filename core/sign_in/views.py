"""The pages of sign-in that differ from django-allauth's own."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import views as account_views
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.core.exceptions import RateLimited
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from core.sign_in import identities
from core.sign_in.forms import RequestCodeForm
from core.sign_in.one_time_code import OneTimeCode


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Passwords and second factors are for staff; artisans have neither."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and not request.user.is_staff_member:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def paced(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer at whole beats of the clock only: a known number takes some more queries than an unknown one."""

    @wraps(view)
    def answer(*args, **kwargs) -> HttpResponse:
        started = time.monotonic()
        response = view(*args, **kwargs)
        if hasattr(response, "render"):
            response.render()
        if settings.SIGN_IN_BEAT_SECONDS:
            time.sleep(-(time.monotonic() - started) % settings.SIGN_IN_BEAT_SECONDS)
        return response

    return answer


class _StartsAfresh:
    """A sign-in left half-way does not stand in the way of another person at the same device."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        if request.method == "POST":
            clear_login(request)


class SignInView(_StartsAfresh, account_views.LoginView):
    """Both ways in on one page: a number for artisans, user name and password for staff."""

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"code_form": RequestCodeForm()}


@method_decorator(paced, name="dispatch")
class RequestCodeView(_StartsAfresh, account_views.RequestLoginCodeView):
    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        number = form.cleaned_data["number"]
        OneTimeCode.begin(
            self.request,
            user=form.user,
            masked=identities.masked(number),
            limit_key=identities.limit_key(number),
        )
        return redirect(self.get_success_url())


@method_decorator(paced, name="dispatch")
@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_request_login_code"),
    name="dispatch",
)
class ConfirmCodeView(account_views.ConfirmLoginCodeView):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.stage = request._login_stage
        self._process = OneTimeCode.resume(self.stage)
        if not self._process:
            messages.error(request, _("The code is too old. Ask for a new one."))
            return redirect("account_request_login_code")
        return FormView.dispatch(self, request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self._action == "verify" and not self._process.take_attempt():
            self._process.abort()
            return self._code_is_void()
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self._code_is_void()

    def _resend_form_valid(self, form) -> HttpResponse:
        try:
            self._process.resend()
        except RateLimited:
            messages.error(
                self.request, _("Too many codes were asked for. Wait ten minutes, then try again.")
            )
        else:
            messages.info(self.request, _("A new code is on its way. The one before it no longer works."))
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def _code_is_void(self) -> HttpResponse:
        messages.error(
            self.request, _("Too many wrong codes: this code is no longer valid. Ask for a new one.")
        )
        return redirect("account_request_login_code")
