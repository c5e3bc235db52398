import csv
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from registry.models import Craft, CraftBranch, CraftList

SOURCE = Path(__file__).resolve().parents[2] / "data" / "crafts.csv"
CODE = "working-2026"


class Command(BaseCommand):
    help = "Load our working list of crafts, marked not official."

    @transaction.atomic
    def handle(self, *args, **options):
        with SOURCE.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        craft_list, _created = CraftList.objects.get_or_create(
            code=CODE,
            defaults={
                "name_ar": "لائحة عمل غير رسمية",
                "name_fr": "Liste de travail, non officielle",
                "is_official": False,
                # The official list, once loaded and put in use, is not pushed aside by ours.
                "is_current": not CraftList.objects.filter(is_current=True).exists(),
            },
        )
        branches = {}
        for row in rows:
            branches.setdefault(
                row["branch_code"],
                CraftBranch(
                    craft_list=craft_list,
                    code=row["branch_code"],
                    name_ar=row["branch_ar"],
                    name_fr=row["branch_fr"],
                    class_code=row["class_code"],
                    class_name_ar=row["class_ar"],
                    class_name_fr=row["class_fr"],
                ),
            )
        CraftBranch.objects.bulk_create(
            branches.values(),
            update_conflicts=True,
            unique_fields=["craft_list", "code"],
            update_fields=["name_ar", "name_fr", "class_code", "class_name_ar", "class_name_fr"],
        )
        branch_ids = dict(craft_list.branches.values_list("code", "id"))
        Craft.objects.bulk_create(
            [
                Craft(
                    branch_id=branch_ids[row["branch_code"]],
                    code=row["craft_code"],
                    name_ar=row["craft_ar"],
                    name_fr=row["craft_fr"],
                    evidence=row["evidence"],
                )
                for row in rows
            ],
            update_conflicts=True,
            unique_fields=["branch", "code"],
            update_fields=["name_ar", "name_fr", "evidence"],
        )
        self.stdout.write(f"{len(rows)} crafts in {len(branches)} branches")
