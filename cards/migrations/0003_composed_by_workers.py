"""A large batch is ordered by a page and composed by a worker: its people, and how they are to lie."""

from django.db import migrations, models

# As `cards.lifecycle.BATCH`.
MOVES = """
    ('composing', 'queued'), ('composing', 'held'), ('held', 'queued'), ('queued', 'running'),
    ('running', 'made'), ('made', 'running'), ('made', 'closed'), ('composing', 'cancelled'),
    ('held', 'cancelled'), ('queued', 'cancelled'), ('running', 'cancelled'), ('made', 'cancelled')
"""
MOVES_BEFORE = """
    ('queued', 'held'), ('held', 'queued'), ('queued', 'running'), ('running', 'made'),
    ('made', 'running'), ('made', 'closed'),
    ('held', 'cancelled'), ('queued', 'cancelled'), ('running', 'cancelled'), ('made', 'cancelled')
"""


def trigger(moves: str) -> str:
    return f"""
DROP TRIGGER batch_state_move ON cards_cardbatch;
CREATE TRIGGER batch_state_move BEFORE UPDATE OF state ON cards_cardbatch FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN ({moves}))
    EXECUTE FUNCTION registry_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0002_held_by_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="cardbatch",
            name="cards_per_box",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="cardbatch",
            name="chosen",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="cardbatch",
            name="issued_on",
            field=models.DateField(blank=True, null=True, verbose_name="Date of issue"),
        ),
        migrations.AlterField(
            model_name="cardbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("composing", "Being composed"),
                    ("held", "To look at before it is made"),
                    ("queued", "Waiting"),
                    ("running", "Being made"),
                    ("made", "Ready to print"),
                    ("closed", "Closed"),
                    ("cancelled", "Cancelled"),
                ],
                default="queued",
                max_length=10,
                verbose_name="State",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "composing"), _negated=True),
                    models.Q(models.Q(("chosen", []), _negated=True), ("cards_per_box__isnull", False)),
                    _connector="OR",
                ),
                name="batch_composing_knows_its_people",
            ),
        ),
        migrations.RunSQL(trigger(MOVES), trigger(MOVES_BEFORE)),
    ]
