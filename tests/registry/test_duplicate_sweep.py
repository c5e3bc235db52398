"""Going through the register in search of duplicates: killed and taken up again, told to everybody."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import tasks
from registry.actions import sweeping
from registry.models import DuplicatePair, DuplicateSweep
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
NAMES = {"family_name_ar": "الأنصاري", "family_name_latin": "Ansari"}


@pytest.fixture
def asked(monkeypatch):
    """What workers were asked to do."""
    found = []
    monkeypatch.setattr("core.background.wake", lambda task, pk, **_more: found.append((task, pk)))
    return found


def test_the_command_goes_through_everybody(capsys):
    RegistrantFactory(**NAMES)
    RegistrantFactory(**NAMES)
    call_command("find_duplicates")
    assert "entries=2 found=1 waiting=1" in capsys.readouterr().out
    assert AuditEvent.objects.filter(action="registry.duplicate.sweep_started").count() == 1


def test_a_search_killed_half_way_goes_on_where_it_was(monkeypatch):
    people = [RegistrantFactory(**NAMES) for _ in range(3)]
    monkeypatch.setattr(sweeping, "STRETCH", 1)
    sweep = sweeping.start_sweep(by=UserFactory())
    looked = []

    def killed(pk):
        looked.append(pk)
        if len(looked) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(sweeping, "find_duplicates", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.sweep_duplicates(sweep.pk)
    sweep.refresh_from_db()
    assert (sweep.done, sweep.last_id, sweep.finished_at) == (1, people[0].pk, None)
    tasks.sweep_duplicates(sweep.pk)
    assert looked == [people[0].pk, people[1].pk, people[1].pk, people[2].pk]
    sweep.refresh_from_db()
    assert sweep.done == 3
    assert sweep.finished_at is not None


def test_a_worker_that_starts_takes_up_what_nobody_does(asked):
    sweep = sweeping.start_sweep(by=UserFactory())
    tasks.resume_sweeps()
    assert asked == [(tasks.SWEEP, sweep.pk)]


def test_a_region_looks_through_its_own(in_english):
    RegistrantFactory(**NAMES)
    RegistrantFactory(**NAMES, commune=DAKHLA_COMMUNE)
    sweep = sweeping.start_sweep(by=UserFactory(), region_code="12")
    assert sweep.total == 1
    sweeping.go_on_with_sweep(sweep.pk)
    assert DuplicatePair.objects.count() == 1


def test_a_search_is_cancelled_once_and_keeps_what_it_found(in_english):
    sweep, by = sweeping.start_sweep(by=UserFactory()), UserFactory()
    sweeping.cancel_sweep(sweep=sweep, by=by)
    with pytest.raises(ActionRefused, match="over already"):
        sweeping.cancel_sweep(sweep=sweep, by=by)
    sweeping.go_on_with_sweep(sweep.pk)
    sweep.refresh_from_db()
    assert sweep.cancelled
    assert sweep.done == 0
    assert AuditEvent.objects.filter(action="registry.duplicate.sweep_cancelled").count() == 1


def test_the_page_starts_watches_and_stops_it(sign_in, asked, django_capture_on_commit_callbacks):
    RegistrantFactory()
    registrar = sign_in(Role.REGISTRAR)
    with django_capture_on_commit_callbacks(execute=True):
        registrar.post("/register/duplicates/search/")
    sweep = DuplicateSweep.objects.get()
    assert asked == [(tasks.SWEEP, sweep.pk)]
    assert b"<progress" in registrar.get("/register/duplicates/search/state/").content
    registrar.post("/register/duplicates/search/cancellation/")
    sweep.refresh_from_db()
    assert sweep.cancelled
    assert b"<progress" not in registrar.get("/register/duplicates/search/state/").content


def test_the_database_keeps_one_running_search_of_a_region():
    DuplicateSweep.objects.create(region_code="11", total=1, finished_at=timezone.now())
    DuplicateSweep.objects.create(region_code="11", total=1)
    with pytest.raises(IntegrityError, match="duplicate_sweep_one_running"), transaction.atomic():
        DuplicateSweep.objects.create(region_code="11", total=1)
