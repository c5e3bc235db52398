"""What a daily run of letters came to. One that is refused ends nobody else's, and is told at the end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management.base import CommandError

logger = logging.getLogger(__name__)


@dataclass
class Letters:
    """How much was written of or to how many, and how many letters were refused."""

    written: int = 0
    refused: int = 0

    @contextmanager
    def one(self, label: str) -> Iterator[None]:
        """Around one letter and what it marks: refused by the mail server, it is counted and left behind.

        Args:
            label: what the log calls the letter; says nothing about the person but a key.
        """
        try:
            yield
        # What SMTP answers is an OSError; an address or a heading that is none is a ValueError.
        except (OSError, ValueError) as error:
            # Its message may hold the address.
            logger.error("%s was not sent: %s", label, type(error).__name__)
            self.refused += 1


def tell_refused(*runs: Letters) -> None:
    """Have the daily job fail, for whoever watches over it, once everything else is done.

    Raises:
        CommandError: letters were refused.
    """
    if refused := sum(run.refused for run in runs):
        raise CommandError(f"{refused} letters were refused; the log says which.")
