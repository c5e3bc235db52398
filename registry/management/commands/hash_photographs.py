"""Make the hashes of photographs that were stored before hashes were made, or by other means."""

from django.core.management.base import BaseCommand

from registry.models import Registrant
from registry.photograph_hash import photograph_hash

CHUNK = 500


class Command(BaseCommand):
    help = "Make the missing hashes of photographs. Safe to stop and to run again."

    def handle(self, *args, **options):
        people = Registrant.objects.exclude(photograph="").filter(photograph_hash__isnull=True)
        last, made = 0, 0
        while chunk := list(people.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = chunk[-1].pk
            hashed = []
            for registrant in chunk:
                try:
                    with registrant.photograph.open() as content:
                        registrant.photograph_hash = photograph_hash(content)
                except FileNotFoundError:
                    self.stderr.write(f"no file: registrant {registrant.pk}")
                if registrant.photograph_hash is not None:
                    hashed.append(registrant)
            # A hash says nothing new about the person: no audit row, and no new version of the file.
            Registrant.objects.bulk_update(hashed, ["photograph_hash"])
            made += len(hashed)
        self.stdout.write(f"hashed={made}")
