import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from registry.models import Ground

SOURCE = Path(__file__).resolve().parents[2] / "data" / "grounds.csv"


class Command(BaseCommand):
    help = "Load our working list of grounds, marked not official. What a chamber put out of use stays so."

    @transaction.atomic
    def handle(self, *args, **options):
        with SOURCE.open(encoding="utf-8", newline="") as source:
            rows = [Ground(**row) for row in csv.DictReader(source)]
        Ground.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["region", "procedure", "code"],
            update_fields=["name_ar", "name_fr"],
        )
        self.stdout.write(f"{len(rows)} grounds")
