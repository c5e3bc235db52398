"""The tables of searching made anew, set by set: after a change of the rules, and so that counts are fresh.

One transaction: whoever searches meanwhile waits, and a rebuild that is killed leaves the old tables. Only
the owner of the tables may (see deploy/README.md); triggers keep them right in between.
"""

from collections.abc import Iterator

from django.db import connection, transaction

_TABLES = ("registry_fullname", "registry_nameword", "registry_searchentry")
_SETTINGS = {
    "work_mem": "512MB",
    "temp_buffers": "256MB",
    "maintenance_work_mem": "1GB",
    "max_parallel_maintenance_workers": "2",
}

_NAMES = """
CREATE TEMPORARY TABLE counted_names ON COMMIT DROP AS
SELECT side, name, people, registry_name_words(name) AS words
FROM (
    SELECT side, name, count(*) AS people
    FROM registry_registrant, LATERAL (
        VALUES (0, registry_name_of(name_key, 0)), (1, registry_name_of(name_key, 1)),
            (2, registry_name_of(name_key, 2)), (3, registry_name_of(name_key, 3))
    ) AS names (side, name)
    WHERE name <> ''
    GROUP BY side, name
) AS counted;

CREATE TEMPORARY TABLE counted_words ON COMMIT DROP AS
SELECT word, registry_term('word:' || word) AS term, registry_name_sound(word) AS sound, people
FROM (SELECT word, sum(people) AS people FROM counted_names, unnest(words) AS word GROUP BY word) AS counted;

-- The most common first: a search that looks at some of many names looks at those.
INSERT INTO registry_fullname (key, side, name, words, people)
SELECT registry_full_name_key(side, name), side, name,
    ARRAY(SELECT DISTINCT registry_term('word:' || word) FROM unnest(words) AS word), people
FROM counted_names ORDER BY people DESC, name;

INSERT INTO registry_nameword (word, sound, keys, people)
SELECT word, sound, registry_word_keys(word, sound), people FROM counted_words ORDER BY people DESC, word;
"""

_ENTRIES = """
CREATE TEMPORARY TABLE craft_terms ON COMMIT DROP AS
SELECT craft.id, registry_terms('craft:' || craft.id, 'branch:' || craft.branch_id) AS terms
FROM registry_craft AS craft;

CREATE TEMPORARY TABLE people_crafts ON COMMIT DROP AS
SELECT registrant_id, CASE WHEN count(*) = 1 THEN min(craft_terms.terms)
    ELSE (SELECT array_agg(DISTINCT term) FROM unnest(array_agg(craft_terms.terms)) AS term) END AS terms
FROM registry_registrantcraft JOIN craft_terms ON craft_terms.id = craft_id
GROUP BY registrant_id;

CREATE TEMPORARY TABLE names_0 ON COMMIT DROP AS SELECT key, words FROM registry_fullname WHERE side = 0;
CREATE TEMPORARY TABLE names_1 ON COMMIT DROP AS SELECT key, words FROM registry_fullname WHERE side = 1;
CREATE TEMPORARY TABLE names_2 ON COMMIT DROP AS SELECT key, words FROM registry_fullname WHERE side = 2;
CREATE TEMPORARY TABLE names_3 ON COMMIT DROP AS SELECT key, words FROM registry_fullname WHERE side = 3;
ANALYZE people_crafts, names_0, names_1, names_2, names_3;

INSERT INTO registry_searchentry (registrant_id, region_id, state, card_standing, birth_date, registered_on,
    person_ar, person_latin, organisation_ar, organisation_latin, terms)
SELECT r.id, r.region_id, r.state, r.card_standing, r.birth_date, r.registered_on,
    registry_full_name_key(0, registry_name_of(r.name_key, 0)),
    registry_full_name_key(1, registry_name_of(r.name_key, 1)),
    organisation_ar.key, organisation_latin.key,
    registry_facets(r.region_id, r.commune_id, r.kind, r.gender, r.state, r.card_standing, r.flags::text[])
    || person_ar.words || person_latin.words || organisation_ar.words || organisation_latin.words
    || people_crafts.terms
FROM registry_registrant AS r
LEFT JOIN names_0 AS person_ar
    ON person_ar.key = registry_full_name_key(0, registry_name_of(r.name_key, 0))
LEFT JOIN names_1 AS person_latin
    ON person_latin.key = registry_full_name_key(1, registry_name_of(r.name_key, 1))
LEFT JOIN names_2 AS organisation_ar
    ON organisation_ar.key = registry_full_name_key(2, registry_name_of(r.name_key, 2))
LEFT JOIN names_3 AS organisation_latin
    ON organisation_latin.key = registry_full_name_key(3, registry_name_of(r.name_key, 3))
LEFT JOIN people_crafts ON people_crafts.registrant_id = r.id
WHERE r.merged_into_id IS NULL;
"""


def rebuild() -> Iterator[str]:
    """Make the three tables anew, saying each step before it is done."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in _SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        indexes = _indexes(cursor)
        cursor.execute(f"TRUNCATE {', '.join(_TABLES)} RESTART IDENTITY")
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("ALTER TABLE registry_searchentry DROP CONSTRAINT search_entry_registrant")
        for step, statements in (("names", _NAMES), ("people", _ENTRIES)):
            yield step
            for statement in statements.split(";\n"):
                if statement.strip():
                    cursor.execute(statement)
        for name, definition in indexes:
            yield name
            cursor.execute(definition)
        cursor.execute(
            "ALTER TABLE registry_searchentry ADD CONSTRAINT search_entry_registrant"
            " FOREIGN KEY (registrant_id) REFERENCES registry_registrant (id) ON DELETE CASCADE"
        )
    yield "statistics"
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(_TABLES)}")


def _indexes(cursor) -> list[tuple[str, str]]:
    """What speeds up reading but not filling; the primary keys stay."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexdef NOT LIKE 'CREATE UNIQUE%%' ORDER BY tablename, indexname",
        [list(_TABLES)],
    )
    return cursor.fetchall()
