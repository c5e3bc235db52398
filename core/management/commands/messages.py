from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core import translations
from core.translatable_strings import UnreadableSource

ROOT = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    help = "Bring the message catalogues in line with the code, check them, or compile them."
    requires_system_checks = []

    def add_arguments(self, parser):
        task = parser.add_mutually_exclusive_group()
        task.add_argument("--check", action="store_true", help="change nothing; fail on what is not whole")
        task.add_argument("--compile", action="store_true", help="write .mo files where .po files are newer")
        parser.add_argument("--root", type=Path, default=ROOT, help="the project's directory")

    def handle(self, *args, root, check, compile, **options):
        catalogues = {
            language: translations.catalogue_path(root, language) for language in translations.PLURAL_FORMS
        }
        if compile:
            for path in catalogues.values():
                if path.exists() and translations.compile_catalogue(path):
                    self.stdout.write(f"compiled {path.relative_to(root)}")
            return
        try:
            messages = translations.collect(root)
        except UnreadableSource as error:
            raise CommandError(str(error)) from error
        if check:
            self._check(messages, catalogues)
        else:
            self._merge(messages, catalogues, root)

    def _check(self, messages, catalogues):
        found = [
            problem
            for language, path in catalogues.items()
            for problem in translations.problems(messages, translations.read(path), language)
        ]
        if found:
            raise CommandError("\n".join([f"{len(found)} problems", *map(str, found)]))
        self.stdout.write(f"{len(messages)} strings, whole in {', '.join(catalogues)}")

    def _merge(self, messages, catalogues, root):
        for language, path in catalogues.items():
            merged = translations.merge(messages, translations.read(path), language)
            changed = translations.write(merged, path)
            left = sum(not entry.translated() for entry in merged)
            self.stdout.write(
                f"{path.relative_to(root)}: {len(merged)} strings, {left} to translate"
                + ("" if changed else ", unchanged")
            )
