import json
from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from partners.enums import OfferState
from partners.models import CheckPoint, Offer, Partner, PartnershipRules

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load the partners and their offers. Terms, dates, regions and states are people's: left alone."

    @transaction.atomic
    def handle(self, *args, **options):
        rows = json.loads((DATA / "partners.json").read_text(encoding="utf-8"))["partners"]
        partners = {}
        for row in rows:
            partner, _created = Partner.objects.update_or_create(
                code=row["code"], defaults={"name_ar": row["ar"], "name_fr": row["fr"]}
            )
            partner.domains.set(row["domains"])
            partners[row["code"]] = partner
        for row in rows:
            # Only once all are there: a company may stand before its group.
            parent = partners.get(row["parent"])
            partners[row["code"]].parent = parent
            partners[row["code"]].save(update_fields=["parent"])
            for offer in row["offers"]:
                self._load_offer(partners[row["code"]], offer)
        self._load_check_points()
        offers = sum(len(row["offers"]) for row in rows)
        self.stdout.write(f"{len(partners)} partners, {offers} offers")

    def _load_offer(self, partner, row):
        today = timezone.localdate()
        reference = {"partner": partner, "name_ar": row["ar"], "name_fr": row["fr"]}
        offer, _created = Offer.objects.update_or_create(
            code=row["code"],
            defaults=reference,
            # What partners said in public is shown at once; one that was withdrawn stays so.
            create_defaults={
                **reference,
                "state": OfferState.PUBLISHED,
                "published_on": today,
                "fresh_until": today + timedelta(days=PartnershipRules.current().hide_after_days),
            },
        )
        offer.domains.set(row["domains"])

    def _load_check_points(self):
        rows = json.loads((DATA / "check_points.json").read_text(encoding="utf-8"))
        for position, row in enumerate(rows, start=1):
            CheckPoint.objects.update_or_create(
                code=row["code"], defaults={"text_ar": row["ar"], "text_fr": row["fr"], "position": position}
            )
