"""Each presence and each scan is of a list."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0009_lists_of_meetings")]

    operations = [
        migrations.AlterField(
            model_name="checkin",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_ins",
                to="events.checkinlist",
            ),
        ),
        migrations.AlterField(
            model_name="scan",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="events.checkinlist"
            ),
        ),
    ]
