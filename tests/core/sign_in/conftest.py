"""An artisan whom the register knows, and a member of staff."""

import pytest

from core.arabic import compact_number
from core.roles import Role
from core.sign_in import identities
from tests.core.sign_in.steps import NUMBER, PHONE
from tests.factories.core import UserFactory


@pytest.fixture
def known(monkeypatch):
    """Numbers that the register would know, each with its account."""
    numbers = {}
    monkeypatch.setattr(identities, "_resolvers", [lambda text: numbers.get(compact_number(text))])
    return numbers


@pytest.fixture
def artisan(known):
    user = UserFactory(username="artisan-7", roles=[Role.ARTISAN], phone=PHONE, email="artisan@example.org")
    known[compact_number(NUMBER)] = user
    return user


@pytest.fixture
def staff(db):
    return UserFactory(username="registrar.laayoune", roles=[Role.REGISTRAR])
