import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registry.demo.actions import add_demo_people
from registry.models import Registrant


class Command(BaseCommand):
    help = "Put N invented people on the register, marked as demo. Run again, it adds only who is missing."

    def add_arguments(self, parser):
        parser.add_argument("n", type=int, nargs="?", default=2000, help="how many of the seed's people")
        parser.add_argument("--seed", type=int, default=0, help="0 to 3: other people altogether")
        parser.add_argument("--without-portraits", action="store_true", help="much faster; no cards for them")

    def handle(self, *args, n, seed, without_portraits, verbosity, **options):
        if not settings.DEMO_NOTICE and Registrant.objects.filter(is_demo=False).exists():
            raise CommandError("Real people are on this register: demo people are not put among them.")
        started = time.monotonic()
        added = 0
        try:
            for progress in add_demo_people(n=n, seed=seed, portraits=not without_portraits):
                added = progress.added
                if verbosity:
                    self.stdout.write(f"{progress.seen} of {n}", ending="\r")
                    self.stdout.flush()
        except ValueError as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - started
        self.stdout.write(f"{added} demo people added, {n - added} there already, in {seconds:.1f} s")
