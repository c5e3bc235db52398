"""Makes, rolls over and lists the keys that sign the codes on cards."""

from django.core.management.base import BaseCommand

from cards import keys


class Command(BaseCommand):
    help = "Keys that sign the codes on cards: `ensure` makes the first, `new` rolls over, `list` shows them."
    # Keys are files: no database is needed to make or list them.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["ensure", "new", "list"])

    def handle(self, *, action, **options):
        if action == "ensure":
            self.stdout.write(f"signing key {keys.ensure_key()}")
        elif action == "new":
            self.stdout.write(f"signing key {keys.new_key()}; the older ones go on verifying")
        else:
            for kid, current in keys.key_ids():
                self.stdout.write(f"{kid} {'signs and verifies' if current else 'verifies'}")
