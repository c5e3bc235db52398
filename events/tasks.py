"""What workers are asked to do: by ids, safe to be run twice and to be killed."""

from core import background
from events import letters, sending
from events.actions.mailings import LETTERS, SEND
from events.models import LetterFile, Mailing


def send_mailing(mailing_id: int) -> None:
    sending.send_mailing(mailing_id)


def make_letters(letters_id: int) -> None:
    letters.make_letters(letters_id)


def resume_mailings() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    sending.unclear_lost()
    for task, model in ((SEND, Mailing), (LETTERS, LetterFile)):
        for key in model.objects.running().values_list("pk", flat=True):
            if not background.is_queued(task, key):
                background.wake(task, key)
