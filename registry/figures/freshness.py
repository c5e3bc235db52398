"""Asking the workers to count anew."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from redis.exceptions import RedisError

from core import background
from registry.models import FigureSnapshot

logger = logging.getLogger(__name__)

TASK = "registry.tasks.count_figures"


def is_stale(snapshot: FigureSnapshot | None) -> bool:
    oldest = timezone.now() - timedelta(hours=settings.FIGURES_FRESH_HOURS)
    return snapshot is None or snapshot.taken_at < oldest


def ask_to_count() -> None:
    """Once, however many ask: the count that waits is as good for all of them."""
    try:
        if not background.is_queued(TASK, 0):
            background.wake(TASK, 0)
    except RedisError:
        # A page of figures does not fail for it: a worker that starts counts by itself.
        logger.exception("the figures are not counted anew: the queue did not answer")
