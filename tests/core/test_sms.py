"""The gateway that sends one-time codes."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.sms import ConsoleSms, MemorySms, SmsMessage, get_sms_backend

PHONE = "+212600000001"


def test_memory_keeps_what_was_sent():
    backend = get_sms_backend()
    backend.send(PHONE, "123456")
    assert isinstance(backend, MemorySms)
    assert MemorySms.outbox == [SmsMessage(PHONE, "123456")]


def test_console_prints_and_says_that_nothing_was_sent(settings, capsys, caplog):
    settings.SMS_BACKEND = "core.sms.ConsoleSms"
    backend = get_sms_backend()
    assert isinstance(backend, ConsoleSms)
    backend.send(PHONE, "رمزكم 123456")
    printed = capsys.readouterr().out
    assert "printed, not sent" in printed
    assert PHONE in printed
    assert "رمزكم 123456" in printed
    assert caplog.text == ""


@pytest.mark.parametrize(
    "path", ["", "no_dots", "core.nowhere.Sms", "core.sms.Missing", "core.sms.PHONE", "core.arabic.fold"]
)
def test_wrong_setting_is_said(settings, path):
    settings.SMS_BACKEND = path
    with pytest.raises(ImproperlyConfigured):
        get_sms_backend()
