# ruff: noqa: S608 - the statements are put together from our own parts, never from values
"""The tables of searching made anew, set by set: after a change of the rules, and so that counts are fresh.

One transaction: whoever searches meanwhile waits, and a rebuild that is killed leaves the old tables. Only
the owner of the tables may (see deploy/README.md); triggers keep them right in between.
"""

from collections.abc import Iterator

from django.db import connection, transaction

_TABLES = ("registry_fullname", "registry_nameword", "registry_searchentry")
_SETTINGS = {
    "work_mem": "512MB",
    "maintenance_work_mem": "1GB",
    "max_parallel_maintenance_workers": "2",
    "max_parallel_workers_per_gather": "2",
}

# `registry_name_of` spelt out by side: calls for every name of everybody would take longer than all else.
_NAME_OF = (
    "btrim(split_part(name_key, '|', 1) || ' ' || split_part(name_key, '|', 2))",
    "btrim(split_part(name_key, '|', 3) || ' ' || split_part(name_key, '|', 4))",
    "split_part(name_key, '|', 5)",
    "split_part(name_key, '|', 6)",
)

# What is worked out lies in tables of the transaction's own, neither temporary nor kept: PostgreSQL reads and
# fills those with several processes, which it does with no temporary table and no INSERT.
_NAMES = f"""
CREATE UNLOGGED TABLE rebuilt_counts AS
SELECT side, name, count(*) AS people
FROM registry_registrant, LATERAL (
    VALUES (0, {_NAME_OF[0]}), (1, {_NAME_OF[1]}), (2, {_NAME_OF[2]}), (3, {_NAME_OF[3]})
) AS names (side, name)
WHERE name <> ''
GROUP BY side, name;

CREATE UNLOGGED TABLE rebuilt_names AS
SELECT registry_full_name_key(side, name) AS key, side, name, people, words,
    ARRAY(SELECT DISTINCT registry_term('word:' || word) FROM unnest(words) AS word) AS terms
FROM rebuilt_counts, LATERAL registry_name_words(name) AS words;

CREATE UNLOGGED TABLE rebuilt_words AS
SELECT word, sum(people) AS people FROM rebuilt_names, unnest(words) AS word GROUP BY word;

-- The most common first: a search that looks at some of many names looks at those.
INSERT INTO registry_fullname (key, side, name, words, people)
SELECT key, side, name, terms, people FROM rebuilt_names ORDER BY people DESC, name;

INSERT INTO registry_nameword (word, sound, keys, people)
SELECT word, sound, registry_word_keys(word, sound), people
FROM rebuilt_words, LATERAL registry_name_sound(word) AS sound ORDER BY people DESC, word;
"""

# Facets are those of the place, of which there are some thousand, and those of the standing, of which there
# are fewer: put together once for each and not once for each person.
_ENTRIES = f"""
CREATE UNLOGGED TABLE rebuilt_crafts AS
SELECT craft.id, registry_terms('craft:' || craft.id, 'branch:' || craft.branch_id) AS terms
FROM registry_craft AS craft;

CREATE UNLOGGED TABLE rebuilt_links AS
SELECT registrant_id, CASE WHEN count(*) = 1 THEN min(craft.terms)
    ELSE (SELECT array_agg(DISTINCT term) FROM unnest(array_agg(craft.terms)) AS term) END AS terms
FROM registry_registrantcraft JOIN rebuilt_crafts AS craft ON craft.id = craft_id
GROUP BY registrant_id;

CREATE UNLOGGED TABLE rebuilt_places AS
SELECT region_id, commune_id, (registry_facets(region_id, commune_id, '', '', '', '', '{{}}'))[1:3] AS terms
FROM registry_registrant GROUP BY region_id, commune_id;

CREATE UNLOGGED TABLE rebuilt_standings AS
SELECT kind, gender, state, card_standing, flags,
    (registry_facets('', '', kind, gender, state, card_standing, flags::text[]))[4:] AS terms
FROM registry_registrant GROUP BY kind, gender, state, card_standing, flags;

ANALYZE rebuilt_links, rebuilt_names, rebuilt_places, rebuilt_standings;

CREATE UNLOGGED TABLE rebuilt_entries AS
SELECT r.id, r.region_id, r.state, r.card_standing, r.birth_date, r.registered_on,
    coalesce(person_ar.key, registry_full_name_key(0, '')) AS person_ar,
    coalesce(person_latin.key, registry_full_name_key(1, '')) AS person_latin,
    organisation_ar.key AS organisation_ar, organisation_latin.key AS organisation_latin,
    place.terms || standing.terms
    || person_ar.terms || person_latin.terms || organisation_ar.terms || organisation_latin.terms
    || links.terms AS terms
FROM registry_registrant AS r
JOIN rebuilt_places AS place USING (region_id, commune_id)
JOIN rebuilt_standings AS standing USING (kind, gender, state, card_standing, flags)
LEFT JOIN rebuilt_names AS person_ar ON person_ar.side = 0 AND person_ar.name = {_NAME_OF[0]}
LEFT JOIN rebuilt_names AS person_latin ON person_latin.side = 1 AND person_latin.name = {_NAME_OF[1]}
LEFT JOIN rebuilt_names AS organisation_ar
    ON organisation_ar.side = 2 AND organisation_ar.name = {_NAME_OF[2]}
LEFT JOIN rebuilt_names AS organisation_latin
    ON organisation_latin.side = 3 AND organisation_latin.name = {_NAME_OF[3]}
LEFT JOIN rebuilt_links AS links ON links.registrant_id = r.id
WHERE r.merged_into_id IS NULL;

INSERT INTO registry_searchentry (registrant_id, region_id, state, card_standing, birth_date, registered_on,
    person_ar, person_latin, organisation_ar, organisation_latin, terms)
SELECT * FROM rebuilt_entries ORDER BY id;

DROP TABLE rebuilt_counts, rebuilt_names, rebuilt_words, rebuilt_crafts, rebuilt_links, rebuilt_places,
    rebuilt_standings, rebuilt_entries;
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
