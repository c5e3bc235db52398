"""Mandates: no overlap, whoever tries; ended early with a ground."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry.actions.mandates import end_mandate, give_post
from registry.models import CraftBody, Ground, Mandate, RegisterRules
from tests.factories.bodies import founded_body, planned_body
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
START = date(2027, 1, 1)


def ground():
    return Ground.objects.get(procedure="mandate_end", code="resignation")


def member(body):
    """A member who holds no post."""
    held = body.mandates.values("registrant_id")
    return body.memberships.active().exclude(registrant_id__in=held).first().registrant


def mandate(body, registrant, post, first, last):
    return Mandate(
        body=body, registrant=registrant, post=post, period=(first, last), given_by=body.created_by
    )


def test_the_database_refuses_two_presidents_at_once():
    body = founded_body()
    with pytest.raises(IntegrityError, match="mandate_one_at_a_time"), transaction.atomic():
        mandate(body, member(body), "president", START, None).save()


def test_the_database_refuses_two_posts_to_one_person_at_once():
    body = founded_body()
    president = body.mandates.get(post="president").registrant
    with pytest.raises(IntegrityError, match="mandate_one_post_a_person"), transaction.atomic():
        mandate(body, president, "adviser", START, None).save()


def test_a_bureau_may_have_several_advisers_and_vice_presidents():
    body = founded_body(people=6)
    for post in ("adviser", "adviser", "vice_president", "vice_president"):
        give_post(body=body, registrant=member(body), post=post, starts_on=START, by=body.created_by)
    assert body.mandates.count() == 6


def test_the_same_post_in_another_body_is_another_matter():
    provincial = founded_body()
    regional = founded_body(body=planned_body(level="regional"))
    regional.mandates.all().delete()
    president = provincial.mandates.get(post="president").registrant
    mandate(regional, president, "treasurer", START, None).save()
    assert president.mandates.filter(period__contains=START).count() == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.tuples(st.integers(0, 50), st.integers(1, 50)),
    second=st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(1, 50))),
)
def test_the_database_refuses_exactly_what_overlaps(first, second):
    with transaction.atomic():
        body = founded_body(people=4)
        body.mandates.all().delete()
        people = [membership.registrant for membership in body.memberships.active()]
        a, b = START + timedelta(first[0]), START + timedelta(first[0] + first[1])
        c = START + timedelta(second[0])
        d = START + timedelta(second[0] + second[1]) if second[1] else None
        mandate(body, people[0], "treasurer", a, b).save()
        overlap = (d is None or a < d) and c < b
        try:
            with transaction.atomic():
                mandate(body, people[1], "treasurer", c, d).save()
            accepted = True
        except IntegrityError:
            accepted = False
        assert accepted is not overlap
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"period": (START, START)}, "mandate_has_a_first_day"),
        ({"period": (None, START)}, "mandate_has_a_first_day"),
        ({"end_reason": "x"}, "mandate_end_is_grounded"),
    ],
)
def test_the_database_refuses_a_mandate_that_makes_no_sense(changed, name):
    one = founded_body().mandates.first()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Mandate.objects.filter(pk=one.pk).update(**changed)


def test_a_post_is_given_for_the_chambers_term():
    body = founded_body()
    RegisterRules.objects.create(region_id="11", mandate_months=48)
    given_ = give_post(
        body=body, registrant=member(body), post="treasurer", starts_on=START, by=body.created_by
    )
    assert (given_.starts_on, given_.ends_on) == (START, date(2031, 1, 1))
    assert AuditEvent.objects.about(body).first().after["post"] == "treasurer"


def test_a_taken_post_and_a_taken_person_are_told_apart():
    body = founded_body()
    president = body.mandates.get(post="president").registrant
    with pytest.raises(ActionRefused, match="Somebody holds this post"):
        give_post(body=body, registrant=member(body), post="president", starts_on=START, by=body.created_by)
    with pytest.raises(ActionRefused, match="This person holds a post"):
        give_post(body=body, registrant=president, post="treasurer", starts_on=START, by=body.created_by)


def test_a_bureau_is_not_larger_than_its_chamber_says():
    body = founded_body()
    RegisterRules.objects.create(region_id="11", bureau_size=2)
    with pytest.raises(ActionRefused, match="bureau is full"):
        give_post(body=body, registrant=member(body), post="treasurer", starts_on=START, by=body.created_by)


def test_posts_are_for_members_on_the_register():
    body = founded_body()
    with pytest.raises(ActionRefused, match="Only a member"):
        give_post(
            body=body, registrant=RegistrantFactory(), post="treasurer", starts_on=START, by=body.created_by
        )
    person = member(body)
    person.state = "suspended"
    person.save()
    with pytest.raises(ActionRefused, match="not on the register"):
        give_post(body=body, registrant=person, post="treasurer", starts_on=START, by=body.created_by)
    with pytest.raises(ActionRefused, match="after the body was founded"):
        give_post(
            body=body, registrant=person, post="treasurer", starts_on=date(2020, 1, 1), by=body.created_by
        )


def test_ended_early_the_post_is_free_from_that_day_on():
    body = founded_body()
    today = timezone.localdate()
    president = body.mandates.get(post="president")
    ends = today + timedelta(days=10)
    end_mandate(mandate=president, ends_on=ends, ground=ground(), reason="استقالة مكتوبة", by=body.created_by)
    president.refresh_from_db()
    assert (president.ends_on, president.end_ground.code) == (ends, "resignation")
    row = AuditEvent.objects.about(body).first()
    assert (row.action, row.reason) == ("registry.body.mandate_ended", "استقالة مكتوبة")
    successor = member(body)
    with pytest.raises(ActionRefused, match="Somebody holds"):
        give_post(
            body=body,
            registrant=successor,
            post="president",
            starts_on=ends - timedelta(days=1),
            by=body.created_by,
        )
    give_post(body=body, registrant=successor, post="president", starts_on=ends, by=body.created_by)
    with pytest.raises(ActionRefused, match="ended already"):
        end_mandate(mandate=president, ends_on=today, ground=ground(), reason="ثانية", by=body.created_by)


def test_ending_needs_a_ground_of_the_list_a_reason_and_a_day_within():
    body = founded_body()
    president = body.mandates.get(post="president")
    day = president.starts_on + timedelta(days=1)
    other = Ground.objects.filter(procedure="suspension").first()
    for values, words in (
        ({"ground": None}, "ground"),
        ({"ground": other}, "ground"),
        ({"reason": " "}, "reason"),
        ({"ends_on": president.starts_on}, "outside the mandate"),
    ):
        arguments = {"ends_on": day, "ground": ground(), "reason": "سبب", "by": body.created_by} | values
        with pytest.raises(ActionRefused, match=words):
            end_mandate(mandate=president, **arguments)


def test_the_renewal_is_due_before_the_first_mandate_ends():
    RegisterRules.objects.create(region_id="11", mandate_months=36)
    body = founded_body()
    assert not CraftBody.objects.renewal_due().exists()
    near = body.renewal_on - timedelta(days=30)
    assert list(CraftBody.objects.renewal_due(near)) == [body]
