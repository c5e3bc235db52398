"""Serial numbers, the moves of `cards.lifecycle`, and designs that can no longer be changed once a batch has them.

`tests/cards/test_lifecycle.py` walks every pair of states in the table and in the database and compares the two.
"""

from django.db import migrations

MOVES = """
CREATE TRIGGER card_state_move BEFORE UPDATE OF state ON cards_card FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('in_batch', 'printed'), ('in_batch', 'cancelled'),
        ('printed', 'checked'), ('printed', 'in_batch'),
        ('checked', 'in_box'), ('checked', 'in_batch'),
        ('in_box', 'handed_over'),
        ('handed_over', 'in_box'), ('handed_over', 'renewed'), ('renewed', 'handed_over'))
        AND NOT (
            OLD.state IN ('printed', 'checked', 'in_box', 'handed_over')
            AND NEW.state IN ('lost', 'stolen', 'damaged', 'replaced', 'revoked')))
    EXECUTE FUNCTION registry_refuse_move();
CREATE TRIGGER card_request_state_move BEFORE UPDATE OF state ON cards_cardrequest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('requested', 'approved'), ('requested', 'refused'), ('requested', 'withdrawn'),
        ('approved', 'refused'), ('approved', 'withdrawn'), ('approved', 'batched'), ('batched', 'approved')))
    EXECUTE FUNCTION registry_refuse_move();
CREATE TRIGGER batch_state_move BEFORE UPDATE OF state ON cards_cardbatch FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('queued', 'held'), ('held', 'queued'), ('queued', 'running'), ('running', 'made'),
        ('made', 'running'), ('made', 'closed'),
        ('held', 'cancelled'), ('queued', 'cancelled'), ('running', 'cancelled'), ('made', 'cancelled')))
    EXECUTE FUNCTION registry_refuse_move();
"""
NO_MOVES = """
DROP TRIGGER batch_state_move ON cards_cardbatch;
DROP TRIGGER card_request_state_move ON cards_cardrequest;
DROP TRIGGER card_state_move ON cards_card;
"""
CLOSED = """
CREATE FUNCTION cards_design_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    design bigint := CASE TG_TABLE_NAME WHEN 'cards_designversion' THEN to_jsonb(OLD) -> 'id'
        ELSE to_jsonb(OLD) -> 'version_id' END;
BEGIN
    IF EXISTS (SELECT FROM cards_cardbatch WHERE design_id = design) THEN
        RAISE EXCEPTION 'a batch was composed with this design' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER cards_designversion_closed BEFORE UPDATE OR DELETE ON cards_designversion
    FOR EACH ROW EXECUTE FUNCTION cards_design_is_closed();
CREATE TRIGGER cards_kinddesign_closed BEFORE UPDATE OR DELETE ON cards_kinddesign
    FOR EACH ROW EXECUTE FUNCTION cards_design_is_closed();
"""
OPEN = """
DROP TRIGGER cards_kinddesign_closed ON cards_kinddesign;
DROP TRIGGER cards_designversion_closed ON cards_designversion;
DROP FUNCTION cards_design_is_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("cards", "0001_initial"), ("registry", "0002_held_by_the_database")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE cards_serial_number", "DROP SEQUENCE cards_serial_number"),
        migrations.RunSQL(MOVES, NO_MOVES),
        migrations.RunSQL(CLOSED, OPEN),
    ]
