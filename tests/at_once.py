"""Several people who do something in the same moment, on connections of their own."""

import threading
from collections.abc import Callable

from django.db import connection
from django.utils import translation

from core.exceptions import ActionRefused

# More than any lock is held in a test: whoever waits longer waits for ever.
_SECONDS = 60


def at_once(*actions: Callable[[], object]) -> list:
    """Do things at the same time; gives what each returned, or the refusal that it met.

    Anything else that one raises, such as a deadlock, is raised here.
    """
    start, answers = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number: int, action: Callable[[], object]) -> None:
        try:
            start.wait(20)
            with translation.override("en"):
                answers[number] = action()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
        assert not thread.is_alive(), "one waits for the other for ever"
    for answer in answers:
        if isinstance(answer, Exception) and not isinstance(answer, ActionRefused):
            raise answer
    return answers
