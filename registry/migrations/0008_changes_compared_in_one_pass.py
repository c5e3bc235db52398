"""What an update of registrants changed is found by set difference, so that its time grows with the number of rows.

The rows before and after were joined. PostgreSQL knows little of tables of a trigger, keeps the plan of the first
call of a session, and joined them row by row with row: 10,000 people in one statement took minutes.
"""

from django.db import migrations

CHANGED = """
CREATE OR REPLACE FUNCTION registry_registrants_changed() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    renamed text[] := ARRAY(
        SELECT DISTINCT name_key FROM (
            SELECT id, name_key FROM changed EXCEPT SELECT id, name_key FROM before
        ) AS fresh
    );
    merged boolean := EXISTS (
        SELECT id, merged_into_id FROM changed EXCEPT SELECT id, merged_into_id FROM before
    );
BEGIN
    IF renamed <> '{}' THEN
        PERFORM registry_note_names(renamed);
    END IF;
    IF merged THEN
        DELETE FROM registry_searchentry WHERE registrant_id IN (SELECT id FROM changed WHERE merged_into_id IS NOT NULL);
        INSERT INTO registry_searchentry
        SELECT made.* FROM registry_search_source(ARRAY(
            SELECT id FROM changed WHERE merged_into_id IS NULL
            INTERSECT
            SELECT id FROM before WHERE merged_into_id IS NOT NULL
        )) AS made;
    END IF;
    PERFORM registry_refresh_entries((
        SELECT array_agg(id) FROM (
            SELECT id, name_key, region_id, commune_id, kind, gender, state, card_standing, flags, birth_date,
                registered_on, merged_into_id
            FROM changed
            EXCEPT
            SELECT id, name_key, region_id, commune_id, kind, gender, state, card_standing, flags, birth_date,
                registered_on, merged_into_id
            FROM before
        ) AS different
    ));
    RETURN NULL;
END
$$;
"""
CHANGED_BEFORE = """
CREATE OR REPLACE FUNCTION registry_registrants_changed() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT FROM changed JOIN before USING (id) WHERE changed.name_key <> before.name_key) THEN
        PERFORM registry_note_names(ARRAY(
            SELECT DISTINCT changed.name_key FROM changed JOIN before USING (id) WHERE changed.name_key <> before.name_key
        ));
    END IF;
    IF EXISTS (SELECT FROM changed JOIN before USING (id) WHERE changed.merged_into_id IS DISTINCT FROM before.merged_into_id) THEN
        DELETE FROM registry_searchentry WHERE registrant_id IN (SELECT id FROM changed WHERE merged_into_id IS NOT NULL);
        INSERT INTO registry_searchentry
        SELECT made.* FROM registry_search_source(ARRAY(
            SELECT id FROM changed JOIN before USING (id) WHERE before.merged_into_id IS NOT NULL AND changed.merged_into_id IS NULL
        )) AS made;
    END IF;
    PERFORM registry_refresh_entries((
        SELECT array_agg(id) FROM changed JOIN before USING (id)
        WHERE (changed.name_key, changed.region_id, changed.commune_id, changed.kind, changed.gender, changed.state,
               changed.card_standing, changed.flags, changed.birth_date, changed.registered_on, changed.merged_into_id)
            IS DISTINCT FROM (before.name_key, before.region_id, before.commune_id, before.kind, before.gender, before.state,
               before.card_standing, before.flags, before.birth_date, before.registered_on, before.merged_into_id)
    ));
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_reports_of_nothing")]

    operations = [migrations.RunSQL(CHANGED, CHANGED_BEFORE)]
