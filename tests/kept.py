"""Records that many tests of one module only look at: made once, each test undoes what it does to them."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import override_settings


@dataclass(frozen=True)
class Kept:
    """What was made, and the directory that holds its files."""

    made: Any
    media: Path

    def for_test(self, settings) -> Any:
        """A copy of its own for one test, which finds the files."""
        settings.MEDIA_ROOT = self.media
        return copy.deepcopy(self.made)


@contextmanager
def kept(make: Callable[[], Any], media: Path, blocker) -> Iterator[Kept]:
    """Hold `make()`'s records in a transaction around the tests of a module; `blocker` is pytest-django's."""
    with blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=media):
            made = make()
        yield Kept(made, media)
        transaction.set_rollback(True)
