import pytest


@pytest.fixture
def sign_in_english(sign_in):
    """As `sign_in`, with pages in English, whose words the tests look for."""

    def sign_in_as(*roles, **account):
        client = sign_in(*roles, **account)
        client.cookies["django_language"] = "en"
        return client

    return sign_in_as
