from django.core.management.base import BaseCommand
from django.utils import timezone

from events.reminders import remind


class Command(BaseCommand):
    help = "Write to whoever promised something at a meeting that is due. To be run once a day."

    def handle(self, *args, **options):
        written = remind(today=timezone.localdate())
        self.stdout.write(f"{written} written to")
