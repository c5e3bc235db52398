"""Two reviewers at the same moment, on real transactions and real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry import actions
from registry.actions.sweeping import go_on_with_sweep, start_sweep
from registry.enums import PairState
from registry.models import DuplicatePair, DuplicateSweep, Merge, Registrant
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.registry import ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)
REVIEWERS = 6


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch):
    monkeypatch.setattr("core.background.wake", lambda *args, **more: None)


def at_once(*tasks):
    """Run the tasks in as many threads, started together; what each returned, or the refusal it met."""
    together = Barrier(len(tasks))

    def run(task):
        together.wait()
        try:
            return task()
        except ActionRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def merging(pair, kept_id):
    reviewer = UserFactory()
    order = actions.MergeOrder(
        kept_id=kept_id,
        taken=frozenset({"phone"}),
        versions={pair.first_id: pair.first.version, pair.second_id: pair.second.version},
        reason="شخص واحد",
        identity_checked=True,
    )
    return lambda: actions.merge_registrants(pair=pair, order=order, by=reviewer)


def one_done(results, kind):
    assert [isinstance(one, kind) for one in results].count(True) == 1
    assert all(isinstance(one, kind | ActionRefused) for one in results)


def test_many_who_merge_one_pair_at_once_merge_it_once():
    pair = make_pair()
    one_done(at_once(*(merging(pair, pair.first_id) for _ in range(REVIEWERS))), Merge)
    assert Merge.objects.count() == 1
    assert AuditEvent.objects.filter(action="registry.registrant.merged").count() == 1


def test_opposite_directions_at_once_leave_one_entry():
    pair = make_pair()
    tasks = [merging(pair, pk) for pk in (pair.first_id, pair.second_id) * 3]
    one_done(at_once(*tasks), Merge)
    assert Registrant.objects.unmerged().count() == 1
    assert Registrant.objects.registered().count() == 1


def test_not_the_same_and_merged_at_once_is_one_of_them():
    pair, reviewer = make_pair(), UserFactory()
    results = at_once(
        merging(pair, pair.first_id),
        lambda: actions.declare_not_same(pair=pair, reason="أخوان", by=reviewer),
    )
    one_done(results, Merge | DuplicatePair)
    state = DuplicatePair.objects.get().state
    assert (state == PairState.MERGED) == Merge.objects.exists()
    assert state != PairState.OPEN


def test_chained_merges_at_once_make_no_ring():
    one, two, three = (RegistrantFactory() for _ in range(3))
    pairs = [make_pair(one, two), make_pair(two, three), make_pair(one, three)]
    at_once(*(merging(pair, kept) for pair, kept in zip(pairs, (one.pk, two.pk, three.pk), strict=True)))
    assert Registrant.objects.unmerged().count() >= 1
    for gone in Registrant.objects.filter(merged_into__isnull=False):
        seen = set()
        while gone.merged_into_id:
            assert gone.pk not in seen
            seen.add(gone.pk)
            gone = gone.merged_into


def test_undoing_twice_at_once_undoes_once():
    pair = make_pair()
    merge = merging(pair, pair.first_id)()
    reviewer = UserFactory()
    results = at_once(*(lambda: actions.undo_merge(merge=merge, reason="خطأ", by=reviewer) for _ in range(4)))
    one_done(results, Merge)
    assert Registrant.objects.registered().count() == 2


def test_approving_and_merging_at_once_give_no_number_to_who_went():
    person = RegistrantFactory()
    application = ApplicationFactory()
    pair = make_pair(person, application.registrant)
    director = UserFactory(roles=["regional_director"])
    at_once(
        merging(pair, person.pk),
        lambda: actions.approve_application(application=application, by=director),
    )
    assert not Registrant.objects.registered().filter(merged_into__isnull=False).exists()
    candidate = Registrant.objects.get(pk=application.registrant_id)
    assert bool(candidate.merged_into_id) != bool(candidate.nia)


def test_workers_that_look_for_the_same_duplicates_at_once_find_them_once():
    names = {"family_name_ar": "الأنصاري", "family_name_latin": "Ansari"}
    people = [RegistrantFactory(**names) for _ in range(4)]
    at_once(*(lambda pk=person.pk: actions.find_duplicates(pk) for person in people * 2))
    assert DuplicatePair.objects.count() == 6


def test_two_workers_at_one_search_go_through_it_once():
    for _ in range(5):
        RegistrantFactory()
    sweep = start_sweep(by=UserFactory())
    at_once(*(lambda: go_on_with_sweep(sweep.pk) for _ in range(3)))
    sweep.refresh_from_db()
    assert sweep.finished_at is not None
    assert sweep.done == sweep.total == 5


def test_a_search_started_by_two_at_once_is_one():
    by = UserFactory()
    started = at_once(*(lambda: start_sweep(by=by, region_code="11") for _ in range(4)))
    assert len({sweep.pk for sweep in started}) == 1
    assert DuplicateSweep.objects.count() == 1
