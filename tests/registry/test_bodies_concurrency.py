"""Two people at once, on real transactions and real threads."""

from datetime import date

import pytest

from core.exceptions import ActionRefused
from registry import craft_moving
from registry.actions.assemblies import close_attendance, convoke_assembly, note_present, note_represented
from registry.actions.craft_changes import put_in_use
from registry.actions.founding import Facts, enter_candidate, enter_facts, found_body
from registry.actions.mandates import give_post
from registry.models import CraftBody, CraftLinkMove, FoundingAssembly, Mandate
from tests.events.test_concurrency import at_once
from tests.factories.bodies import (
    add_statutes,
    convoked_assembly,
    founded_body,
    held_assembly,
    invitation,
    planned_body,
)
from tests.factories.crafts import decided_change
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(done) -> tuple[int, int]:
    """How many went through, and how many were refused."""
    refused = sum(isinstance(one, ActionRefused) for one in done)
    return len(done) - refused, refused


def test_convoked_by_four_at_once_there_is_one_assembly():
    RegistrantFactory()
    body = planned_body()
    done = at_once(
        *(lambda: convoke_assembly(body=body, invitation=invitation(), by=body.created_by) for _ in range(4))
    )
    assert kinds(done) == (1, 3)
    assert FoundingAssembly.objects.count() == 1


def test_one_post_given_to_two_people_at_once_is_one_persons():
    body = founded_body(people=5)
    held = body.mandates.values("registrant_id")
    people = [m.registrant for m in body.memberships.exclude(registrant_id__in=held)]
    done = at_once(
        *(
            lambda person=person: give_post(
                body=body,
                registrant=person,
                post="treasurer",
                starts_on=date(2027, 1, 1),
                by=body.created_by,
            )
            for person in people
        )
    )
    assert kinds(done) == (1, len(people) - 1)
    assert Mandate.objects.filter(body=body, post="treasurer").count() == 1


def test_founded_twice_at_once_it_is_founded_once():
    assembly = held_assembly()
    by = assembly.convoked_by
    enter_candidate(
        assembly=assembly,
        registrant=assembly.convocations.first().registrant,
        votes=1,
        post="president",
        by=by,
    )
    enter_facts(assembly=assembly, facts=Facts(3, 0, True), by=by)
    add_statutes(assembly.body)
    done = at_once(*(lambda: found_body(assembly=assembly, by=by) for _ in range(3)))
    assert kinds(done) == (1, 2)
    assert CraftBody.objects.get().memberships.count() == 3
    assert Mandate.objects.count() == 1


def test_two_proxies_given_at_once_are_no_more_than_one_may_hold():
    assembly = convoked_assembly(people=5, proxies_each=1)
    by = assembly.convoked_by
    holder, *others = assembly.convocations.all()
    note_present(convocation=holder, by=by)
    done = at_once(
        *(lambda one=one: note_represented(convocation=one, holder=holder, by=by) for one in others)
    )
    assert kinds(done) == (1, 3)
    assert holder.represents.count() == 1


def test_a_tick_while_the_attendance_is_closed_counts_or_is_refused():
    assembly = convoked_assembly(people=2)
    by = assembly.convoked_by
    first, second = assembly.convocations.all()
    note_present(convocation=first, by=by)
    ticked, _closed = at_once(
        lambda: note_present(convocation=second, by=by), lambda: close_attendance(assembly=assembly, by=by)
    )
    assembly.refresh_from_db()
    assert assembly.attending_count == assembly.convocations.attending().count()
    assert assembly.attending_count == (1 if isinstance(ticked, ActionRefused) else 2)


def test_workers_that_move_crafts_at_once_move_each_once(monkeypatch):
    people = [RegistrantFactory() for _ in range(6)]
    change = decided_change({})
    # Sets of two, left to workers: they are to meet in the middle.
    monkeypatch.setattr(craft_moving, "AT_ONCE", 0)
    monkeypatch.setattr(craft_moving, "CHUNK", 2)
    monkeypatch.setattr("core.background.wake", lambda *_: None)
    put_in_use(change=change, by=change.started_by)
    at_once(*(lambda: craft_moving.move_registrants(change.pk) for _ in range(4)))
    change.refresh_from_db()
    assert (change.state, change.links_moved) == ("done", len(people))
    assert CraftLinkMove.objects.count() == len(people)
