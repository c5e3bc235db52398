"""An enterprise is approved while its supervisor is an artisan on the register."""

from django.db import migrations, models

WITH_SUPERVISOR = """
CREATE OR REPLACE FUNCTION registry_application_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
WITHOUT = """
CREATE OR REPLACE FUNCTION registry_application_conditions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    what text := (SELECT kind FROM registry_registrant WHERE id = NEW.registrant_id);
    crafts integer := (SELECT count(*) FROM registry_registrantcraft WHERE registrant_id = NEW.registrant_id);
    principals integer := (
        SELECT count(*) FROM registry_registrantcraft WHERE registrant_id = NEW.registrant_id AND is_principal
    );
    met boolean;
BEGIN
    met := principals = 1 AND CASE what
        WHEN 'enterprise' THEN crafts = 1
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
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0021_grounds_of_cards")]

    operations = [
        migrations.AddConstraint(
            model_name="registrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("supervisor", models.F("id")), _negated=True),
                name="registrant_supervisor_is_somebody_else",
            ),
        ),
        migrations.RunSQL(WITH_SUPERVISOR, WITHOUT),
    ]
