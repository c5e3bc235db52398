"""A connection that was kept is used again, asked nothing, and replaced when the server has closed it."""

from datetime import date

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

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


# Values of every type that a row may bring.
STATEMENT = "SELECT name, length(name), name = %s, DATE '2026-01-15', NULL FROM kept_names WHERE name = %s"
ROW = ("سعيد", 4, True, date(2026, 1, 15), None)


@pytest.fixture
def names():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept_names (name varchar(40))")
        cursor.execute("INSERT INTO kept_names VALUES ('سعيد')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kept_names")


def _fetch(kept, name="سعيد"):
    return kept.fetch_row(STATEMENT, [name, name])


def _prepared(kept) -> list[tuple[str, int]]:
    """The statements that the session has prepared, and how often it executed them."""
    with kept.cursor() as cursor:
        cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
        return cursor.fetchall()


def test_a_row_is_fetched_by_a_statement_that_the_session_prepares_once(kept, names):
    assert [_fetch(kept), _fetch(kept), _fetch(kept, "nobody")] == [ROW, ROW, None]
    assert kept.fetch_row("SELECT 1", []) == (1,)
    assert sorted(times for _name, times in _prepared(kept)) == [1, 3]


def test_a_row_is_the_same_in_a_transaction_and_where_somebody_listens(kept, names):
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert _fetch(connection) == ROW
    assert len(queries) == 1
    with CaptureQueriesContext(kept) as queries:
        assert _fetch(kept) == ROW
    assert len(queries) == 1
    assert _prepared(kept) == []


def test_a_row_is_fetched_though_the_server_ended_the_session_unnoticed(kept, names):
    assert _fetch(kept) == ROW
    session = _session(kept)
    _end(session)
    assert _fetch(kept) == ROW
    assert _session(kept) != session
    assert _fetch(kept) == ROW
    assert len(_prepared(kept)) == 1


def test_a_row_is_fetched_though_the_table_has_changed(kept, names):
    assert _fetch(kept) == ROW
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kept_names ALTER COLUMN name TYPE text")
    assert _fetch(kept) == ROW


def test_a_row_that_cannot_be_read_says_why(kept):
    with pytest.raises(ProgrammingError, match="kept_names"):
        _fetch(kept)
    assert kept.fetch_row("SELECT 1", []) == (1,)
