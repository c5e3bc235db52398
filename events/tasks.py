"""What workers are asked to do: by ids, safe to be run twice and to be killed."""

from events import letters, sending


def send_mailing(mailing_id: int) -> None:
    sending.send_mailing(mailing_id)


def make_letters(letters_id: int) -> None:
    letters.make_letters(letters_id)


def resume_mailings() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    sending.resume()
    letters.resume()
