import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from events.reference import load_meeting

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    help = "Load the meetings of events/data that are missing; the others stay as people made them."

    @transaction.atomic
    def handle(self, *args, **options):
        for source in sorted(DATA.glob("*.json")):
            meeting, made = load_meeting(json.loads(source.read_text(encoding="utf-8")))
            self.stdout.write(f"{meeting.code}: {'loaded' if made else 'there already'}")
