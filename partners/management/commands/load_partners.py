import json
from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from core.models import AuditEvent
from partners.enums import OfferState
from partners.models import CheckPoint, Offer, Partner, PartnershipRules

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load the partners and their offers. What people changed in the portal is theirs: left alone."

    @transaction.atomic
    def handle(self, *args, **options):
        rows = json.loads((DATA / "partners.json").read_text(encoding="utf-8"))["partners"]
        partners = {}
        for row in rows:
            names = {"name_ar": row["ar"], "name_fr": row["fr"]}
            partner, _created = Partner.objects.get_or_create(code=row["code"], defaults=names)
            partners[row["code"]] = partner
        for row in rows:
            # Only once all are there: a company may stand before its group.
            self._load_partner(partners[row["code"]], row, parent=partners.get(row["parent"]))
            for offer in row["offers"]:
                self._load_offer(partners[row["code"]], offer)
        self._load_check_points()
        offers = sum(len(row["offers"]) for row in rows)
        self.stdout.write(f"{len(partners)} partners, {offers} offers")

    def _load_partner(self, partner, row, *, parent):
        if AuditEvent.objects.about(partner).exists():
            return
        partner.name_ar, partner.name_fr, partner.parent = row["ar"], row["fr"], parent
        partner.save(update_fields=["name_ar", "name_fr", "parent"])
        partner.domains.set(row["domains"])

    def _load_offer(self, partner, row):
        if Offer.objects.filter(code=row["code"], version__gt=1).exists():
            return
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
