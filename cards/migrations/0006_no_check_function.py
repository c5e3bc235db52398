"""Sessions prepare what a check reads (`cards.checked`): the function that kept its plan goes."""

from importlib import import_module

from django.db import migrations

_before = import_module("cards.migrations.0005_check_reads_words")


class Migration(migrations.Migration):
    dependencies = [("cards", "0005_check_reads_words")]

    operations = [migrations.RunSQL(_before.DROP, _before.FORWARD)]
