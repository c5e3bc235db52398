"""`ENGINE = "core.postgres"`: a connection that was kept is asked whether it lives only if there is a reason.

With CONN_HEALTH_CHECKS Django sends an empty statement before each request, a whole trip to the server. A
server that stopped or ended the session has said so by then: its farewell, or the end of the line, waits in
the socket of a connection that otherwise has nothing to say. A line cut without a word is noticed neither
way before something is sent.
"""

from select import POLLERR, POLLHUP, POLLIN, poll

from django.db.backends.postgresql import base
from psycopg import Connection


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_say(self.connection) or super().is_usable()


def _has_something_to_say(connection: Connection) -> bool:
    line = poll()
    line.register(connection.fileno(), POLLIN | POLLHUP | POLLERR)
    return bool(line.poll(0))
