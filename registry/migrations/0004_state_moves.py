"""The database knows the two tables of moves too, for whoever does not come by way of the actions.

`registry.lifecycle` is what people read; `tests/registry/test_lifecycle.py` walks every pair of states in both and
compares them. Inserting in any state is allowed: a register kept elsewhere before is taken over as it stands.
"""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION registry_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'state_move: % does not go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER application_state_move BEFORE UPDATE OF state ON registry_application FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'submitted'), ('to_correct', 'submitted'),
        ('submitted', 'to_correct'), ('submitted', 'approved'), ('submitted', 'rejected')))
    EXECUTE FUNCTION registry_refuse_move();
CREATE TRIGGER registrant_state_move BEFORE UPDATE OF state ON registry_registrant FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('candidate', 'registered'),
        ('registered', 'suspended'), ('reinstated', 'suspended'),
        ('registered', 'struck_off'), ('reinstated', 'struck_off'), ('suspended', 'struck_off'),
        ('suspended', 'reinstated'), ('struck_off', 'reinstated')))
    EXECUTE FUNCTION registry_refuse_move();
"""
BACKWARD = """
DROP TRIGGER registrant_state_move ON registry_registrant;
DROP TRIGGER application_state_move ON registry_application;
DROP FUNCTION registry_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_grounds")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=~models.Q(state__in=["rejected", "to_correct"]) | models.Q(ground__isnull=False),
                name="application_refusal_has_ground",
            ),
        ),
    ]
