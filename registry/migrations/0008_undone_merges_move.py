"""An undone merge gives an entry back the state it had: the one step that the table of moves does not have."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER registrant_state_move ON registry_registrant;
CREATE TRIGGER registrant_state_move BEFORE UPDATE OF state ON registry_registrant FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('candidate', 'registered'),
        ('registered', 'suspended'), ('reinstated', 'suspended'),
        ('registered', 'struck_off'), ('reinstated', 'struck_off'), ('suspended', 'struck_off'),
        ('suspended', 'reinstated'), ('struck_off', 'reinstated')){undone})
    EXECUTE FUNCTION registry_refuse_move();
"""
UNDONE = """ AND NOT (
        OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NULL
        AND OLD.state = 'struck_off' AND NEW.state = 'registered')"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_craft_changes")]

    operations = [migrations.RunSQL(TRIGGER.format(undone=UNDONE), TRIGGER.format(undone=""))]
