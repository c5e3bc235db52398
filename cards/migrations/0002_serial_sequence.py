"""Serial numbers are drawn from a sequence, so that one is never given twice, whatever is rolled back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cards", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE cards_serial_number", "DROP SEQUENCE cards_serial_number"),
    ]
