"""Lists by card have an index in their order; the statistics know how common each value is."""

from django.db import migrations, models

SOURCE = r"""
CREATE OR REPLACE FUNCTION registry_search_source(ids bigint[]) RETURNS SETOF registry_searchentry
LANGUAGE sql STABLE AS $$
    SELECT r.id, r.state, r.birth_date, r.registered_on,
        registry_full_name_key(0, registry_name_of(r.name_key, 0)),
        registry_full_name_key(1, registry_name_of(r.name_key, 1)),
        registry_full_name_key(2, registry_name_of(r.name_key, 2)),
        registry_full_name_key(3, registry_name_of(r.name_key, 3)),
        registry_facets(r.region_id, r.commune_id, r.kind, r.gender, r.state, r.card_standing, r.flags::text[])
        || ARRAY(
            SELECT DISTINCT registry_term('word:' || word)
            FROM generate_series(0, 3) AS side, unnest(registry_name_words(registry_name_of(r.name_key, side))) AS word
        )
        || ARRAY(
            SELECT DISTINCT term
            FROM registry_registrantcraft AS link JOIN registry_craft AS craft ON craft.id = link.craft_id,
                unnest(registry_terms('craft:' || craft.id, 'branch:' || craft.branch_id)) AS term
            WHERE link.registrant_id = r.id
        ),
        r.region_id, r.card_standing
    FROM registry_registrant AS r
    -- Who was merged into another entry is found there.
    WHERE r.id = ANY (ids) AND r.merged_into_id IS NULL
$$;

CREATE OR REPLACE FUNCTION registry_refresh_entries(ids bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    -- Always in the same order, so that two changes of the same people cannot wait for each other.
    PERFORM FROM registry_searchentry WHERE registrant_id = ANY (ids) ORDER BY registrant_id FOR UPDATE;
    UPDATE registry_searchentry AS entry
    SET (state, birth_date, registered_on, person_ar, person_latin, organisation_ar, organisation_latin, terms, region_id,
         card_standing)
        = (made.state, made.birth_date, made.registered_on, made.person_ar, made.person_latin,
           made.organisation_ar, made.organisation_latin, made.terms, made.region_id, made.card_standing)
    FROM registry_search_source(ids) AS made
    WHERE entry.registrant_id = made.registrant_id AND entry IS DISTINCT FROM made;
END
$$;

UPDATE registry_searchentry AS entry SET card_standing = person.card_standing
FROM registry_registrant AS person WHERE person.id = entry.registrant_id;

-- Crafts, communes and the like are some two thousand values: their shares are worth knowing.
ALTER TABLE registry_searchentry ALTER COLUMN terms SET STATISTICS 400;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0017_craft_bodies")]

    operations = [
        migrations.RemoveIndex(model_name="searchentry", name="search_entry_registered_on"),
        migrations.AddField(
            model_name="searchentry",
            name="card_standing",
            field=models.CharField(default="none", max_length=12),
            preserve_default=False,
        ),
        migrations.RunSQL(SOURCE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["registered_on", "registrant"], name="search_entry_registered_on"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["card_standing", "registrant"], name="search_entry_card"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                fields=["region", "card_standing", "registrant"], name="search_entry_region_card"
            ),
        ),
    ]
