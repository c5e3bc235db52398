"""A report that finds nothing to erase says so; no row changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_requests_taken_out")]

    operations = [
        migrations.AlterField(
            model_name="retentionrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("prepared", "Prepared"),
                    ("running", "Being erased"),
                    ("done", "Erased"),
                    ("cancelled", "Cancelled"),
                    ("nothing", "Nothing to erase"),
                ],
                default="prepared",
                max_length=10,
            ),
        ),
    ]
