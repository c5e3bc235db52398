"""Passwords that somebody else gave are replaced by their owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_trail_append_only")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_is_provisional",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
