"""What founds a body: statutes, elections, a bureau, the bodies below."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.dates import months_before
from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry.actions.founding import (
    Facts,
    enter_candidate,
    enter_facts,
    found_body,
    missing_to_found,
    remove_candidate,
)
from registry.models import Candidacy, FoundingAssembly, RegisterRules
from tests.factories.bodies import add_statutes, convoked_assembly, founded_body, held_assembly, planned_body
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def set_rules(**rules):
    RegisterRules.objects.update_or_create(region_id="11", defaults=rules)


def people_of(assembly):
    return [convocation.registrant for convocation in assembly.convocations.order_by("position")]


def ready(assembly, *posts):
    """Everything but what a test leaves out."""
    by = assembly.convoked_by
    for person, post in zip(people_of(assembly), posts or ("president",), strict=False):
        enter_candidate(assembly=assembly, registrant=person, votes=1, post=post, by=by)
    enter_facts(assembly=assembly, facts=Facts(3, 0, True), by=by)
    add_statutes(assembly.body)
    assembly.refresh_from_db()


def test_a_body_is_founded_with_its_bureau_and_its_members():
    set_rules(mandate_months=36)
    assembly = held_assembly()
    ready(assembly, "president", "treasurer")
    body = found_body(assembly=assembly, by=assembly.convoked_by)
    day = timezone.localtime(assembly.starts_at).date()
    assert (body.state, body.founded_on, body.renewal_on) == ("founded", day, months_before(day, -36))
    assert {mandate.post for mandate in body.mandates.in_force()} == {"president", "treasurer"}
    assert all(mandate.ends_on == body.renewal_on for mandate in body.mandates.all())
    assert {m.registrant for m in body.memberships.active()} == set(people_of(assembly))
    row = AuditEvent.objects.about(body).first()
    assert (row.action, row.after["members"]) == ("registry.body.founded", 3)


def test_without_a_length_of_mandates_none_is_claimed():
    body = founded_body()
    assert body.renewal_on is None
    assert {mandate.ends_on for mandate in body.mandates.all()} == {None}


def test_what_is_missing_is_named_all_at_once():
    set_rules(bureau_size=5)
    assembly = held_assembly()
    with pytest.raises(ActionRefused) as refusal:
        found_body(assembly=assembly, by=assembly.convoked_by)
    for part in ("adoption of the statutes", "document of the statutes", "president", "bureau of 5 members"):
        assert part in str(refusal.value)
    ready(assembly)
    assert len(missing_to_found(assembly)) == 1
    set_rules(bureau_size=1)
    assert missing_to_found(assembly) == []


def test_an_assembly_of_a_day_to_come_founds_nothing():
    assembly = held_assembly()
    ready(assembly)
    FoundingAssembly.objects.filter(pk=assembly.pk).update(starts_at=timezone.now() + timedelta(days=2))
    with pytest.raises(ActionRefused, match="not come yet"):
        found_body(assembly=assembly, by=assembly.convoked_by)


def test_a_body_is_founded_once_and_its_assembly_stays_as_it_is():
    body = founded_body()
    assembly = body.assemblies.get()
    by = body.created_by
    for again in (
        lambda: found_body(assembly=assembly, by=by),
        lambda: enter_facts(assembly=assembly, facts=Facts(1, 0, False), by=by),
        lambda: remove_candidate(candidacy=assembly.candidacies.first(), by=by),
    ):
        with pytest.raises(ActionRefused, match="is founded"):
            again()


def test_nothing_is_entered_before_the_attendance_is_closed():
    assembly = convoked_assembly()
    with pytest.raises(ActionRefused, match="Close the attendance"):
        enter_candidate(
            assembly=assembly, registrant=people_of(assembly)[0], votes=0, post="", by=assembly.convoked_by
        )


def test_the_numbers_of_the_vote_do_not_contradict_each_other():
    assembly = held_assembly()
    by, person = assembly.convoked_by, people_of(assembly)[0]
    for facts, words in (
        (Facts(2, 3, True), "more blank"),
        (Facts(None, 1, True), "more blank"),
        (Facts(4, 0, True), "more ballots than people"),
    ):
        with pytest.raises(ActionRefused, match=words):
            enter_facts(assembly=assembly, facts=facts, by=by)
    with pytest.raises(ActionRefused, match="At most 3 votes"):
        enter_candidate(assembly=assembly, registrant=person, votes=4, post="", by=by)
    enter_candidate(assembly=assembly, registrant=person, votes=3, post="", by=by)
    with pytest.raises(ActionRefused, match="more votes than"):
        enter_facts(assembly=assembly, facts=Facts(3, 1, True), by=by)


def test_a_post_is_one_persons_and_an_entry_is_replaced_by_the_next():
    assembly = held_assembly()
    by = assembly.convoked_by
    first, second, third = people_of(assembly)
    enter_candidate(assembly=assembly, registrant=first, votes=1, post="president", by=by)
    with pytest.raises(ActionRefused, match="elected to this post"):
        enter_candidate(assembly=assembly, registrant=second, votes=1, post="president", by=by)
    enter_candidate(assembly=assembly, registrant=first, votes=2, post="adviser", by=by)
    enter_candidate(assembly=assembly, registrant=second, votes=1, post="adviser", by=by)
    assert {(c.registrant, c.votes, c.post) for c in assembly.candidacies.all()} == {
        (first, 2, "adviser"),
        (second, 1, "adviser"),
    }
    remove_candidate(candidacy=assembly.candidacies.get(registrant=first), by=by)
    assert assembly.candidacies.count() == 1
    with pytest.raises(ActionRefused, match="not called"):
        enter_candidate(assembly=assembly, registrant=RegistrantFactory(), votes=1, post="", by=by)
    enter_candidate(assembly=assembly, registrant=third, votes=1, post="president", by=by)
    with pytest.raises(IntegrityError, match="candidacy_one_a_post"), transaction.atomic():
        Candidacy.objects.create(assembly=assembly, registrant=first, votes=1, post="president")


def test_a_regional_body_rests_on_provincial_ones_as_the_rules_ask():
    regional = planned_body(level="regional")
    assembly = held_assembly(body=regional)
    ready(assembly)
    with pytest.raises(ActionRefused, match="one level below"):
        found_body(assembly=assembly, by=assembly.convoked_by)
    founded_body()
    set_rules(provincial_bodies_needed=2)
    assert len(missing_to_found(assembly)) == 1
    set_rules(provincial_bodies_needed=1)
    assert found_body(assembly=assembly, by=assembly.convoked_by).state == "founded"


def test_a_national_body_rests_on_a_regional_one():
    national = planned_body(level="national")
    assembly = held_assembly(body=national)
    ready(assembly)
    with pytest.raises(ActionRefused, match="one level below"):
        found_body(assembly=assembly, by=assembly.convoked_by)
