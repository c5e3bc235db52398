from django.core.management.base import BaseCommand
from django.utils import timezone

from core.daily_letters import tell_refused
from events.reminders import remind


class Command(BaseCommand):
    help = "Write to whoever promised something at a meeting that is due. To be run once a day."

    def handle(self, *args, **options):
        letters = remind(today=timezone.localdate())
        self.stdout.write(f"{letters.written} written to")
        tell_refused(letters)
