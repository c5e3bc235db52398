"""The register's further addresses and the records they are opened on, by area."""

from tests.registry.records import (
    applications,
    bodies,
    bulk,
    changes,
    crafts,
    duplicates,
    figures,
    people_data,
    standing,
)

AREAS = (applications, standing, changes, duplicates, bulk, crafts, bodies, figures, people_data)
