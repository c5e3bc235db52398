"""Other lists than the register's own can be taken out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0022_supervisors"),
    ]

    operations = [
        migrations.AddField(
            model_name="exportjob",
            name="listing",
            field=models.CharField(
                choices=[
                    ("registrants", "National craft register"),
                    ("applications", "Applications"),
                    ("changes", "Requests about entries"),
                    ("proceedings", "Suspension and striking off"),
                    ("bodies", "Craft bodies"),
                ],
                default="registrants",
                max_length=12,
                verbose_name="List",
            ),
        ),
    ]
