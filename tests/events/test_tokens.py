"""The token of an invitation's link."""

import uuid
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events import tokens
from events.models import Invitation
from tests.factories.events import InvitationFactory


@given(st.uuids())
def test_what_was_signed_is_read_in_either_case(key):
    token = tokens.sign(key, purpose="invitation")
    assert len(token) == tokens.LENGTH
    assert tokens.read(token, purpose="invitation") == key
    assert tokens.read(f" {token.lower()}\n", purpose="invitation") == key


@given(st.text())
def test_nothing_else_is_read_and_nothing_raises(text):
    assert tokens.read(text, purpose="invitation") is None


def test_one_letter_changed_anywhere_makes_it_void():
    token = tokens.sign(uuid.UUID(int=7), purpose="invitation")
    letters = dict(pairwise("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567A"))
    for place, letter in enumerate(token):
        changed = token[:place] + letters[letter] + token[place + 1 :]
        assert tokens.read(changed, purpose="invitation") is None, place


def test_a_token_is_for_its_purpose_and_its_secret(settings):
    key = uuid.uuid4()
    token = tokens.sign(key, purpose="invitation")
    assert tokens.read(token, purpose="calendar") is None
    settings.SECRET_KEY = "another" * 10
    assert tokens.read(token, purpose="invitation") is None


@pytest.mark.django_db
def test_a_token_finds_its_invitation_until_it_is_withdrawn_or_given_a_new_key():
    invitation = InvitationFactory()
    token = invitation.token
    assert Invitation.objects.by_token(token) == invitation
    Invitation.objects.filter(pk=invitation.pk).update(key=uuid.uuid4())
    assert Invitation.objects.by_token(token) is None
    invitation.refresh_from_db()
    assert Invitation.objects.by_token(invitation.token) == invitation
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    assert Invitation.objects.by_token(invitation.token) is None
