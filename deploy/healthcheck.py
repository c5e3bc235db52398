"""Health of one container, for Docker: `healthcheck.py web` or `healthcheck.py worker`. Fails by raising."""

import os
import socket
import sys
import urllib.request


def web() -> None:
    """The web server answers, and reaches its database and its Redis."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
        assert answer.status == 200


def worker() -> None:
    """A worker of this container is known to Redis, which forgets those that no longer report."""
    import environ
    from redis import Redis
    from rq import Worker

    connection = Redis.from_url(environ.FileAwareEnv().str("REDIS_URL"))
    assert any(worker.hostname == socket.gethostname() for worker in Worker.all(connection=connection))


if __name__ == "__main__":
    {"web": web, "worker": worker}[sys.argv[1]]()
