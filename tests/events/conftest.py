import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries(db):
    """`count_queries(lambda: ...)` runs it and says how often it asked the database."""

    def count(task) -> int:
        with CaptureQueriesContext(connection) as asked:
            task()
        return len(asked)

    return count


def answered(response) -> bytes:
    """The bytes of a file that was sent, whichever way."""
    return b"".join(response.streaming_content) if response.streaming else response.content
