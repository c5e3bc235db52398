"""One-time codes on their way to artisans, by SMS or, where no phone is on file, by e-mail.

They go out on threads of the web process. The reader's page must not wait for a gateway, since the wait
would tell that the number is on the register; and a queue shared with card batches would hold a code back
for minutes and keep it in Redis.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from allauth.account import app_settings
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext

from core.models import User
from core.sms import SmsNotSent, get_sms_backend

logger = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="one-time-codes")
_pending: set[Future] = set()


def send_code(user: User, code: str) -> None:
    """Send the code in the reader's language; does not wait, and never fails."""
    if user.is_demo and not settings.DEMO_NOTICE:
        # Invented people have telephone numbers that may be somebody's.
        return
    context = {"code": code, "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60}
    if user.phone:
        text = gettext("%(code)s is your code to sign in to the chamber of handicrafts.") % context
        _start(_send_sms, user.phone, text)
    elif user.email:
        subject = " ".join(render_to_string("account/email/login_code_subject.txt", context).split())
        body = render_to_string("account/email/login_code_message.txt", context)
        _start(send_mail, subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])


def finish() -> None:
    """Wait for what is under way; for tests and for an orderly end."""
    wait(list(_pending))


def _send_sms(phone: str, text: str) -> None:
    get_sms_backend().send(phone, text)


def _start(function: Callable, *arguments) -> None:
    future = _threads.submit(function, *arguments)
    _pending.add(future)
    future.add_done_callback(_done)


def _done(future: Future) -> None:
    _pending.discard(future)
    error = future.exception()
    if isinstance(error, SmsNotSent):
        logger.error("A one-time code was not sent: %s", error)
    elif error:
        # Its message may name the person it was for.
        logger.error("A one-time code was not sent: %s", type(error).__name__)
