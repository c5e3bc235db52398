"""What holds whatever happens, for whoever does not come by way of the actions.

The moves of `events.lifecycle`: `tests/events/test_lifecycle.py` walks every pair of states in the table and in the
database. A meeting may be inserted in any state: one that took place before is entered as it was. Every meeting has
its door and its card desk, whichever way it comes. Approved minutes and what was saved of them stay as they are.
"""

from django.db import migrations

MOVES = """
CREATE FUNCTION events_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'state_move: % does not go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER meeting_state_move BEFORE UPDATE OF state ON events_meeting FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'scheduled'), ('draft', 'cancelled'),
        ('scheduled', 'announced'), ('scheduled', 'under_way'), ('scheduled', 'held'),
        ('scheduled', 'postponed'), ('scheduled', 'cancelled'),
        ('announced', 'under_way'), ('announced', 'held'),
        ('announced', 'postponed'), ('announced', 'cancelled'),
        ('under_way', 'held'), ('held', 'under_way'), ('held', 'closed'),
        ('postponed', 'scheduled'), ('postponed', 'cancelled')))
    EXECUTE FUNCTION events_refuse_move();
"""
NO_MOVES = """
DROP TRIGGER meeting_state_move ON events_meeting;
DROP FUNCTION events_refuse_move();
"""
LISTS = """
CREATE FUNCTION events_meeting_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events_checkinlist
        (meeting_id, kind, name_ar, name_fr, admission, counts_once, after_door, takes_walk_ins, hands_over, is_open)
    VALUES
        (NEW.id, 'door', '', '', 'everyone', true, false, true, false, true),
        (NEW.id, 'cards', '', '', 'everyone', true, false, false, true, true);
    RETURN NEW;
END $$;
CREATE TRIGGER events_meeting_has_lists AFTER INSERT ON events_meeting
    FOR EACH ROW EXECUTE FUNCTION events_meeting_lists();
"""
NO_LISTS = """
DROP TRIGGER events_meeting_has_lists ON events_meeting;
DROP FUNCTION events_meeting_lists();
"""
FROZEN = """
CREATE FUNCTION events_minutes_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'approved minutes are frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER events_minutes_are_frozen BEFORE UPDATE OR DELETE ON events_minutes
    FOR EACH ROW EXECUTE FUNCTION events_minutes_frozen();
CREATE FUNCTION events_minutesversion_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of minutes are only ever added';
END $$;
CREATE TRIGGER events_minutesversion_append_only BEFORE UPDATE OR DELETE ON events_minutesversion
    FOR EACH ROW EXECUTE FUNCTION events_minutesversion_refuse();
CREATE FUNCTION events_minutesannex_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM events_minutes
        WHERE id IN (COALESCE(NEW.minutes_id, OLD.minutes_id), OLD.minutes_id) AND state = 'approved'
    ) THEN
        RAISE EXCEPTION 'annexes of approved minutes are frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER events_minutesannex_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON events_minutesannex
    FOR EACH ROW EXECUTE FUNCTION events_minutesannex_frozen();
"""
NOT_FROZEN = """
DROP TRIGGER events_minutesannex_are_frozen ON events_minutesannex;
DROP FUNCTION events_minutesannex_frozen();
DROP TRIGGER events_minutesversion_append_only ON events_minutesversion;
DROP FUNCTION events_minutesversion_refuse();
DROP TRIGGER events_minutes_are_frozen ON events_minutes;
DROP FUNCTION events_minutes_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(MOVES, NO_MOVES),
        migrations.RunSQL(LISTS, NO_LISTS),
        migrations.RunSQL(FROZEN, NOT_FROZEN),
    ]
