"""A batch's states as a table that the database holds to; when checks are unusual, by the chamber's own rule."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models

# `cards.lifecycle.BATCH` is what people read; `tests/cards/test_lifecycle.py` compares the two.
TRIGGER = """
CREATE TRIGGER batch_state_move BEFORE UPDATE OF state ON cards_cardbatch FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('queued', 'held'), ('held', 'queued'), ('queued', 'running'), ('running', 'made'),
        ('made', 'running'), ('made', 'closed'),
        ('held', 'cancelled'), ('queued', 'cancelled'), ('running', 'cancelled'), ('made', 'cancelled')))
    EXECUTE FUNCTION registry_refuse_move();
"""
NO_TRIGGER = "DROP TRIGGER batch_state_move ON cards_cardbatch;"


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0007_hand_over_and_reminders"),
        ("core", "0003_provisional_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cardrules",
            name="checks_a_day",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[
                    django.core.validators.MinValueValidator(2),
                    django.core.validators.MaxValueValidator(9999),
                ],
                verbose_name="Checks of one card in a day from which the card officer is told",
            ),
        ),
        migrations.AddField(
            model_name="cardrules",
            name="far_checks_minutes",
            field=models.PositiveSmallIntegerField(
                default=60,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1440),
                ],
                verbose_name="Minutes within which checks of one card in far regions are told of",
            ),
        ),
        migrations.AlterField(
            model_name="cardnotice",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Not sent"),
                    ("unknown", "Perhaps sent"),
                    ("cancelled", "Cancelled"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="cardbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("file", ""), ("good", 0)),
                    _connector="OR",
                ),
                name="batch_cancelled_unprinted",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("checks_a_day__gte", 2), ("far_checks_minutes__range", (1, 1440))),
                name="card_rules_unusual_sane",
            ),
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
