"""The counting of the register against plain counting of the same people."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from statistics import median
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import Commune
from registry.actions import note_card_standing
from registry.actions.figures import refresh_figures
from registry.enums import ACTIVE_STATES, PERSON_KINDS, CardStanding, RegistrantState
from registry.models import Craft, DailyTotal, FigureSnapshot, Registrant
from registry.models.figure import Subject
from tests.factories.registry import DAKHLA_COMMUNE, LAAYOUNE_COMMUNE, ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "commune": st.sampled_from([LAAYOUNE_COMMUNE, DAKHLA_COMMUNE, "11.121.01.01"]),
            "kind": st.sampled_from(["artisan", "master_artisan", "cooperative"]),
            "gender": st.sampled_from(["female", "male"]),
            "state": st.sampled_from([*RegistrantState.values]),
            "birth_date": st.dates(date(1940, 1, 1), date(2008, 1, 1)),
            "registered_on": st.dates(date(2024, 11, 1), date(2026, 11, 1)),
            "card_standing": st.sampled_from([*CardStanding.values]),
            "craft": st.sampled_from([0, 40, 90]),
        }
    ),
    max_size=12,
)


def make(people):
    crafts = list(Craft.objects.current())
    made = []
    for person in people:
        fields = dict(person)
        fields["commune"] = Commune.objects.filter(code=fields["commune"]).first() or LAAYOUNE_COMMUNE
        fields["craft"] = crafts[fields["craft"]]
        if fields["state"] == RegistrantState.CANDIDATE:
            fields |= {"nia": None, "registered_on": None}
        if fields["kind"] == "cooperative":
            fields |= {"organisation_name_ar": "تعاونية", "organisation_name_latin": "Coopérative"}
        made.append(RegistrantFactory(**fields))
    return made


def age_band(born, today):
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return "00" if age < 25 else str(min(65, 25 + (age - 25) // 10 * 10))


def counted_plainly(subject, people):
    """The lines of a subject as a person with a pencil would count them."""
    lines = Counter()
    today = timezone.localdate()
    for person in people:
        if person.state == RegistrantState.CANDIDATE:
            continue
        if person.state not in ACTIVE_STATES and subject != Subject.STATE:
            continue
        month = person.registered_on.replace(day=1)
        branch = str(person.principal_craft.branch_id)
        is_person = person.kind in PERSON_KINDS
        gender, age = (person.gender, age_band(person.birth_date, today)) if is_person else ("", "")
        key = {
            Subject.PROVINCE: person.commune.province_id,
            Subject.BRANCH: branch,
            Subject.KIND: person.kind,
            Subject.GENDER: gender,
            Subject.AGE: f"{gender}|{age}",
            Subject.STATE: person.state,
            Subject.CARD: person.card_standing,
            Subject.CELL: "|".join([person.commune.province_id, branch, person.kind, gender, age]),
        }[subject]
        if subject in {Subject.GENDER, Subject.AGE} and not is_person:
            continue
        lines[person.region_id, key, None if subject == Subject.CELL else month] += 1
    return lines


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_every_line_is_what_plain_counting_gives(people):
    Registrant.objects.all().delete()
    make(people)
    snapshot = refresh_figures()
    everybody = list(Registrant.objects.select_related("commune").prefetch_related("craft_links__craft"))
    for subject in set(Subject) - {Subject.UNCOLLECTED, Subject.APPLICATION}:
        lines = snapshot.figures.filter(subject=subject).values_list("region_id", "key", "month", "number")
        found = Counter({(region, key, month): number for region, key, month, number in lines})
        assert found == counted_plainly(subject, everybody), subject
    assert snapshot.registered == sum(person.state in ACTIVE_STATES for person in everybody)


def lines_of(snapshot, subject):
    lines = snapshot.figures.filter(subject=subject).order_by("key")
    return [(line.region_id, line.key, line.number) for line in lines]


def test_cards_that_wait_are_counted_by_how_long_the_register_has_known_of_them():
    people = [RegistrantFactory() for _ in range(4)]
    note_card_standing(registrant_ids=[person.pk for person in people], standing=CardStanding.MADE)
    today = timezone.localdate()
    for person, days in zip(people, (30, 31, 181), strict=False):
        Registrant.objects.filter(pk=person.pk).update(card_standing_since=today - timedelta(days))
    Registrant.objects.filter(pk=people[3].pk).update(card_standing_since=None)
    assert lines_of(refresh_figures(), Subject.UNCOLLECTED) == [
        ("11", "030", 1),
        ("11", "090", 1),
        ("11", "999", 1),
        ("11", "unknown", 1),
    ]


def test_an_entry_that_was_merged_into_another_is_not_counted():
    kept, merged = RegistrantFactory(), RegistrantFactory()
    Registrant.objects.filter(pk=merged.pk).update(merged_into=kept, state=RegistrantState.STRUCK_OFF)
    snapshot = refresh_figures()
    assert snapshot.registered == 1
    assert lines_of(snapshot, Subject.STATE) == [("11", "registered", 1)]


def decided(days, *, on, **fields):
    """An application decided so many days after it was submitted."""
    moment = timezone.make_aware(datetime(*on, 12))
    by = fields.pop("by")
    return ApplicationFactory(
        state="approved",
        submitted_at=moment - timedelta(days),
        decided_at=moment,
        decided_by=by,
        **fields,
    )


def test_time_to_decision_is_median_and_ninth_decile_by_month():
    by = ApplicationFactory().entered_by
    for days in (1, 2, 3, 10):
        decided(days, on=(2026, 3, 5), by=by)
    decided(6, on=(2026, 4, 1), by=by)
    snapshot = refresh_figures()
    times = snapshot.decision_times.filter(region="11", month__isnull=False)
    found = [(time.month, time.number, time.median_days) for time in times]
    assert found == [(date(2026, 3, 1), 4, median((1, 2, 3, 10))), (date(2026, 4, 1), 1, 6)]
    assert times[0].ninth_decile_days == pytest.approx(7.9)
    whole = snapshot.decision_times.get(region=None, month=None)
    assert (whole.number, whole.median_days) == (5, 3)
    assert lines_of(snapshot, Subject.APPLICATION) == [("11", "approved", 5), ("11", "submitted", 1)]


def test_counting_again_replaces_the_numbers_and_keeps_one_total_a_day():
    RegistrantFactory()
    first = refresh_figures()
    RegistrantFactory()
    second = refresh_figures()
    third = refresh_figures()
    assert (first.registered, second.registered, third.registered) == (1, 2, 2)
    assert list(FigureSnapshot.objects.order_by("pk")) == [second, third]
    assert FigureSnapshot.objects.newest() == third
    laayoune = DailyTotal.objects.get(province="11.321")
    assert (laayoune.day, laayoune.number) == (timezone.localdate(), 2)


def test_an_empty_register_has_figures_too():
    snapshot = refresh_figures()
    assert snapshot.registered == 0
    assert not snapshot.figures.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_count_at_once_one_counts():
    RegistrantFactory()
    together = Barrier(4)

    def count(_number):
        together.wait()
        try:
            return refresh_figures()
        finally:
            connections.close_all()

    with connection.cursor() as cursor, ThreadPoolExecutor(4) as pool:
        # Whoever comes while another counts goes away: held here, so that all four come at that time.
        cursor.execute("SELECT pg_advisory_lock(%s)", [0x66696775])
        assert list(pool.map(count, range(4))) == [None] * 4
        cursor.execute("SELECT pg_advisory_unlock(%s)", [0x66696775])
    assert refresh_figures().registered == 1
    assert FigureSnapshot.objects.count() == 1
