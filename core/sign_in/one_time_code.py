"""The one-time code of an artisan who is signing in, kept in the session between two pages."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.exceptions import RateLimited
from django.http import HttpRequest

from core.models import User
from core.sign_in.delivery import send_code
from core.sign_in.signals import record_failure


class OneTimeCode(LoginCodeVerificationProcess):
    """allauth's sign-in by code, for people who give a number and not the address the code goes to.

    An unknown number goes through all of it in the same way, without an account and with no code that could
    match. The session holds neither number nor phone.
    """

    @classmethod
    def begin(cls, request: HttpRequest, *, user: User | None, masked: str, limit_key: str) -> "OneTimeCode":
        login = Login(user=user)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(
            cls.initial_state(user=user), initiated_by_user=True, masked=masked, limit_key=limit_key
        )
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "OneTimeCode | None":
        return cls(stage).abort_if_invalid()

    def generate_code(self) -> str:
        """Six digits; nothing, which no typed code equals, where there is no account."""
        self.state["code"] = get_adapter().generate_login_code() if self.user else ""
        return self.state["code"]

    def send(self, skip_enumeration_mails: bool = False) -> None:
        code = self.generate_code()
        if self.user:
            send_code(self.user, code)

    def resend(self) -> None:
        """Send another code; the one before it no longer works.

        Raises:
            RateLimited: too many codes went to this number.
        """
        if not ratelimit.consume(self.request, action="request_login_code", key=self.state["limit_key"]):
            raise RateLimited
        self.state["at"] = time.time()
        self.send()
        self.record_resend()
        self.persist()

    def take_attempt(self) -> bool:
        """Count one attempt at the code; False when there were too many.

        The count in the session can be outrun by requests sent all at once, this one cannot.
        """
        return ratelimit.consume(self.request, action="confirm_login_code", key=self.state["limit_key"])

    def record_invalid_attempt(self) -> bool:
        record_failure(method="code", user=self.user, label=self.state["masked"])
        return super().record_invalid_attempt()
