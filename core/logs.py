"""What the server's log must not say of people.

Of a checked card the address holds the token, of a followed application its tracking number, and PostgreSQL
quotes the refused row in its messages: names, identity numbers and telephones would stay in a log that is
kept, copied and read by many.
"""

import logging
import re

from django.core.exceptions import BadRequest, PermissionDenied

_TOKEN = re.compile(r"(/[vt]/)[^\s/?#\"']+", re.IGNORECASE)
# From the mark on, up to the next line of a traceback or the next part of PostgreSQL's message.
_ROW = re.compile(
    r"^(DETAIL|CONTEXT|LINE \d+):.*?(?=\n(?:[A-Z]+: |\s*$|Traceback|The above|During handling|  File )|\Z)",
    re.M | re.S,
)


class PrivateFormatter(logging.Formatter):
    """A line of the log without tokens, tracking numbers and without the rows that the database quotes."""

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))

    def formatException(self, ei) -> str:
        """Nothing where the request itself was refused: whoever sends such requests would fill the log."""
        return "" if isinstance(ei[1], BadRequest | PermissionDenied) else super().formatException(ei)


def hide(text: str) -> str:
    return _ROW.sub(r"\1: (not logged)", _TOKEN.sub(r"\1(not logged)", text))
