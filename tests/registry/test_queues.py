"""Work shared out: whose turn, how long it may take, and what colleagues tell each other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from core.roles import Role
from registry import actions
from registry.enums import ApplicationState
from registry.models import Application, ApplicationComment, RegisterRules
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory
from tests.registry.test_actions import in_threads

pytestmark = pytest.mark.django_db
QUEUE = "/register/applications/"


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_the_next_one_is_the_oldest_that_nobody_has_and_that_one_may_decide(director):
    by = director.user
    own = ApplicationFactory(submitted_at=days_ago(9), entered_by=by)
    ApplicationFactory(submitted_at=days_ago(8), assigned_to=UserFactory(), assigned_at=timezone.now())
    changed = ApplicationFactory(submitted_at=days_ago(7))
    AuditEvent.objects.create(
        action="registry.application.changed",
        actor_id=str(by.pk),
        subject_type="registry.registrant",
        subject_id=str(changed.registrant_id),
    )
    elsewhere = RegistrantFactory(candidate=True, commune="12.066.03.07")
    ApplicationFactory(registrant=elsewhere, submitted_at=days_ago(6))
    mine = ApplicationFactory(submitted_at=days_ago(5))
    ApplicationFactory(submitted_at=days_ago(1))
    assert actions.take_next(by=by) == mine
    mine.refresh_from_db()
    assert mine.assigned_to == by
    event = AuditEvent.objects.about(mine.registrant).get(action="registry.application.assigned")
    assert event.after["assigned_to"] == str(by)
    Chamber.objects.filter(region_id="11").update(separate_maker_and_checker=False)
    assert actions.take_next(by=by) == own


def test_the_button_leads_to_the_application_or_says_that_none_is_left(director):
    application = ApplicationFactory()
    assert director.post(f"{QUEUE}next/").url == f"{QUEUE}{application.pk}/decision/"
    assert director.post(f"{QUEUE}next/").url == QUEUE


@pytest.mark.django_db(transaction=True)
def test_eight_who_press_at_once_get_eight_different_ones():
    applications = {ApplicationFactory().pk for _ in range(8)}
    people = [UserFactory(roles=[Role.REGIONAL_DIRECTOR]) for _ in range(8)]
    taken = in_threads(8, lambda index: actions.take_next(by=people[index]))
    assert {application.pk for application in taken} == applications


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_press_for_three_three_get_one():
    for _ in range(3):
        ApplicationFactory()
    people = [UserFactory(roles=[Role.REGIONAL_DIRECTOR]) for _ in range(8)]
    taken = in_threads(8, lambda index: actions.take_next(by=people[index]))
    assert len({application.pk for application in taken if application}) == 3
    assert Application.objects.unassigned().count() == 0


def test_an_application_is_given_to_a_colleague_and_back(director):
    application, colleague = ApplicationFactory(), UserFactory()
    for nobody in ("²", "9" * 5000, f"{colleague.pk:09d}1"):
        director.post(f"{QUEUE}{application.pk}/assign/", {"colleague": nobody})
        application.refresh_from_db()
        assert application.assigned_to is None
    director.post(f"{QUEUE}{application.pk}/assign/", {"colleague": colleague.pk})
    application.refresh_from_db()
    assert application.assigned_to == colleague
    director.post(f"{QUEUE}{application.pk}/assign/", {"colleague": ""})
    application.refresh_from_db()
    assert (application.assigned_to, application.assigned_at) == (None, None)


@pytest.mark.parametrize("who", ["maker", "stranger", "officer"])
def test_it_is_not_given_to_somebody_who_may_not_decide(director, who, in_english):
    application = ApplicationFactory()
    to = {
        "maker": application.entered_by,
        "stranger": UserFactory(region="12"),
        "officer": UserFactory(roles=[Role.CARD_OFFICER]),
    }[who]
    with pytest.raises(ActionRefused):
        actions.assign_application(application=application, to=to, by=director.user)
    director.post(f"{QUEUE}{application.pk}/assign/", {"colleague": to.pk})
    application.refresh_from_db()
    assert application.assigned_to is None


def test_a_decided_application_is_in_nobodys_hands_to_give(director):
    application = ApplicationFactory()
    actions.approve_application(application=application, by=director.user)
    with pytest.raises(ActionRefused):
        actions.assign_application(application=application, to=director.user, by=director.user)
    with pytest.raises(ActionRefused):
        actions.give_back(application=application, by=director.user)


def test_what_is_over_its_time_stands_out_by_the_chambers_own_rules(director):
    late, fresh = ApplicationFactory(submitted_at=days_ago(31)), ApplicationFactory(submitted_at=days_ago(29))
    assert list(Application.objects.overdue()) == [late]
    assert director.get(QUEUE).context["overdue"] == 1
    RegisterRules.objects.create(region_id="11", days_to_decide=10)
    assert set(Application.objects.overdue()) == {late, fresh}


def test_a_correction_is_due_from_the_day_it_was_sent_back():
    sent_back = ApplicationFactory(
        state=ApplicationState.TO_CORRECT, submitted_at=days_ago(90), returned_at=days_ago(2)
    )
    assert not Application.objects.overdue().exists()
    Application.objects.filter(pk=sent_back.pk).update(returned_at=days_ago(31))
    assert Application.objects.overdue().get() == sent_back


def test_the_queue_shows_mine_or_nobodys(director):
    mine = ApplicationFactory(assigned_to=director.user, assigned_at=timezone.now())
    free = ApplicationFactory()
    assert list(director.get(f"{QUEUE}?hands=mine").context["page"]) == [mine]
    assert list(director.get(f"{QUEUE}?hands=unassigned").context["page"]) == [free]
    assert len(director.get(f"{QUEUE}?hands=nonsense").context["page"]) == 2


@pytest.mark.parametrize("address", ["", "?state=to_correct", "?state=draft", "?hands=mine"])
def test_a_queue_asks_as_often_for_three_as_for_one(director, address):
    def rows(count):
        for _ in range(count):
            for state in (ApplicationState.SUBMITTED, ApplicationState.TO_CORRECT, ApplicationState.DRAFT):
                ApplicationFactory(state=state, assigned_to=director.user, assigned_at=timezone.now())

    rows(1)
    director.get(QUEUE + address)
    with CaptureQueriesContext(connection) as one:
        director.get(QUEUE + address)
    rows(2)
    with CaptureQueriesContext(connection) as three:
        director.get(QUEUE + address)
    assert len(three) == len(one) <= 25


def test_a_comment_is_kept_as_written_seen_by_colleagues_and_not_by_the_artisan(director, sign_in):
    application = ApplicationFactory()
    director.post(f"{QUEUE}{application.pk}/comments/", {"text": " ينقصه التوقيع "})
    comment = ApplicationComment.objects.get()
    assert (comment.text, comment.author) == ("ينقصه التوقيع", director.user)
    event = AuditEvent.objects.about(application.registrant).get(action="registry.application.commented")
    assert "التوقيع" not in str(event.after)
    assert "ينقصه التوقيع" in director.get(f"{QUEUE}{application.pk}/decision/").content.decode()
    actions.approve_application(application=application, by=director.user)
    artisan = sign_in(user=actions.account_for(application.registrant))
    assert "ينقصه التوقيع" not in artisan.get("/register/me/").content.decode()
    with pytest.raises(IntegrityError, match="a comment stays"), transaction.atomic():
        ApplicationComment.objects.update(text="غير ذلك")


def test_an_empty_comment_is_refused(director):
    with pytest.raises(ActionRefused):
        actions.add_comment(application=ApplicationFactory(), text=" \u200f ", by=director.user)
    with pytest.raises(IntegrityError, match="comment_has_text"), transaction.atomic():
        ApplicationComment.objects.create(application=ApplicationFactory(), author=director.user, text="")


def test_an_assignment_is_dated():
    application = ApplicationFactory()
    with pytest.raises(IntegrityError, match="application_assignment_is_dated"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(assigned_to=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_an_application_given_away_and_decided_at_once_stays_whole():
    application = ApplicationFactory(registrant=RegistrantFactory(candidate=True))
    director, colleague = UserFactory(roles=[Role.REGIONAL_DIRECTOR]), UserFactory()
    done = in_threads(
        2,
        lambda index: (
            actions.approve_application(application=application, by=director)
            if index
            else actions.assign_application(application=application, to=colleague, by=director)
        ),
    )
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    assert not isinstance(done[1], ActionRefused)
