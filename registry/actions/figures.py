"""Counting the register: in one statement, in the database, by one at a time."""

import time

from django.db import connection, transaction
from django.utils import timezone

from registry.enums import ACTIVE_STATES, PERSON_KINDS
from registry.figures.public_rows import public_rows
from registry.models import FigureSnapshot, PublicFigures
from registry.models.figure import Subject

# Any number that nobody else of this database locks; who counts holds it until the end of the transaction.
_LOCK = 0x66696775
# The counting before this one stays, for whoever is half-way through a page of it.
_KEPT = 2

# One pass over the register: every way of counting is a grouping set. What a set does not group by is NULL.
_COUNT = """
    INSERT INTO registry_figure (snapshot_id, subject, region_id, key, month, number)
    WITH people AS (
        SELECT person.region_id, commune.province_id, coalesce(craft.branch_id::text, '') AS branch,
            person.kind, person.state, person.card_standing AS card,
            date_trunc('month', person.registered_on)::date AS month,
            person.state = ANY(%(active)s) AS active,
            CASE WHEN person.kind = ANY(%(persons)s) THEN person.gender ELSE '' END AS gender,
            CASE
                WHEN person.kind <> ALL(%(persons)s) THEN ''
                WHEN person.birth_date > (%(today)s::date - interval '25 years')::date THEN '00'
                WHEN person.birth_date > (%(today)s::date - interval '35 years')::date THEN '25'
                WHEN person.birth_date > (%(today)s::date - interval '45 years')::date THEN '35'
                WHEN person.birth_date > (%(today)s::date - interval '55 years')::date THEN '45'
                WHEN person.birth_date > (%(today)s::date - interval '65 years')::date THEN '55'
                ELSE '65'
            END AS age,
            CASE
                WHEN person.card_standing <> 'made' THEN ''
                WHEN person.card_standing_since IS NULL THEN 'unknown'
                WHEN %(today)s::date - person.card_standing_since <= 30 THEN '030'
                WHEN %(today)s::date - person.card_standing_since <= 90 THEN '090'
                WHEN %(today)s::date - person.card_standing_since <= 180 THEN '180'
                ELSE '999'
            END AS waiting
        FROM registry_registrant AS person
        JOIN core_commune AS commune ON commune.code = person.commune_id
        LEFT JOIN registry_registrantcraft AS link ON link.registrant_id = person.id AND link.is_principal
        LEFT JOIN registry_craft AS craft ON craft.id = link.craft_id
        WHERE person.state <> 'candidate' AND person.merged_into_id IS NULL
    )
    SELECT %(snapshot)s,
        CASE
            WHEN grouping(month) = 1 THEN 'cell'
            WHEN grouping(province_id) = 0 THEN 'province'
            WHEN grouping(branch) = 0 THEN 'branch'
            WHEN grouping(kind) = 0 THEN 'kind'
            WHEN grouping(age) = 0 THEN 'age'
            WHEN grouping(gender) = 0 THEN 'gender'
            WHEN grouping(state) = 0 THEN 'state'
            WHEN grouping(card) = 0 THEN 'card'
            ELSE 'uncollected'
        END,
        region_id,
        CASE
            WHEN grouping(month) = 1 THEN concat_ws('|', province_id, branch, kind, gender, age)
            WHEN grouping(age) = 0 THEN concat_ws('|', gender, age)
            ELSE coalesce(province_id, branch, kind, gender, state, card, waiting)
        END,
        month, count(*)
    FROM people
    GROUP BY GROUPING SETS (
        (active, region_id, month, province_id),
        (active, region_id, month, branch),
        (active, region_id, month, kind),
        (active, region_id, month, gender),
        (active, region_id, month, gender, age),
        (active, region_id, month, state),
        (active, region_id, month, card),
        (active, region_id, month, waiting),
        (active, region_id, province_id, branch, kind, gender, age)
    )
    HAVING (active OR grouping(state) = 0)
        AND (grouping(month) = 1 OR grouping(gender) = 1 OR gender <> '')
        AND (grouping(waiting) = 1 OR waiting <> '')
    UNION ALL
    SELECT %(snapshot)s, 'application', person.region_id, application.state,
        date_trunc('month', application.entered_at AT TIME ZONE %(zone)s)::date AS entered, count(*)
    FROM registry_application AS application
    JOIN registry_registrant AS person ON person.id = application.registrant_id
    GROUP BY person.region_id, application.state, entered
"""
_DECISIONS = """
    INSERT INTO registry_decisiontime (snapshot_id, region_id, month, number, median_days, ninth_decile_days)
    SELECT %(snapshot)s, region_id, month, count(*),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days), percentile_cont(0.9) WITHIN GROUP (ORDER BY days)
    FROM (
        SELECT person.region_id,
            date_trunc('month', application.decided_at AT TIME ZONE %(zone)s)::date AS month,
            extract(epoch FROM application.decided_at - application.submitted_at) / 86400 AS days
        FROM registry_application AS application
        JOIN registry_registrant AS person ON person.id = application.registrant_id
        WHERE application.state IN ('approved', 'rejected')
    ) AS decided
    GROUP BY GROUPING SETS ((region_id, month), (region_id), (month), ())
    HAVING count(*) > 0
"""
_DAY = """
    INSERT INTO registry_dailytotal (day, province_id, number)
    SELECT %(today)s, province.code, coalesce(sum(figure.number), 0)
    FROM core_province AS province
    LEFT JOIN registry_figure AS figure
        ON figure.key = province.code AND figure.subject = 'province' AND figure.snapshot_id = %(snapshot)s
    GROUP BY province.code
    ON CONFLICT (day, province_id) DO UPDATE SET number = EXCLUDED.number
"""


@transaction.atomic
def refresh_figures() -> FigureSnapshot | None:
    """Count the register and keep the numbers; None where somebody is counting at this moment.

    Readers go on with the numbers before until this transaction ends. Nothing of it can be seen if it is
    killed on the way.
    """
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        snapshot = FigureSnapshot.objects.create(taken_at=timezone.now(), registered=0, milliseconds=0)
        values = {
            "snapshot": snapshot.pk,
            "today": timezone.localdate(),
            "zone": timezone.get_current_timezone_name(),
            "active": [str(state) for state in ACTIVE_STATES],
            "persons": [str(kind) for kind in PERSON_KINDS],
        }
        for statement in (_COUNT, _DECISIONS, _DAY):
            cursor.execute(statement, values)
    cells = list(snapshot.figures.filter(subject=Subject.CELL).values_list("region_id", "key", "number"))
    PublicFigures.objects.create(snapshot=snapshot, rows=public_rows(cells))
    snapshot.registered = sum(number for _region, _key, number in cells)
    snapshot.milliseconds = (time.monotonic() - started) * 1000
    snapshot.save(update_fields=["registered", "milliseconds"])
    older = FigureSnapshot.objects.order_by("-taken_at", "-id").values_list("pk", flat=True)[_KEPT:]
    FigureSnapshot.objects.filter(pk__in=list(older)).delete()
    return snapshot
