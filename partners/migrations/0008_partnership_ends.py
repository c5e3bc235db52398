"""A partner has a state, which goes where `partners.lifecycle.PARTNER` says, and counts its changes."""

from django.db import migrations, models

_TRIGGER = """
CREATE TRIGGER partner_state_move BEFORE UPDATE OF state ON partners_partner FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state
        AND (OLD.state, NEW.state) NOT IN (('active', 'ended'), ('ended', 'active')))
    EXECUTE FUNCTION registry_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0007_followed_merges"),
        ("registry", "0002_held_by_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="state",
            field=models.CharField(
                choices=[("active", "Partner"), ("ended", "Partnership ended")],
                default="active",
                max_length=10,
                verbose_name="State",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.RunSQL(_TRIGGER, "DROP TRIGGER partner_state_move ON partners_partner"),
    ]
