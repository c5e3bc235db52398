"""Every meeting has its door and its card desk: a trigger makes them, whichever way the meeting comes.

Presence so far was presence at the door. Approved minutes and what was saved of them stay as they are.
"""

from django.db import migrations

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
INSERT INTO events_checkinlist
    (meeting_id, kind, name_ar, name_fr, admission, counts_once, after_door, takes_walk_ins, hands_over, is_open)
SELECT id, kind, '', '', 'everyone', true, false, kind = 'door', true, true
FROM events_meeting, (VALUES ('door'), ('cards')) AS kinds (kind);
UPDATE events_checkin SET list_id = list.id FROM events_checkinlist AS list
    WHERE list.meeting_id = events_checkin.meeting_id AND list.kind = 'door';
UPDATE events_scan SET list_id = list.id FROM events_checkinlist AS list
    WHERE list.meeting_id = events_scan.meeting_id AND list.kind = 'door';
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
    dependencies = [("events", "0008_on_the_day")]

    operations = [migrations.RunSQL(LISTS, NO_LISTS), migrations.RunSQL(FROZEN, NOT_FROZEN)]
