"""The first accounts are made on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    return lambda password: monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))


def test_an_account_is_made_and_audited(typed):
    typed("a sufficiently long secret")
    call_command("create_account", "chief", "--role", "national_admin", stdout=io.StringIO())
    user = User.objects.get(username="chief")
    assert user.check_password("a sufficiently long secret")
    assert user.sees_all_regions
    assert AuditEvent.objects.filter(action="core.user.created", subject_id=str(user.pk)).exists()


@pytest.mark.parametrize(
    ("password", "options"),
    [
        ("short", ["--role", "national_admin"]),
        ("a sufficiently long secret", ["--role", "registrar"]),
        ("a sufficiently long secret", ["--role", "registrar", "--region", "99"]),
    ],
    ids=["weak password", "no region", "unknown region"],
)
def test_a_bad_account_is_refused_in_words(typed, password, options):
    typed(password)
    with pytest.raises(CommandError):
        call_command("create_account", "chief", *options, stdout=io.StringIO())
    assert not User.objects.filter(username="chief").exists()
