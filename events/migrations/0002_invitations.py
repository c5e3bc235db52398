"""Guests become a directory that meetings share; what a meeting held of them becomes its invitations."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def uid_column(**options):
    return models.UUIDField(default=uuid.uuid4, editable=False, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_trail_append_only"),
        ("registry", "0019_saved_filters"),
        ("events", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Rows keep their keys, and with them the speakers of the agenda.
        migrations.RemoveConstraint("guest", "guest_position_once"),
        migrations.RemoveConstraint("guest", "guest_has_title"),
        # The index goes with its name, which the directory's table takes.
        migrations.AlterField(
            "guest",
            "institution",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="guests",
                to="events.institution",
            ),
        ),
        migrations.AlterField(
            "guest",
            "meeting",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="guests",
                to="events.meeting",
            ),
        ),
        migrations.RenameModel("Guest", "Invitation"),
    ]
