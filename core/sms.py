"""Text messages: one small interface, behind which a chamber puts the gateway it has a contract with.

A gateway is a subclass of `SmsBackend` named in `settings.SMS_BACKEND`. It never logs the number or the
text: the text of a one-time code is a key to somebody's file.
"""

import sys
from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


class SmsNotSent(Exception):
    """The gateway did not take the message. Says why, without the number or the text."""


class SmsMessage(NamedTuple):
    phone: str
    text: str


class SmsBackend(ABC):
    @abstractmethod
    def send(self, phone: str, text: str) -> None:
        """Hand one message over; `phone` is in E.164.

        Raises:
            SmsNotSent: the gateway refused it or could not be reached.
        """


class ConsoleSms(SmsBackend):
    """Prints messages where the portal was started: for one's own machine, never for production."""

    def send(self, phone: str, text: str) -> None:
        sys.stdout.write(f"\n--- SMS to {phone} (printed, not sent) ---\n{text}\n---\n\n")
        sys.stdout.flush()


class MemorySms(SmsBackend):
    """Keeps messages for the test that looks at them."""

    outbox: ClassVar[list[SmsMessage]] = []

    def send(self, phone: str, text: str) -> None:
        self.outbox.append(SmsMessage(phone, text))


def get_sms_backend() -> SmsBackend:
    """The gateway of `settings.SMS_BACKEND`.

    Raises:
        ImproperlyConfigured: it cannot be imported, or is not an `SmsBackend`.
    """
    path = settings.SMS_BACKEND
    try:
        backend_class = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"SMS_BACKEND cannot be imported: {path}") from error
    if not (isinstance(backend_class, type) and issubclass(backend_class, SmsBackend)):
        raise ImproperlyConfigured(f"SMS_BACKEND is not a subclass of core.sms.SmsBackend: {path}")
    return backend_class()
