"""What keeps the tables of searching: functions and triggers, so that no way of writing leaves anyone out.

A function's plans stay those of its first use: made on a small register they would read the whole of it, and go on
doing so for every thousand of a large import. Whom a change touches are always few, hence `enable_seqscan`.
Functions that need not be strict are not: the planner writes those out where they are used, which costs no call.
"""

from django.db import migrations

SOUNDS = r"""
CREATE FUNCTION registry_name_sound(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF word ~ '[a-z]' THEN
        word := regexp_replace(word, '^abd[aeiou]?l(?=[a-z]{2})', 'abD', 'g');
        word := regexp_replace(word, '^abd', 'abD', 'g');
        word := regexp_replace(word, 'sch|tch|sh|ch', 'C', 'g');
        word := regexp_replace(word, 'kh', 'X', 'g');
        word := regexp_replace(word, 'gh|^rh', 'G', 'g');
        word := regexp_replace(word, 'Drh', 'DG', 'g');
        word := regexp_replace(word, 'dj|dg', 'j', 'g');
        word := regexp_replace(word, 'ph', 'f', 'g');
        word := regexp_replace(word, 'ck|qu', 'k', 'g');
        word := regexp_replace(word, 'x', 'ks', 'g');
        word := regexp_replace(word, 'c(?=[eiy])', 's', 'g');
        word := regexp_replace(word, '(?<=[iy])c(?=a)', 's', 'g');
        word := regexp_replace(word, 'g(?=[eiy])', 'j', 'g');
        word := regexp_replace(word, 'gu(?=[eiy])', 'k', 'g');
        word := regexp_replace(word, 'ou|oo', 'w', 'g');
        word := regexp_replace(word, '[aeo]h$', 'a', 'g');
    END IF;
    word := regexp_replace(word, 'اه$', 'ات', 'g');
    word := regexp_replace(word, 'ه$', '', 'g');
    word := regexp_replace(word, '^فاطمه', 'فاطم', 'g');
    word := regexp_replace(word, '(.)\1+', '\1', 'g');
    word := translate(word, 'Dcqgvpiبتثجحخدذرزسشصضطظغفقكلمنهوي', 'dkkkfbybttjhXddrzsCsdtdGfkklmnhwy');
    RETURN regexp_replace(word, '[aeouاع]', '', 'g');
END
$$;

CREATE FUNCTION registry_bare_sound(heard text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    consonants text := regexp_replace(translate(heard, 'wy', ''), '(?<=[td])h', '', 'g');
BEGIN
    IF length(consonants) > 1 OR consonants IN ('X', 'G') THEN
        RETURN replace(replace(consonants, 'X', 'kh'), 'G', 'rh');
    END IF;
    RETURN regexp_replace(heard, '(?<=..)[wy]$', '');
END
$$;

CREATE FUNCTION registry_word_keys(word text, heard text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    keys text[] := ARRAY[word];
BEGIN
    IF length(word) BETWEEN 3 AND 24 THEN
        FOR place IN 1 .. length(word) LOOP
            keys := keys || overlay(word PLACING '' FROM place FOR 1);
        END LOOP;
    END IF;
    keys := keys || ('~' || registry_bare_sound(heard));
    IF length(heard) > 3 AND left(heard, 1) = 'l' THEN
        keys := keys || ('~' || registry_bare_sound(substr(heard, 2)));
    ELSIF length(heard) > 3 AND left(heard, 2) = 'yl' THEN
        keys := keys || ('~' || registry_bare_sound(substr(heard, 3)));
    ELSIF length(heard) > 4 AND left(heard, 2) IN ('bn', 'bl') THEN
        keys := keys || ('~' || registry_bare_sound('b' || substr(heard, 3)));
    END IF;
    IF length(heard) > 2 AND right(heard, 1) = 'h' THEN
        keys := keys || ('~' || registry_bare_sound(left(heard, -1)));
    END IF;
    RETURN ARRAY(SELECT DISTINCT key FROM unnest(keys) AS key);
END
$$;
"""

