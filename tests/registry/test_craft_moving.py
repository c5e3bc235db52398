"""Registrants' crafts moved to another list: each link once, whatever happens, and back again."""

from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import craft_moving
from registry.actions.bodies import plan_body
from registry.actions.craft_changes import go_back, put_in_use
from registry.models import Craft, CraftBranch, CraftChange, CraftLinkMove, CraftList, RegistrantCraft
from tests.factories.bodies import founded_body
from tests.factories.core import UserFactory
from tests.factories.crafts import decided_change
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def admin():
    return UserFactory(roles=(Role.NATIONAL_ADMIN,))


@pytest.fixture
def in_use(admin, django_capture_on_commit_callbacks):
    """`in_use(change)` puts the list in use and moves everybody, as the page does."""

    def put(change, action=put_in_use):
        with django_capture_on_commit_callbacks(execute=True):
            return action(change=change, by=admin)

    return put


def crafts(count: int) -> list[Craft]:
    return list(Craft.objects.current().order_by("pk")[:count])


def person_with(*chosen: Craft):
    person = RegistrantFactory(craft=chosen[0])
    for craft in chosen[1:]:
        RegistrantCraft.objects.create(registrant=person, craft=craft)
    return person


def held(person) -> list[tuple[str, bool]]:
    return [(link.craft.code, link.is_principal) for link in person.craft_links.all().select_related("craft")]


def lists_of(person) -> set[int]:
    return set(person.craft_links.values_list("craft__branch__craft_list_id", flat=True))


def test_everybodys_crafts_are_those_of_the_new_list(admin, in_use):
    first, second, third = crafts(3)
    person = person_with(second, first, third)
    change = decided_change({}, by=admin)
    in_use(change)
    change.refresh_from_db()
    assert lists_of(person) == {change.to_list_id}
    assert held(person) == [(second.code, True), (first.code, False), (third.code, False)]
    assert (change.state, change.links_total, change.links_moved) == ("done", 3, 3)
    assert CraftList.objects.get(is_current=True) == change.to_list
    assert CraftList.objects.filter(pk=change.from_list_id).exists(), "the old list stays"
    actions = AuditEvent.objects.about(change.to_list).values_list("action", flat=True)
    assert {"registry.craft_list.started", "registry.craft_list.in_use"} <= set(actions)


def test_two_old_crafts_that_became_one_are_held_once_and_stay_principal(admin, in_use):
    first, second = crafts(2)
    person, other = person_with(first, second), person_with(second)
    in_use(decided_change({first: second.code}, by=admin))
    assert held(person) == [(second.code, True)]
    assert held(other) == [(second.code, True)]


def test_going_back_gives_each_the_craft_that_was_taken(admin, in_use):
    first, second, third = crafts(3)
    people = [person_with(first, second), person_with(second, first), person_with(third, first)]
    before = [held(person) for person in people]
    change = decided_change({first: second.code}, by=admin)
    former = change.from_list
    in_use(change)
    undoing = in_use(change, go_back)
    undoing.refresh_from_db()
    assert [held(person) for person in people] == before
    assert CraftList.objects.get(is_current=True) == former
    assert (undoing.state, undoing.undoes) == ("done", change)
    assert {pk for person in people for pk in lists_of(person)} == {former.pk}


def test_going_back_and_forth_again_ends_where_it_should(admin, in_use):
    first, second = crafts(2)
    person = person_with(first, second)
    change = decided_change({first: second.code}, by=admin)
    in_use(change)
    after = held(person)
    undoing = in_use(change, go_back)
    in_use(undoing, go_back)
    assert held(person) == after
    assert CraftList.objects.get(is_current=True) == change.to_list


def test_a_craft_chosen_since_has_its_former_name_where_there_is_one(admin, in_use):
    first, second, third = crafts(3)
    change = decided_change({first: second.code}, by=admin)
    in_use(change)
    new = {craft.code: craft for craft in Craft.objects.current()}
    clear, unclear = person_with(new[third.code]), person_with(new[second.code])
    in_use(change, go_back)
    assert lists_of(clear) == {change.from_list_id}
    assert lists_of(unclear) == {change.to_list_id}, "two old crafts became it: the person is asked"


def test_a_craft_that_no_longer_exists_stays_on_the_file(admin, in_use):
    first, second = crafts(2)
    person = person_with(first, second)
    in_use(decided_change({first: None}, by=admin))
    assert held(person) == [(first.code, True), (second.code, False)]
    assert len(lists_of(person)) == 2


def test_only_the_latest_change_is_undone_and_once(admin, in_use):
    change = decided_change({}, by=admin)
    in_use(change)
    later = decided_change({}, by=admin)
    in_use(later)
    with pytest.raises(ActionRefused, match="Only the latest"):
        go_back(change=change, by=admin)
    in_use(later, go_back)
    with pytest.raises(ActionRefused, match="undone already"):
        go_back(change=later, by=admin)


def test_a_mapping_made_from_a_list_no_longer_in_use_is_refused(admin, in_use):
    stale, change = decided_change({}, by=admin), decided_change({}, by=admin)
    in_use(change)
    with pytest.raises(ActionRefused, match="Another list came into use"):
        put_in_use(change=stale, by=admin)


