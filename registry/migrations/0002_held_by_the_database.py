"""What the database knows too, for whoever does not come by way of the actions.

The tables of moves: `registry.lifecycle` and `registry.body_lifecycle` are what people read, and
`tests/registry/test_lifecycle.py` walks every pair of states in both and compares them. Inserting in any state is
allowed: a register kept elsewhere before is taken over as it stands. The conditions of each kind hold where an
application is approved; an enterprise needs a supervisor who is on the register.
"""

from django.db import migrations

MOVES = """
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
-- An undone merge gives an entry back the state it had: the one step that the table does not have.
CREATE TRIGGER registrant_state_move BEFORE UPDATE OF state ON registry_registrant FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('candidate', 'registered'),
        ('registered', 'suspended'), ('reinstated', 'suspended'),
        ('registered', 'struck_off'), ('reinstated', 'struck_off'), ('suspended', 'struck_off'),
        ('suspended', 'reinstated'), ('struck_off', 'reinstated')) AND NOT (
        OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NULL
        AND OLD.state = 'struck_off' AND NEW.state = 'registered'))
    EXECUTE FUNCTION registry_refuse_move();
CREATE TRIGGER change_request_state_move BEFORE UPDATE OF state ON registry_changerequest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('asked', 'submitted'), ('submitted', 'approved'),
        ('asked', 'refused'), ('submitted', 'refused'),
        ('asked', 'withdrawn'), ('submitted', 'withdrawn')))
    EXECUTE FUNCTION registry_refuse_move();
CREATE FUNCTION registry_refuse_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'state_move: % does not go from % to %', TG_TABLE_NAME, OLD.stage, NEW.stage
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER proceeding_state_move BEFORE UPDATE OF stage ON registry_proceeding FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND (OLD.stage, NEW.stage) NOT IN (
        ('notified', 'replied'), ('notified', 'dropped'), ('replied', 'dropped'),
        ('notified', 'decided'), ('replied', 'decided'), ('decided', 'appealed'),
        ('appealed', 'confirmed'), ('appealed', 'overturned'),
        ('decided', 'lifted'), ('confirmed', 'lifted')))
    EXECUTE FUNCTION registry_refuse_stage();
CREATE TRIGGER craft_body_state_move BEFORE UPDATE OF state ON registry_craftbody FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'convoked'), ('convoked', 'assembly_held'), ('convoked', 'planned'),
        ('assembly_held', 'planned'), ('assembly_held', 'founded'), ('founded', 'dissolved')))
    EXECUTE FUNCTION registry_refuse_move();
"""
NO_MOVES = """
DROP TRIGGER craft_body_state_move ON registry_craftbody;
DROP TRIGGER proceeding_state_move ON registry_proceeding;
DROP FUNCTION registry_refuse_stage();
DROP TRIGGER change_request_state_move ON registry_changerequest;
DROP TRIGGER registrant_state_move ON registry_registrant;
DROP TRIGGER application_state_move ON registry_application;
DROP FUNCTION registry_refuse_move();
"""
CONDITIONS = """
CREATE FUNCTION registry_comment_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a comment stays as it was written'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_stays';
END $$;
CREATE TRIGGER registry_comment_stays BEFORE UPDATE ON registry_applicationcomment
    FOR EACH ROW EXECUTE FUNCTION registry_comment_refuse();

CREATE FUNCTION registry_application_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    what text := (SELECT kind FROM registry_registrant WHERE id = NEW.registrant_id);
    crafts integer := (SELECT count(*) FROM registry_registrantcraft WHERE registrant_id = NEW.registrant_id);
    principals integer := (
        SELECT count(*) FROM registry_registrantcraft WHERE registrant_id = NEW.registrant_id AND is_principal
    );
    met boolean;
BEGIN
    met := principals = 1 AND CASE what
        WHEN 'enterprise' THEN crafts = 1 AND EXISTS (
            SELECT FROM registry_registrant AS enterprise
            JOIN registry_registrant AS supervisor ON supervisor.id = enterprise.supervisor_id
            WHERE enterprise.id = NEW.registrant_id
                AND supervisor.kind IN ('artisan', 'master_artisan')
                AND supervisor.state IN ('registered', 'reinstated')
        )
        WHEN 'cooperative' THEN EXISTS (SELECT FROM registry_member WHERE cooperative_id = NEW.registrant_id)
        WHEN 'master_artisan' THEN EXISTS (
            SELECT FROM registry_qualification
            WHERE registrant_id = NEW.registrant_id AND kind = 'attestation' AND years_of_exercise >= 10
        )
        ELSE EXISTS (
            SELECT FROM registry_qualification
            WHERE registrant_id = NEW.registrant_id AND (kind = 'diploma' OR years_of_exercise >= 3)
        )
    END;
    IF NOT met THEN
        RAISE EXCEPTION 'the conditions of this kind of registration are not met'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'application_conditions_met';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER registry_application_conditions BEFORE INSERT OR UPDATE OF state ON registry_application
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION registry_application_conditions();
"""
NO_CONDITIONS = """
DROP TRIGGER registry_application_conditions ON registry_application;
DROP FUNCTION registry_application_conditions();
DROP TRIGGER registry_comment_stays ON registry_applicationcomment;
DROP FUNCTION registry_comment_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunSQL(MOVES, NO_MOVES),
        migrations.RunSQL(CONDITIONS, NO_CONDITIONS),
    ]
