from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from events.actions import forget_walk_ins


class Command(BaseCommand):
    help = "Take names and telephones out of what was written down at doors long ago. To be run once a day."

    def handle(self, *args, **options):
        before = timezone.now() - timedelta(days=settings.WALK_IN_KEPT_DAYS)
        self.stdout.write(f"{forget_walk_ins(before=before)} forgotten")