def test_run_again_it_does_nothing(admin, in_use):
    person_with(*crafts(2))
    change = decided_change({}, by=admin)
    in_use(change)
    moves = CraftLinkMove.objects.count()
    craft_moving.move_registrants(change.pk)
    change.refresh_from_db()
    assert (CraftLinkMove.objects.count(), change.links_moved) == (moves, 2)
    with pytest.raises(ActionRefused, match="finished"):
        put_in_use(change=change, by=admin)


def test_stopped_in_the_middle_it_goes_on_and_moves_each_once(admin, monkeypatch):
    people = [person_with(*crafts(2)) for _ in range(5)]
    change = decided_change({}, by=admin)
    put_in_use(change=change, by=admin)
    monkeypatch.setattr(craft_moving, "CHUNK", 2)
    after = craft_moving._move_chunk(change.pk, 0)
    change.refresh_from_db()
    assert (change.links_moved, change.state) == (4, "moving")
    assert after == people[1].pk
    assert CraftList.objects.get(is_current=True) == change.from_list, "not before the last one"
    craft_moving.move_registrants(change.pk)
    change.refresh_from_db()
    assert (change.links_moved, change.state) == (10, "done")
    counted = Counter(CraftLinkMove.objects.values_list("registrant_id", "from_craft_id"))
    assert set(counted.values()) == {1}


def test_a_craft_chosen_while_people_are_moved_is_moved_too(admin, monkeypatch):
    person_with(*crafts(1))
    change = decided_change({}, by=admin)
    put_in_use(change=change, by=admin)
    assert craft_moving._move_chunk(change.pk, 0)
    late = person_with(*crafts(2))
    assert not craft_moving._put_in_use(change.pk)
    craft_moving.move_registrants(change.pk)
    assert lists_of(late) == {change.to_list_id}


def test_many_are_left_to_a_worker(admin, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(craft_moving, "AT_ONCE", 1)
    monkeypatch.setattr("core.background.wake", lambda task, pk, **_: woken.append((task, pk)))
    person_with(*crafts(2))
    change = decided_change({}, by=admin)
    with django_capture_on_commit_callbacks(execute=True):
        put_in_use(change=change, by=admin)
    assert woken == [("registry.craft_moving.move_registrants", change.pk)]
    craft_moving.resume()
    assert len(woken) == 2


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mapping=st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=5, max_size=5),
    people=st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True), min_size=1, max_size=5),
)
def test_whatever_the_mapping_each_link_moves_once_and_comes_back(admin, mapping, people):
    with transaction.atomic():
        five = crafts(5)
        codes = [craft.code for craft in five]
        registered = [person_with(*(five[number] for number in numbers)) for numbers in people]
        before = [held(person) for person in registered]
        change = decided_change(
            {craft: None if to is None else codes[to] for craft, to in zip(five, mapping, strict=True)},
            by=admin,
        )
        put_in_use(change=change, by=admin)
        craft_moving.move_registrants(change.pk)
        expected = [
            {(codes[mapping[n]] if mapping[n] is not None else codes[n], mapping[n] is None) for n in numbers}
            for numbers in people
        ]
        former = change.from_list_id
        for person, wanted in zip(registered, expected, strict=True):
            links = person.craft_links.select_related("craft__branch")
            assert {(link.craft.code, link.craft.branch.craft_list_id == former) for link in links} == wanted
            assert len(links) == len(wanted)
            assert sum(link.is_principal for link in links) == 1
        moved = sum(mapping[n] is not None for numbers in people for n in numbers)
        assert CraftLinkMove.objects.filter(change=change).count() == moved
        undoing = go_back(change=change, by=admin)
        craft_moving.move_registrants(undoing.pk)
        assert [sorted(held(person)) for person in registered] == [sorted(links) for links in before]
        transaction.set_rollback(True)


def test_the_moves_are_found_without_reading_the_whole_table(admin):
    """At three million registrants a set of people is found by the index of links' crafts or people."""
    change = decided_change({}, by=admin)
    parameters = {"change": change.pk, "undoes": None, "after": 0, "chunk": 10}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + craft_moving._NEXT_PEOPLE, parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on registry_registrantcraft" not in plan
    assert CraftChange.objects.count() == 1


def test_craft_bodies_follow_their_branch_and_come_back(admin, in_use):
    body = founded_body()
    before = body.branch
    change = decided_change({}, by=admin)
    in_use(change)
    body.refresh_from_db()
    assert (body.branch.code, body.branch.craft_list_id) == (before.code, change.to_list_id)
    in_use(change, go_back)
    body.refresh_from_db()
    assert body.branch == before


def test_where_two_branches_become_one_the_founded_body_has_it(admin, in_use):
    founded = founded_body()
    other = CraftBranch.objects.filter(craft_list__is_current=True).exclude(pk=founded.branch_id).first()
    planned = plan_body(
        level="provincial", branch=other, region=founded.region, province=founded.province, by=admin
    )
    target = founded.branch.crafts.first()
    change = decided_change({}, by=admin)
    new_craft = Craft.objects.of(change.to_list).get(code=target.code)
    change.mappings.filter(from_craft__branch=other).update(to_craft=new_craft)
    in_use(change)
    founded.refresh_from_db()
    planned.refresh_from_db()
    assert founded.branch.craft_list_id == change.to_list_id
    assert planned.branch == other, "somebody decides on it"
