"""Where likely duplicates are looked for: each way by an index, at three million entries too."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, QuerySet, Value
from rapidfuzz import fuzz, process

from registry.duplicates.near_numbers import near_numbers
from registry.duplicates.traits import Traits
from registry.models import Registrant
from registry.models.photograph import PhotographBands
from registry.models.registrant import ArabicNameKey
from registry.photograph_hash import bands_of

# A number that more people than this share is nobody's own: a chamber's telephone, a made-up one.
MOST_SHARING = 20
MOST_OF_ONE_NAME = 50
# Of one birth date; the first of January of a year may hold thousands.
MOST_OF_ONE_DATE = 6000
# Names less alike than this, of a hundred, are not compared word by word.
_ROUGHLY_ALIKE = 60


def candidate_ids(traits: Traits) -> set[int]:
    """Entries worth comparing with these traits, in every region; merged ones are left out."""
    people = Registrant.objects.unmerged()
    found: set[int] = set()
    if traits.national_id:
        found |= _ids(people.filter(national_id=traits.national_id), MOST_SHARING)
    if traits.phone:
        found |= _ids(people.filter(phone=traits.phone), MOST_SHARING)
    if traits.photograph_hash is not None:
        found |= _ids(_same_photograph(people, traits.photograph_hash), MOST_SHARING)
    if traits.commune_id:
        found |= _ids(_same_name(people, traits), MOST_OF_ONE_NAME)
    if traits.is_organisation:
        return found
    if traits.national_id:
        found |= _ids(people.filter(national_id__in=near_numbers(traits.national_id)), MOST_OF_ONE_NAME)
    if traits.birth_date:
        found |= _similar_names(people.filter(birth_date=traits.birth_date), traits)
    return found


def _ids(people: QuerySet, most: int) -> set[int]:
    return set(people.order_by().values_list("pk", flat=True)[:most])


def _same_photograph(people: QuerySet, value: int) -> QuerySet:
    bands = Value(bands_of(value), output_field=ArrayField(BigIntegerField()))
    near = people.annotate(bands=PhotographBands(F("photograph_hash")))
    return near.filter(photograph_hash__isnull=False, bands__overlap=bands)


def _same_name(people: QuerySet, traits: Traits) -> QuerySet:
    key = traits.organisation_ar if traits.is_organisation else "|".join(filter(None, traits.name_ar))
    if not key:
        return people.none()
    named = people.annotate(arabic_name=ArabicNameKey(F("name_key")))
    return named.filter(commune_id=traits.commune_id, arabic_name=key)


def _similar_names(people: QuerySet, traits: Traits) -> set[int]:
    """Those among people of one birth date whose name is roughly alike in either script."""
    names = {"ar": " ".join(traits.name_ar).strip(), "latin": " ".join(traits.name_latin).strip()}
    if not any(names.values()):
        return set()
    rows = list(people.order_by().values_list("pk", "name_key")[:MOST_OF_ONE_DATE])
    found: set[int] = set()
    for script, first in (("ar", 0), ("latin", 2)):
        if not names[script]:
            continue
        theirs = {pk: " ".join(key.split("|")[first : first + 2]) for pk, key in rows}
        alike = process.extract_iter(
            names[script], theirs, scorer=fuzz.token_sort_ratio, score_cutoff=_ROUGHLY_ALIKE
        )
        found |= {pk for _name, _score, pk in alike}
    return found
