"""A connection that was kept is used again, asked nothing, and replaced when the server has closed it."""

import psycopg
import pytest
from django.db import OperationalError, connection, connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept():
    """A connection beside the test's own, as a thread of a web process keeps it."""
    own = connections["default"].copy()
    own.settings_dict = connection.settings_dict | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    yield own
    own.close()


def _begin_request(kept) -> None:
    kept.close_if_unusable_or_obsolete()


def _session(kept) -> int:
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def _end(session: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [session])


def test_the_next_request_has_the_same_session_and_the_server_is_not_asked(kept, monkeypatch):
    session = _session(kept)
    asked = []
    execute = psycopg.Cursor.execute
    monkeypatch.setattr(
        psycopg.Cursor, "execute", lambda self, query, *rest, **more: (
            asked.append(query), execute(self, query, *rest, **more)
        )[1]
    )  # fmt: skip
    _begin_request(kept)
    assert _session(kept) == session
    assert [query for query in asked if "pg_backend_pid" not in str(query)] == []


def test_a_session_that_the_server_ended_is_replaced_before_it_is_needed(kept):
    session = _session(kept)
    _end(session)
    _begin_request(kept)
    assert _session(kept) != session


def test_a_notice_that_waits_is_no_reason_to_go(kept):
    session = _session(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN somebody")
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY somebody")
    _begin_request(kept)
    assert _session(kept) == session


def test_a_connection_that_broke_in_a_statement_is_not_usable(kept):
    session = _session(kept)
    _end(session)
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert not kept.is_usable()
