from django.core.management.base import BaseCommand

from events.hours import keep_hours


class Command(BaseCommand):
    help = "Keep the hours that people were told, after the rules of the Moroccan clock have changed."

    def handle(self, *args, **options):
        for meeting in keep_hours():
            self.stdout.write(f"{meeting.pk}: {meeting.hour_entered}")
