"""What workers are asked to do: by ids, safe to be run twice and to be killed."""

from cards import batches


def make_batch(batch_id: int) -> None:
    batches.make_batch(batch_id)


def resume_unfinished() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    batches.resume_unfinished()
