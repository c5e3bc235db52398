"""What is out of the ordinary about checks of cards."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0005_card_designs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UnusualCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("many", "Checked very often in one day"),
                            ("far", "Checked in far regions within a short time"),
                            ("in_box", "Checked though it was not handed over yet"),
                        ],
                        max_length=8,
                        verbose_name="What was noticed",
                    ),
                ),
                ("first_at", models.DateTimeField(auto_now_add=True, verbose_name="First noticed")),
                ("last_at", models.DateTimeField(verbose_name="Last noticed")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="How many times")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Regions",
                    ),
                ),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                ("dismissal", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unusual_checks",
                        to="cards.card",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "unusual check",
                "ordering": ["-last_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=["-last_at"],
                        name="unusual_check_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=("card", "kind"),
                        name="unusual_check_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dismissed_at__isnull", True),
                            models.Q(
                                ("dismissed_by__isnull", False), models.Q(("dismissal", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="unusual_check_dismissed_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)), name="unusual_check_counted"
                    ),
                ],
            },
        ),
    ]
