import json
from pathlib import Path

from django.core.management.base import BaseCommand

from core.models import ServiceDomain

SOURCE = Path(__file__).resolve().parents[2] / "data" / "service_domains.json"


class Command(BaseCommand):
    help = "Load the domains of partners' services."

    def handle(self, *args, **options):
        domains = [
            ServiceDomain(
                code=row["code"], name_ar=row["ar"], name_fr=row["fr"], name_en=row["en"], position=position
            )
            for position, row in enumerate(json.loads(SOURCE.read_text(encoding="utf-8")), start=1)
        ]
        ServiceDomain.objects.bulk_create(
            domains,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name_ar", "name_fr", "name_en", "position"],
        )
        self.stdout.write(f"{len(domains)} service domains")
