"""Handing one message to a registrant, the way they chose and in the languages that they read it in."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.functional import Promise

from core.sms import SmsNotSent, get_sms_backend
from registry.enums import MessageChannel
from registry.models import ContactPreference, Registrant

logger = logging.getLogger(__name__)
# Every telephone of the country shows Arabic; an e-mail brings both languages.
_SMS_LANGUAGE, _MAIL_LANGUAGES = "ar", ("ar", "fr")


def reach(
    person: Registrant, *, subject: str | Promise, words: Callable[[], str], label: str, insist: bool = False
) -> MessageChannel | None:
    """Send one message now. Gives the way it went, PAGE where there is none to go, None where it failed.

    Args:
        words: gives the text in the language in force.
        label: what the log calls the message when it fails; says nothing about the person.
        insist: also to whoever wishes to find messages in their own space alone.
    """
    if person.is_demo and not settings.DEMO_NOTICE:
        # Invented people have telephone numbers that may be somebody's.
        return MessageChannel.PAGE
    channel = ContactPreference.channel_of(person, insist=insist)
    try:
        if channel == MessageChannel.SMS:
            get_sms_backend().send(person.phone, _said(words, _SMS_LANGUAGE))
        elif channel == MessageChannel.EMAIL:
            text = "\n\n".join(_said(words, language) for language in _MAIL_LANGUAGES)
            send_mail(_said(lambda: subject, "ar"), text, settings.DEFAULT_FROM_EMAIL, [person.email])
    except SmsNotSent as error:
        logger.error("%s was not sent: %s", label, error)
        return None
    except Exception as error:
        # What a gateway or a mail server raises may hold the number or the text.
        logger.error("%s was not sent: %s", label, type(error).__name__)
        return None
    return channel


def _said(words: Callable[[], str | Promise], language: str) -> str:
    with translation.override(language):
        return str(words())
