from django.core.management.base import BaseCommand
from django.utils import timezone

from core.daily_letters import tell_refused
from partners.catalogue import forget_changes
from partners.reminders import ask_partners, remind_of_endings


class Command(BaseCommand):
    help = "Ask partners to confirm offers that grow old, and write of agreements that end soon: daily."

    def handle(self, *args, **options):
        today = timezone.localdate()
        asked, reminded = ask_partners(today=today), remind_of_endings(today=today)
        forget_changes()
        self.stdout.write(f"{asked.written} partners asked, {reminded.written} endings written of")
        tell_refused(asked, reminded)
