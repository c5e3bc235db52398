"""What workers are asked to do: by ids, safe to be run twice and to be killed."""

from functools import partial

from cards import batches, notices, reminders
from cards.actions import checks, compose_batch
from cards.enums import UnusualKind
from cards.models import Card
from cards.printing import files
from core.background import through_restarts


def make_batch(batch_id: int) -> None:
    through_restarts(partial(_make_batch, batch_id))


def make_file(file_id: int) -> None:
    through_restarts(partial(files.make_file, file_id))


def send_notice(notice_id: int) -> None:
    notices.send(notice_id)


def send_reminders(run_id: int) -> None:
    reminders.send_all(run_id)


def resume_unfinished() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    batches.resume_unfinished()
    files.resume()
    reminders.resume()
    notices.resume()


def report_unusual(card_id: int, kind: str, regions: list[str]) -> None:
    """Write down what was noticed while a check was answered."""
    card = Card.objects.filter(pk=card_id).first()
    if card is not None:
        checks.report_unusual(card=card, kind=UnusualKind(kind), regions=regions)


def _make_batch(batch_id: int) -> None:
    # A composed batch asks for as many workers as its making takes.
    if not compose_batch(batch_id):
        batches.make_batch(batch_id)
