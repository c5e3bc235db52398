"""Whole pages of a web server like that of `make run`, asked for over HTTP by somebody signed in."""

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from django.test import Client

from core.models import User
from core.roles import Role

PATIENCE_SECONDS = 60
CSRF = "0" * 32


class WebServer:
    """One process, with the portal's settings for one machine; ends with the block."""

    def __enter__(self) -> "WebServer":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        command = ["-m", "gunicorn", "chamber_portal.wsgi", f"--bind=127.0.0.1:{self._port}", "--threads=6"]
        self._process = subprocess.Popen(
            [sys.executable, *command, "--no-control-socket", "--log-level=warning"]
        )
        self._cookie = f"sessionid={_session()}; csrftoken={CSRF}; django_language=ar"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "The web server does not answer."
            time.sleep(0.2)
        return self

    def __exit__(self, *_error) -> None:
        self._process.terminate()
        self._process.wait()

    def get(self, address: str) -> float:
        """Milliseconds until the whole page was there."""
        return self._ask("GET", address)[0]

    def search(self, text: str) -> tuple[float, float]:
        """Milliseconds of the page with the results, and of that page with the sending that leads to it."""
        form = {"q": text, "csrfmiddlewaretoken": CSRF}
        sent, address = self._ask("POST", "/register/search/", form)
        shown = self.get(address)
        return shown, sent + shown

    def memory_mb(self) -> float:
        """What the process that answers holds."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def _ask(self, method: str, address: str, form: dict | None = None) -> tuple[float, str]:
        headers = {"Cookie": self._cookie, "Accept-Encoding": "gzip"}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request(method, address, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        answer.read()
        took = (time.perf_counter() - begun) * 1000
        connection.close()
        assert answer.status == (302 if form else 200), (answer.status, address)
        return took, answer.headers.get("Location", "")

    def _answers(self) -> bool:
        try:
            return bool(self.get("/register/"))
        except OSError:
            return False


def _session() -> str:
    """That of an account that sees the whole country, which is the most to look through."""
    user, _new = User.objects.get_or_create(username="bench", defaults={"roles": [Role.NATIONAL_ADMIN]})
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
