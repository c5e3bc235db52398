# ruff: noqa: E501
"""Puts made-up registrants into the register with COPY, and makes them searchable."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import psycopg

CHUNK = 50_000
TABLES = ("registry_registrant", "registry_registrantcraft")


def fill(url: str, count: int) -> None:
    """Copy `count` registrants and their crafts, in two processes, indexes and triggers put aside meanwhile."""
    with psycopg.connect(url, autocommit=True) as connection:
        crafts = [row[0] for row in connection.execute("SELECT id FROM registry_craft ORDER BY id")]
        indexes = _indexes(connection)
        for name, _definition, constraint in indexes:
            table = f"ALTER TABLE {constraint} DROP CONSTRAINT" if constraint else "DROP INDEX"
            connection.execute(f'{table} "{name}"')
        chunks = range(0, count, CHUNK)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            copied = [pool.submit(_copy, start, count, url, crafts) for start in chunks]
            for chunk in copied:
                chunk.result()
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _name, definition, _constraint in indexes:
            connection.execute(definition)
        for table in TABLES:
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            )
        connection.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


def _indexes(connection) -> list[tuple[str, str, str]]:
    """Name, how to make it again, and the table where it is a constraint; keys that others point to stay."""
    rows = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), pg_get_constraintdef(c.oid), c.conname,"
        " i.indrelid::regclass::text FROM pg_index i"
        " LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'p')"
        " WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary",
        [list(TABLES)],
    ).fetchall()
    return [
        (
            constraint or name,
            f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {text}' if constraint else definition,
            table if constraint else "",
        )
        for name, definition, text, constraint, table in rows
    ]


def _copy(start: int, count: int, url: str, crafts: list[int]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.local")
    import django

    django.setup()
    from benchmarks.search_people import COLUMNS, rows
    from registry.models import Registrant

    people, links = rows(start, min(CHUNK, count - start), count, crafts)
    others = {
        field.column: field.get_prep_value(field.get_default())
        for field in Registrant._meta.local_concrete_fields
        if field.column not in COLUMNS and not field.generated
    }
    columns = [*COLUMNS, *others]
    rest = "".join("\t" + _text(value) for value in others.values())
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        # What a trigger does one by one is done set by set at the end.
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        with cursor.copy(f"COPY registry_registrant ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write("".join(f"{row}{rest}\n" for row in people))
        with cursor.copy(
            "COPY registry_registrantcraft (id, registrant_id, craft_id, is_principal) FROM STDIN"
        ) as copy:
            copy.write(links)


def _text(value) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(value) + "}"
    return str(value)
