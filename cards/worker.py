"""The portal's worker process."""

import django_rq
from redis.exceptions import RedisError
from rq import Worker

from cards.rendering import warm_up
from core import background


class PortalWorker(Worker):
    """Asks for forgotten work of every app as its first jobs.

    It only asks: each job runs in a process of its own, and the one that forks them must hold no connection
    to the database.
    """

    def bootstrap(self, *args, **kwargs) -> None:
        super().bootstrap(*args, **kwargs)
        # Once here instead of in every process forked for a job.
        warm_up()
        try:
            queue = django_rq.get_queue("default")
            for task in background.resume_tasks():
                queue.enqueue_call(task, timeout=120)
        except RedisError:
            self.log.exception("the queue did not answer; the worker goes on")

    def work(self, *args, **kwargs) -> bool:
        # Nothing of ours is put off to a later hour, and the process that would see to it outlives a killed
        # worker.
        return super().work(*args, **kwargs | {"with_scheduler": False})
