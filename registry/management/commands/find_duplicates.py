"""Look through the register for duplicates, here and now; the page has workers do the same."""

from django.core.management.base import BaseCommand

from registry.actions.sweeping import go_on_with_sweep, start_sweep
from registry.models import DuplicatePair


class Command(BaseCommand):
    help = "Look through the register for duplicates. Stopped, it goes on where it was."

    def add_arguments(self, parser):
        parser.add_argument("--region", default="", help="code of one region; the whole country without it")

    def handle(self, *args, region: str, **options):
        sweep = start_sweep(by=None, region_code=region)
        go_on_with_sweep(sweep.pk)
        sweep.refresh_from_db()
        waiting = DuplicatePair.objects.waiting().count()
        self.stdout.write(f"entries={sweep.done} found={sweep.pairs_found} waiting={waiting}")
