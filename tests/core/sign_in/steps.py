"""What a visitor does who signs in, and what is seen of it."""

import re

from django.contrib.messages import get_messages

from core.sign_in import delivery
from core.sms import MemorySms
from tests.factories.core import PASSWORD

NUMBER = "11-2026-000042"
PHONE = "+212661234567"
HOME = "/"
LOGIN = "/accounts/login/"
REQUEST = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


def ask(client, number=NUMBER, **data):
    response = client.post(REQUEST, {"number": number, **data})
    delivery.finish()
    return response


def sent_code() -> str:
    return re.search(r"\b\d{6}\b", MemorySms.outbox[-1].text)[0]


def another(code: str) -> str:
    """A code of the same form that is not the right one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def messages_of(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def sign_in_staff(client, user, password=PASSWORD, **data):
    return client.post(LOGIN, {"login": user.username, "password": password, **data})
