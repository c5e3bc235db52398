"""Every address and every role: who may open it, who is refused, and that another region does not exist."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core.roles import PARTNER_ROLES, REGIONAL_ROLES, ROLE_PERMISSIONS, Role
from tests.addresses import ADDRESSES, ELSEWHERE, HERE
from tests.factories.core import UserFactory
from tests.partners import space_records
from tests.test_architecture import SIGNED_IN_IS_ENOUGH, our_views

pytestmark = pytest.mark.django_db

VIEWS = {name: view for name, view in our_views() if not name.endswith("?")}


def is_public(name: str) -> bool:
    return not getattr(VIEWS[name], "login_required", True)


def may_open(name: str, role: Role) -> bool:
    if is_public(name) or name in SIGNED_IN_IS_ENOUGH:
        return True
    return VIEWS[name].required_permission in ROLE_PERMISSIONS[role]


def client_of(role: Role, records) -> Client:
    user = UserFactory(roles=[role], region=HERE if role in REGIONAL_ROLES else None)
    if role in PARTNER_ROLES:
        space_records.belongs_to(user, records[HERE])
    if role == Role.ARTISAN:
        records[HERE]["registrant"].user = user
        records[HERE]["registrant"].save()
    client = Client()
    client.force_login(user)
    return client


def open_address(client: Client, name: str, records: dict) -> HttpResponse:
    """The answer; what takes a POST alone is sent an empty one."""
    address = ADDRESSES[name]
    path = reverse(name, kwargs=address.kwargs(records)) + address.query
    response = client.get(path)
    if response.status_code == 405:
        kind = {"content_type": "application/json"} if address.asks_for_key else {}
        response = client.post(path, **kind)
    return response


def test_every_address_is_in_the_list():
    assert set(VIEWS) == set(ADDRESSES)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_without_signing_in_only_public_pages_open(name, records):
    response = open_address(Client(), name, records[HERE])
    sent_to_sign_in = response.status_code == 302 and "/login/?next=" in response.url
    assert sent_to_sign_in != is_public(name)


@contextmanager
def undone():
    """What is done inside leaves no trace, so that each role finds the same records."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def statuses(name: str, records: dict, region: str) -> dict[Role, int]:
    """The answer that each role gets at one address."""
    found = {}
    for role in Role:
        with undone():
            found[role] = open_address(client_of(role, records), name, records[region]).status_code
    return found


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_a_role_opens_what_it_may_and_nothing_else(name, records):
    for role, status in statuses(name, records, HERE).items():
        expected = {200, 302, 400, 422} if may_open(name, role) else {403}
        if ADDRESSES[name].asks_for_key:
            expected = {401}
        assert status in expected, role


@pytest.mark.parametrize("name", sorted(name for name, address in ADDRESSES.items() if address.regional))
def test_another_regions_record_does_not_exist(name, records):
    for role, status in statuses(name, records, ELSEWHERE).items():
        if not may_open(name, role):
            assert status == 403, role
        elif role in REGIONAL_ROLES:
            assert status == 404, role
        else:
            assert status not in {403, 404}, role
