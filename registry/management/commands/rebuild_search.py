import time

from django.core.management.base import BaseCommand

from registry.search.rebuild import rebuild


class Command(BaseCommand):
    help = "Make the tables of searching anew: after a change of the rules, or monthly for fresh counts."

    def handle(self, *args, verbosity, **options):
        started = time.monotonic()
        for step in rebuild():
            if verbosity:
                self.stdout.write(f"{time.monotonic() - started:7.1f} s  {step}")
        self.stdout.write(f"made anew in {time.monotonic() - started:.1f} s")
