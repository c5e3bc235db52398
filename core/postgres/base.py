"""`ENGINE = "core.postgres"`: what a connection that is kept makes possible.

It is asked whether it lives only if there is a reason, and it prepares once what is asked all day.
"""

from collections.abc import Sequence
from select import POLLERR, POLLHUP, POLLIN, poll

from django.db import Error
from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict) -> Connection:
        self._prepared: dict[str, _Prepared] = {}
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether the connection lives.

        With CONN_HEALTH_CHECKS Django sends an empty statement before each request, a whole trip to the
        server. A server that stopped or ended the session has said so by then: its farewell, or the end of
        the line, waits in the socket of a connection that otherwise has nothing to say. A line cut without a
        word is noticed neither way before something is sent.
        """
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_say(self.connection) or super().is_usable()

    def fetch_row(self, statement: str, texts: Sequence[str]) -> tuple | None:
        """Read the first row of a statement that is asked all day; None if there is none.

        A session prepares it once and then sends it straight through libpq: the cursors of Django and psycopg
        take longer than the server. Within a transaction, or where somebody listens, it goes the ordinary
        way. So it does after the short one failed, for a connection may be lost since the last request, and
        tables may have changed since a statement was prepared.

        Args:
            statement: SQL that changes nothing, for it may be sent twice, with `%s` for each of the texts.

        Raises:
            django.db.Error: as with any statement.
        """
        if not (self.in_atomic_block or self.queries_logged or self.execute_wrappers):
            self.ensure_connection()
            try:
                with self.wrap_database_errors:
                    return self._fetch_prepared(statement, texts)
            except Error:
                self.close()
        with self.cursor() as cursor:
            cursor.execute(statement, texts)
            return cursor.fetchone()

    def _fetch_prepared(self, statement: str, texts: Sequence[str]) -> tuple | None:
        with self.connection.lock:
            prepared = self._prepared.get(statement)
            if prepared is None:
                name = f"portal_{len(self._prepared)}"
                prepared = self._prepared[statement] = _Prepared(self.connection, name, statement, len(texts))
            return prepared.fetch_row(texts)


class _Prepared:
    """A statement that a session has prepared, and what makes Python's values of its columns."""

    def __init__(self, connection: Connection, name: str, statement: str, count: int) -> None:
        self._pgconn, self._name = connection.pgconn, name.encode()
        numbered = statement % tuple(f"${place + 1}" for place in range(count))
        _expect(ExecStatus.COMMAND_OK, self._pgconn.prepare(self._name, numbered.encode()))
        self._values, self._knows_columns = Transformer(connection), False

    def fetch_row(self, texts: Sequence[str]) -> tuple | None:
        result = self._pgconn.exec_prepared(self._name, [text.encode() for text in texts])
        _expect(ExecStatus.TUPLES_OK, result)
        # The columns of a prepared statement never change: PostgreSQL refuses it instead.
        self._values.set_pgresult(result, set_loaders=not self._knows_columns)
        self._knows_columns = True
        return self._values.load_row(0, tuple) if result.ntuples else None


def _expect(status: ExecStatus, result: PGresult) -> None:
    if result.status != status:
        raise error_from_result(result)


def _has_something_to_say(connection: Connection) -> bool:
    line = poll()
    line.register(connection.fileno(), POLLIN | POLLHUP | POLLERR)
    return bool(line.poll(0))
