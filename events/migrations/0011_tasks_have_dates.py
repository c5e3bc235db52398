"""Lines of the preparation list have a date, and come in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0010_lists_are_known")]

    operations = [
        migrations.AddField(
            model_name="preparationtask",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="To be done by"),
        ),
        migrations.AlterModelOptions(
            name="preparationtask",
            options={"ordering": ["due_on", "pk"], "verbose_name": "task"},
        ),
    ]
