"""Papers of the agenda, messages and letters to people invited, and what the directory is searched by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.arabic import fold


def fill_keys(apps, schema_editor):
    """What the directory is searched by, for entries made before it was."""
    fields = {
        "Institution": ("name_ar", "name_fr"),
        "Guest": ("name_ar", "name_fr", "title_ar", "title_fr"),
    }
    for name, words in fields.items():
        model = apps.get_model("events", name)
        for row in model.objects.all():
            key = "|".join(fold(getattr(row, word)) for word in words)
            model.objects.filter(pk=row.pk).update(name_key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_held_by_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="guest",
            name="name_key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="name_key",
            field=models.TextField(default="", editable=False),
        ),
        migrations.CreateModel(
            name="AgendaAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Title")),
                ("file", models.FileField(upload_to="agendas/%Y/%m/", verbose_name="File")),
                ("content_type", models.CharField(max_length=40)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="events.agendaitem",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("notice", "Notice of a change"),
                        ],
                        max_length=12,
                        verbose_name="Occasion",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "first_channel",
                    models.CharField(
                        choices=[("sms", "Text message"), ("email", "E-mail")],
                        default="sms",
                        max_length=6,
                        verbose_name="First by",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Under way"), ("done", "Done"), ("cancelled", "Stopped")],
                        default="running",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "mailing",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("notice", "Notice of a change"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("sms", "Text message"), ("email", "E-mail")],
                        max_length=6,
                        verbose_name="By",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unreachable", "No telephone and no e-mail"),
                            ("unclear", "Not known whether it was sent"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=40)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="events.invitation",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="events.mailing",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["invitation__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(default="ar", max_length=2, verbose_name="Language")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Under way"), ("done", "Done"), ("cancelled", "Stopped")],
                        default="running",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("file", models.FileField(blank=True, upload_to="invitations/%Y/%m/")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.guestgroup",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_files",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "letters",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_file_done_has_file",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(fields=("meeting", "occasion", "number"), name="mailing_once"),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("meeting",), name="mailing_one_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["mailing", "state"], name="delivery_mailing_state"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("invitation", "occasion", "number"), name="delivery_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "sent"),
                        ("sent_at__isnull", False),
                        models.Q(("channel", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_sent_is_dated",
            ),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
    ]
