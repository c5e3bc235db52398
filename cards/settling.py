"""Versions of a chamber's design: which one a batch gets, and how one follows another.

A version may change until a batch is composed with it. Whoever changes one holds its row for update, which
waits for batches that are being composed with it: their rows hold its key.
"""

from django.db import transaction

from cards.designs import chamber_values, standard_kinds
from cards.models import DesignVersion, KindDesign
from core.models import Chamber, User


def version_for_batch(chamber: Chamber) -> DesignVersion:
    """Return the version to compose with, renewed where the chamber's settings changed since.

    Nothing is locked in the ordinary case. The batch that refers to the version is written before its kinds
    are read, so that no change comes between.
    """
    version = DesignVersion.objects.current(chamber.region_id)
    if version is not None and version.chamber == chamber_values(chamber):
        return version
    return open_version(chamber=chamber, by=None)


@transaction.atomic
def open_version(*, chamber: Chamber, by: User | None) -> DesignVersion:
    """Return the chamber's current version, locked and open to changes: a new one where that one is used."""
    locked = Chamber.objects.select_for_update(no_key=True).get(pk=chamber.pk)
    values = chamber_values(locked)
    current = DesignVersion.objects.select_for_update().current(locked.region_id)
    if current is not None and not current.is_used:
        if current.chamber != values:
            current.chamber = values
            current.save(update_fields=["chamber"])
        return current
    number = current.number + 1 if current else 1
    version = DesignVersion.objects.create(
        region_id=locked.region_id, number=number, chamber=values, created_by=by
    )
    kinds = list(current.kinds.all()) if current else standard_kinds(version)
    for kind in kinds:
        kind.pk, kind.version = None, version
    KindDesign.objects.bulk_create(kinds)
    return version
