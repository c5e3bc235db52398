"""Make the fonts' subsets and the Bootstrap files that every page needs.

They come whole from wheels; what is sent to a phone is a small part of them. The result lies in
`settings.ASSETS_DIR`, one of the static files' directories.
"""

import hashlib
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from core.assets import bootstrap_css, web_fonts

STAMP = "built-from"


class Command(BaseCommand):
    # One of the checks asks for what this command makes.
    requires_system_checks = []
    help = "Make the fonts' subsets and the Bootstrap files for pages; quick when nothing changed."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="build again although nothing changed")

    def handle(self, *, force: bool, **options):
        target = Path(settings.ASSETS_DIR)
        wanted = _fingerprint()
        stamp = target / STAMP
        if not force and stamp.is_file() and stamp.read_text() == wanted:
            self.stdout.write(f"{target}: nothing changed.")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".assets-") as scratch:
            fresh = Path(scratch) / "new"
            for name, content in (web_fonts.files() | bootstrap_css.files()).items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            (fresh / STAMP).write_text(wanted)
            fresh.chmod(0o755)
            _swap(fresh, target, aside=Path(scratch) / "old")
        self.stdout.write(self.style.SUCCESS(f"{target}: built."))


def _fingerprint() -> str:
    """What the result depends on: our own recipe and the wheels' versions."""
    recipe = hashlib.sha256()
    for module in (__file__, web_fonts.__file__, bootstrap_css.__file__):
        recipe.update(Path(module).read_bytes())
    parts = ["bootstrap-wrapper", "fonttools", *web_fonts.DISTRIBUTIONS]
    return "\n".join([recipe.hexdigest(), *(f"{part} {version(part)}" for part in parts)])


def _swap(fresh: Path, target: Path, *, aside: Path) -> None:
    """Put the whole new directory in place; a build that failed half-way has left the old one untouched."""
    if target.exists():
        target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        # Another build put its own there meanwhile: it was made from the same recipe.
        if not (target / STAMP).is_file():
            raise
    shutil.rmtree(aside, ignore_errors=True)
