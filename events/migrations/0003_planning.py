"""The directory, duties, and what planning needs to know of meetings, agendas and invitations."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_trail_append_only"),
        ("events", "0002_invitations"),
        ("registry", "0019_saved_filters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(blank=True, max_length=120, verbose_name="Task")),
                ("given_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "duty at a meeting",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(blank=True, max_length=120, verbose_name="Name in Arabic")),
                (
                    "name_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Name in Latin letters"),
                ),
                ("title_ar", models.CharField(max_length=160, verbose_name="Function in Arabic")),
                ("title_fr", models.CharField(blank=True, max_length=160, verbose_name="Function in French")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("official", "Administration"),
                            ("chamber_member", "Member of the chamber"),
                            ("chamber_staff", "Chamber's staff"),
                            ("partner", "Partner"),
                            ("press", "Press"),
                            ("other", "Other"),
                        ],
                        default="official",
                        max_length=16,
                        verbose_name="Category",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Mobile telephone")),
                ("is_active", models.BooleanField(default=True, verbose_name="Still invited")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "guest",
                "ordering": ["institution__name_ar", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="guestgroup",
            options={"ordering": ["position", "id"], "verbose_name": "group of guests"},
        ),
        migrations.AlterModelOptions(
            name="invitation",
            options={"ordering": ["position"], "verbose_name": "invitation"},
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="duration_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(600),
                ],
                verbose_name="Minutes",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="partners_ar",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="partners_fr",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="guestgroup",
            name="criteria",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="guestgroup",
            name="source",
            field=models.CharField(
                choices=[
                    ("announced", "Announced, without names"),
                    ("directory", "A category of the directory"),
                    ("body_presidents", "Presidents of craft bodies"),
                    ("artisans", "Artisans of the register"),
                ],
                default="announced",
                max_length=16,
                verbose_name="Who",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="E-mail"),
        ),
        migrations.AddField(
            model_name="institution",
            name="phone",
            field=models.CharField(blank=True, max_length=16, verbose_name="Telephone"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="answer",
            field=models.CharField(
                choices=[
                    ("none", "No answer yet"),
                    ("coming", "Coming"),
                    ("not_coming", "Not coming"),
                    ("delegate", "Sends a delegate"),
                ],
                default="none",
                max_length=10,
                verbose_name="Reply",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Answered on"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="invitation",
            name="delegate_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="Delegate's name"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="delegate_title",
            field=models.CharField(blank=True, max_length=160, verbose_name="Delegate's function"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="invitations",
                to="events.guestgroup",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="registrant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="registry.registrant",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn on"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="agenda_version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="capacity",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100000),
                ],
                verbose_name="Seats",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="director",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Led by",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("venue", "The venue is not available"),
                    ("weather", "The weather or the roads"),
                    ("public_day", "A public holiday or an official event"),
                    ("organiser", "At the organiser's request"),
                    ("unready", "The preparation is not finished"),
                    ("other", "Another ground"),
                ],
                max_length=12,
                verbose_name="Ground",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="ground_note",
            field=models.TextField(blank=True, verbose_name="In words, for those invited"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="map_url",
            field=models.URLField(blank=True, max_length=400, verbose_name="Link to a map"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="sequence",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddField(
            model_name="meeting",
            name="wheelchair_access",
            field=models.CharField(
                choices=[
                    ("unknown", "Not known"),
                    ("full", "Whole building"),
                    ("partial", "In part, or with help"),
                    ("none", "None"),
                ],
                default="unknown",
                max_length=8,
                verbose_name="Access for wheelchairs",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="events.institution",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="events.meeting"
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="position",
            field=models.PositiveIntegerField(verbose_name="Order of protocol"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="title_ar",
            field=models.CharField(blank=True, max_length=160, verbose_name="Function in Arabic"),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="title_fr",
            field=models.CharField(blank=True, max_length=160, verbose_name="Function in French"),
        ),
        migrations.AddField(
            model_name="duty",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="events.meeting"
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddField(
            model_name="guest",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="guests",
                to="events.institution",
                verbose_name="Institution",
            ),
        ),
        migrations.AddField(
            model_name="guest",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.region",
                verbose_name="Region",
            ),
        ),
        migrations.AddField(
            model_name="guest",
            name="registrant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.registrant",
                verbose_name="Entry in the register",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="guest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="events.guest",
            ),
        ),
    ]
