"""Makes, rolls over, retires and lists the keys that sign the codes on cards."""

from django.core.management.base import BaseCommand, CommandError

from cards import keys


class Command(BaseCommand):
    help = (
        "Keys that sign the codes on cards: `ensure` makes the first, `new` rolls over, `retire KEY` "
        "keeps of an older one what verifies its cards and no more, `list` shows them."
    )
    # Keys are files: no database is needed to make or list them.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["ensure", "new", "retire", "list"])
        parser.add_argument("key", nargs="?", default="", help="the id of the key to retire")

    def handle(self, *, action, key, **options):
        if action == "ensure":
            self.stdout.write(f"signing key {keys.ensure_key()}")
        elif action == "new":
            self.stdout.write(f"signing key {keys.new_key()}; the older ones go on verifying")
        elif action == "retire":
            self._retire(key)
        else:
            for kid, current in keys.key_ids():
                self.stdout.write(f"{kid} {'signs and verifies' if current else 'verifies'}")

    def _retire(self, key: str) -> None:
        try:
            keys.retire_key(key)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{key} verifies, and can sign no more")
