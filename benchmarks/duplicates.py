"""How long looking for the duplicates of one person takes: `python -m benchmarks.duplicates N`.

In a database of its own beside the one that DATABASE_URL names. The register is that of
`benchmarks.search_people`, where one in twenty is born on the first of January and one in ten has a
photograph. Half of the people looked for are on file; the other half are typed anew with another number and a
letter missing.
"""

import os
import random
import sys
import time
from dataclasses import replace

from benchmarks.search_database import filled, own_database

SAMPLE = 400


def main(count: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chamber_portal.settings.local"
    with own_database("duplicates"):
        import django

        django.setup()
        for _step in filled(count):
            pass
        _age_and_photograph()
        _measure(count)


def _measure(count: int) -> None:
    from registry.duplicates import Traits
    from registry.models import Registrant

    chance = random.Random(7)
    ids = [chance.randint(1, count) for _ in range(SAMPLE)]
    people = list(Registrant.objects.filter(pk__in=ids, kind__in=("artisan", "master_artisan")))
    known, typed = people[: len(people) // 2], people[len(people) // 2 :]
    times = [_timed(Traits.of(person), person.pk)[0] for person in known]
    january = [p for p in people if (p.birth_date.day, p.birth_date.month) == (1, 1)]
    slow = [_timed(Traits.of(person), person.pk)[0] for person in january]
    found = 0
    for person in typed:
        seconds, matches = _timed(_misspelt(Traits.of(person), chance), None)
        times.append(seconds)
        found += person.pk in {match.registrant.pk for match in matches}
    print(
        f"n={count} people={len(times)} p50_ms={_part(times, 0.5)} p95_ms={_part(times, 0.95)}"
        f" first_of_january={len(slow)} p95_ms={_part(slow, 0.95)} recall={found / len(typed):.3f}"
    )


def _misspelt(traits, chance: random.Random):
    """As the same person might be entered elsewhere: another number and commune, a letter missing."""
    given, family = traits.name_ar
    place = chance.randrange(len(family))
    return replace(
        traits,
        national_id=f"X{chance.randint(1, 9_999_999)}",
        phone="",
        commune_id="",
        photograph_hash=None,
        name_ar=(given, family[:place] + family[place + 1 :]),
        name_latin=("", ""),
    )


def _timed(traits, own_id: int | None):
    from registry.duplicates import QUEUED_LEAST, likely_duplicates

    start = time.perf_counter()
    matches = likely_duplicates(traits, exclude_id=own_id, least=min(QUEUED_LEAST, 30), most=20)
    return time.perf_counter() - start, matches


def _part(times: list[float], share: float) -> str:
    return f"{sorted(times)[int(len(times) * share)] * 1000:.1f}" if times else "-"


def _age_and_photograph() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_registrant SET birth_date = date_trunc('year', birth_date) WHERE id % 20 = 0"
        )
        cursor.execute(
            "UPDATE registry_registrant SET photograph_hash ="
            " ((random() * 4294967295)::bigint << 31) + (random() * 2147483647)::bigint WHERE id % 10 = 5"
        )
        cursor.execute("ANALYZE registry_registrant")


if __name__ == "__main__":
    main(int(sys.argv[1]))
