"""The register's further addresses and the records they are opened on, by area."""

from tests.registry.records import bodies, bulk, changes, crafts, duplicates, figures, people_data, standing

AREAS = (standing, changes, duplicates, bulk, crafts, bodies, figures, people_data)