NAMES = r"""
CREATE FUNCTION registry_term(value text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT hashtextextended(value, 0) $$;

CREATE FUNCTION registry_terms(VARIADIC texts text[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(hashtextextended(value, 0)), '{}') FROM unnest(texts) AS value
$$;

-- The four names of a key, by the numbers of FullName.Side; an empty one is none.
CREATE FUNCTION registry_name_of(name_key text, side integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE side
        WHEN 0 THEN btrim(split_part(name_key, '|', 1) || ' ' || split_part(name_key, '|', 2))
        WHEN 1 THEN btrim(split_part(name_key, '|', 3) || ' ' || split_part(name_key, '|', 4))
        ELSE nullif(split_part(name_key, '|', side + 3), '')
    END
$$;

CREATE FUNCTION registry_full_name_key(side integer, name text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT hashtextextended(side::text || ':' || name, 0) $$;

-- The words of a name, and joined those that people write as one: Ben Limam, Abd Allah, Nour Eddine.
CREATE FUNCTION registry_name_words(name text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text[] := array_remove(string_to_array(name, ' '), '');
    joined text[] := '{}';
BEGIN
    FOR place IN 1 .. coalesce(array_length(words, 1), 0) - 1 LOOP
        IF words[place] ~ ('^(عبد|بن|ابن|بو|ابو|ابا|ام|ايت|اولاد|ولد|بني|بنت|سيدي|مولاي|لاله|حاج|نور|عز|شمس|صلاح|محي|سيف|جمال|خير'
                || '|تاج|علا|بدر|زين|نصر|فضل|فاطمه|ما|abd|abdel|abdul|abdou|ben|bin|ibn|bel|bou|abou|aba|abu|oum|ait|id|oulad'
                || '|ouled|ould|bani|bent|sidi|si|moulay|my|lalla|haj|hadj|nour|noor|azz|azze|fatima|fatim)$')
                OR words[place + 1] ~ '^(دين|له|زهرا|eddine|ddine|dine|din|eddin|allah|lah|zahra|zohra|zahrae|ezzahra|ezzohra)$'
        THEN
            joined := joined || (words[place] || words[place + 1]);
        END IF;
    END LOOP;
    RETURN words || joined;
END
$$;

-- Adds the names and words that are not there yet.
CREATE FUNCTION registry_note_names(name_keys text[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    WITH given AS (
        SELECT DISTINCT side, registry_name_of(name_key, side) AS name
        FROM unnest(name_keys) AS name_key, generate_series(0, 3) AS side
    ), fresh AS MATERIALIZED (
        SELECT registry_full_name_key(side, name) AS key, side, name, registry_name_words(name) AS words
        FROM given
        WHERE name <> '' AND NOT EXISTS (
            SELECT FROM registry_fullname AS known WHERE known.key = registry_full_name_key(given.side, given.name)
        )
    ), added AS (
        INSERT INTO registry_fullname (key, side, name, words, people)
        SELECT key, side, name, ARRAY(SELECT DISTINCT registry_term('word:' || word) FROM unnest(words) AS word), 1
        FROM fresh
    ), words AS (
        SELECT DISTINCT word FROM fresh, unnest(fresh.words) AS word
    )
    INSERT INTO registry_nameword (word, sound, keys, people)
    SELECT word, heard, registry_word_keys(word, heard), 1
    FROM words, LATERAL registry_name_sound(word) AS heard
    WHERE NOT EXISTS (SELECT FROM registry_nameword AS known WHERE known.word = words.word);
END
$$;
"""

