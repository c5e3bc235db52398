"""The workers: they make batches, and one that dies is started again."""

from django.core.management.base import BaseCommand
from django.db import connections
from django_rq.queues import get_queues
from rq.worker_pool import WorkerPool

from cards.worker import PortalWorker


class Command(BaseCommand):
    help = "Work off the queue with several processes; one that is killed is started again."
    # A worker serves no page: what pages need is none of its business.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--processes", type=int, default=2, help="how many work at once (default: 2)")
        parser.add_argument("--burst", action="store_true", help="leave when the queue is empty")

    def handle(self, *args, processes: int, burst: bool, verbosity: int, **options):
        queues = get_queues("default")
        pool = WorkerPool(
            queues=queues,
            connection=queues[0].connection,
            num_workers=processes,
            worker_class=PortalWorker,
            queue_class=type(queues[0]),
            job_class=queues[0].job_class,
        )
        for connection in connections.all(initialized_only=True):
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
        pool.start(burst=burst, logging_level="INFO" if verbosity > 1 else "WARNING")
