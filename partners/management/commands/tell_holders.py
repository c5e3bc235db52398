from django.core.management.base import BaseCommand

from partners.notices import tell_of_endings


class Command(BaseCommand):
    help = "Tell holders of offers that they keep and that end soon; each day, since nobody is told twice."

    def handle(self, *args, **options):
        self.stdout.write(f"{tell_of_endings()} offers kept that end soon")
