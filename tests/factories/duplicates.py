"""Pairs of entries that may be one person."""

from registry.enums import DuplicateReason
from registry.models import DuplicatePair, Registrant
from tests.factories.registry import RegistrantFactory


def make_pair(first: Registrant | None = None, second: Registrant | None = None, **fields) -> DuplicatePair:
    """An open pair; without entries, of two new ones with one name and birth date."""
    first = first or RegistrantFactory(family_name_ar="الأنصاري", family_name_latin="Ansari")
    second = second or RegistrantFactory(
        family_name_ar="الانصاري", family_name_latin="El Ansari", commune=first.commune
    )
    first, second = sorted((first, second), key=lambda person: person.pk)
    return DuplicatePair.objects.create(
        first=first,
        second=second,
        first_region=first.region_id,
        second_region=second.region_id,
        **{"reasons": [DuplicateReason.SAME_NAME_AND_BIRTH], "score": 70} | fields,
    )