ENTRIES = r"""
CREATE FUNCTION registry_flag_terms(flags text[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT hashtextextended('flag:' || flag, 0) FROM unnest(flags) AS flag)
$$;

-- What a registrant is filtered by, beside its crafts.
CREATE FUNCTION registry_facets(
    region_id text, commune_id text, kind text, gender text, state text, card_standing text, flags text[]
) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        hashtextextended('region:' || region_id, 0),
        hashtextextended('province:' || split_part(commune_id, '.', 1) || '.' || split_part(commune_id, '.', 2), 0),
        hashtextextended('commune:' || commune_id, 0),
        hashtextextended('kind:' || kind, 0),
        hashtextextended('gender:' || gender, 0),
        hashtextextended('state:' || state, 0),
        hashtextextended('card:' || card_standing, 0)
    ] || CASE WHEN flags = '{}' THEN '{}' ELSE registry_flag_terms(flags) END
$$;

CREATE FUNCTION registry_search_source(ids bigint[]) RETURNS SETOF registry_searchentry
LANGUAGE sql STABLE AS $$
    SELECT r.id, r.region_id, r.state, r.card_standing, r.birth_date, r.registered_on,
        registry_full_name_key(0, registry_name_of(r.name_key, 0)),
        registry_full_name_key(1, registry_name_of(r.name_key, 1)),
        registry_full_name_key(2, registry_name_of(r.name_key, 2)),
        registry_full_name_key(3, registry_name_of(r.name_key, 3)),
        registry_facets(r.region_id, r.commune_id, r.kind, r.gender, r.state, r.card_standing, r.flags::text[])
        -- Names that were noted have their words with them.
        || ARRAY(
            SELECT DISTINCT word
            FROM generate_series(0, 3) AS place,
                LATERAL (SELECT registry_name_of(r.name_key, place)) AS borne (name),
                LATERAL unnest(coalesce(
                    (SELECT known.words FROM registry_fullname AS known
                     WHERE known.key = registry_full_name_key(place, borne.name) LIMIT 1),
                    ARRAY(SELECT registry_term('word:' || part) FROM unnest(registry_name_words(borne.name)) AS part)
                )) AS word
            WHERE borne.name <> ''
        )
        || ARRAY(
            SELECT DISTINCT term
            FROM registry_registrantcraft AS link JOIN registry_craft AS craft ON craft.id = link.craft_id,
                unnest(ARRAY[registry_term('craft:' || craft.id), registry_term('branch:' || craft.branch_id)]) AS term
            WHERE link.registrant_id = r.id
        )
    FROM registry_registrant AS r
    -- Who was merged into another entry is found there.
    WHERE r.id = ANY (ids) AND r.merged_into_id IS NULL
$$;

CREATE FUNCTION registry_refresh_entries(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF ids IS NULL THEN
        RETURN;
    END IF;
    -- Always in the same order, so that two changes of the same people cannot wait for each other.
    PERFORM FROM registry_searchentry WHERE registrant_id = ANY (ids) ORDER BY registrant_id FOR UPDATE;
    -- Nobody is found yet whose crafts come before the person.
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE registry_searchentry AS entry
    SET (state, birth_date, registered_on, person_ar, person_latin, organisation_ar, organisation_latin, terms, region_id,
         card_standing)
        = (made.state, made.birth_date, made.registered_on, made.person_ar, made.person_latin,
           made.organisation_ar, made.organisation_latin, made.terms, made.region_id, made.card_standing)
    FROM registry_search_source(ids) AS made
    WHERE entry.registrant_id = made.registrant_id AND entry IS DISTINCT FROM made;
END
$$;

CREATE FUNCTION registry_registrants_added() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    ids bigint[] := ARRAY(SELECT id FROM changed);
BEGIN
    PERFORM registry_note_names(ARRAY(SELECT DISTINCT name_key FROM changed));
    INSERT INTO registry_searchentry SELECT made.* FROM registry_search_source(ids) AS made;
    RETURN NULL;
END
$$;

CREATE FUNCTION registry_registrants_changed() RETURNS trigger
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

CREATE FUNCTION registry_crafts_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        PERFORM registry_refresh_entries((SELECT array_agg(DISTINCT registrant_id) FROM changed));
    ELSE
        PERFORM registry_refresh_entries((
            SELECT array_agg(DISTINCT registrant_id)
            FROM (SELECT registrant_id FROM changed UNION ALL SELECT registrant_id FROM before) AS both_sides
        ));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION registry_branch_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_refresh_entries((
        SELECT array_agg(DISTINCT registrant_id) FROM registry_registrantcraft WHERE craft_id = NEW.id
    ));
    RETURN NULL;
END
$$;

CREATE TRIGGER registrant_search_added AFTER INSERT ON registry_registrant
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION registry_registrants_added();
CREATE TRIGGER registrant_search_changed AFTER UPDATE ON registry_registrant
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION registry_registrants_changed();
CREATE TRIGGER registrantcraft_search_added AFTER INSERT ON registry_registrantcraft
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION registry_crafts_changed();
CREATE TRIGGER registrantcraft_search_changed AFTER UPDATE ON registry_registrantcraft
    REFERENCING NEW TABLE AS changed OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION registry_crafts_changed();
CREATE TRIGGER registrantcraft_search_removed AFTER DELETE ON registry_registrantcraft
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION registry_crafts_changed();
CREATE TRIGGER craft_search_branch AFTER UPDATE OF branch_id ON registry_craft
    FOR EACH ROW WHEN (OLD.branch_id IS DISTINCT FROM NEW.branch_id) EXECUTE FUNCTION registry_branch_changed();

ALTER TABLE registry_searchentry ADD CONSTRAINT search_entry_registrant
    FOREIGN KEY (registrant_id) REFERENCES registry_registrant (id) ON DELETE CASCADE;

-- Crafts, communes and the like are some two thousand values: their shares are worth knowing.
ALTER TABLE registry_searchentry ALTER COLUMN terms SET STATISTICS 400;
"""

REMOVED = """
DROP TRIGGER registrant_search_added ON registry_registrant;
DROP TRIGGER registrant_search_changed ON registry_registrant;
DROP TRIGGER registrantcraft_search_added ON registry_registrantcraft;
DROP TRIGGER registrantcraft_search_changed ON registry_registrantcraft;
DROP TRIGGER registrantcraft_search_removed ON registry_registrantcraft;
DROP TRIGGER craft_search_branch ON registry_craft;
DROP FUNCTION registry_branch_changed, registry_crafts_changed, registry_registrants_changed, registry_registrants_added,
    registry_refresh_entries, registry_search_source, registry_facets, registry_flag_terms, registry_note_names, registry_name_words,
    registry_full_name_key, registry_name_of, registry_terms, registry_term, registry_word_keys, registry_bare_sound,
    registry_name_sound;
ALTER TABLE registry_searchentry DROP CONSTRAINT search_entry_registrant;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_held_by_the_database")]

    operations = [migrations.RunSQL(SOUNDS + NAMES + ENTRIES, REMOVED)]
