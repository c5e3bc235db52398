"""What every test stands on: the real reference data, a clean cache and Redis, no template error let by."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from cards.keys import ensure_key
from core.models import Region
from core.roles import Role
from core.sms import MemorySms
from tests.addresses import ELSEWHERE, HERE, make_records
from tests.factories.core import UserFactory
from tests.kept import Kept, kept
from tests.template_database import template_database
from tests.workers import start_worker

__all__ = ["start_worker"]

# How long an example takes to make or to try depends on what else the machine does.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")

_EMPTIED = pytest.StashKey[bool]()
TRUNCATE_GUARD = "ALTER TABLE core_auditevent {} TRIGGER core_auditevent_no_truncate"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Territory, crafts and service domains are loaded once and shared by every test."""
    with django_db_blocker.unblock():
        _load_reference_data()
        with connection.cursor() as cursor:
            # Tests on real transactions empty the tables afterwards; one test puts the guard back to try it.
            cursor.execute(TRUNCATE_GUARD.format("DISABLE"))


def _load_reference_data():
    for command in ("load_territory", "load_service_domains", "load_crafts", "load_grounds"):
        call_command(command, verbosity=0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test on real transactions leaves the tables empty: the next one finds the reference data again.

    Whichever comes next: a process that has done its share takes tests of the other's, of any kind. It is
    done before the fixtures, for what is loaded within a transaction goes with it.
    """
    if item.config.stash.get(_EMPTIED, False):
        with item.config.stash[blocking_manager_key].unblock():
            if not Region.objects.exists():
                _load_reference_data()
    marker = item.get_closest_marker("django_db")
    on_transactions = {"transactional_db", "live_server"} & set(item.fixturenames)
    item.config.stash[_EMPTIED] = bool(on_transactions or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def _clean_slate(tmp_path, settings):
    """No rate limit, message or file of another test."""
    cache.clear()
    MemorySms.outbox.clear()
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def kept_records(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Kept]:
    """One of everything in each of two regions, for the tests that walk all addresses."""
    media = tmp_path_factory.mktemp("records")
    with kept(
        lambda: {region: make_records(region) for region in (HERE, ELSEWHERE)}, media, django_db_blocker
    ) as it:
        yield it


@pytest.fixture
def records(kept_records, db, settings) -> dict:
    # The proxy sends the files: no stream is left open here.
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    return kept_records.for_test(settings)


@pytest.fixture
def in_english():
    """Messages as the code has them, for tests of what an action says."""
    with override("en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _card_keys():
    shutil.rmtree(settings.CARD_KEYS_DIR, ignore_errors=True)
    ensure_key()


@pytest.fixture
def sign_in(db):
    """`sign_in(Role.REGISTRAR)` gives a client and its account as `client.user`."""

    def sign_in_as(*roles: Role, region: str | None = None, user=None) -> Client:
        account = user or UserFactory(roles=roles, **({"region": region} if region else {}))
        client = Client()
        client.force_login(account)
        client.user = account
        return client

    return sign_in_as
