"""What the database refuses of the day of a meeting and of what follows, by the name of the constraint."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.roles import Role
from events.models import CheckIn
from tests.factories.core import UserFactory
from tests.factories.events import CheckInFactory, InvitationFactory, MeetingFactory, door_of
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def by():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


def stand(meeting, by, **more):
    return meeting.lists.create(**{"kind": "stand", "name_ar": "رواق"} | more)


def follow_up(meeting, by, **more):
    fields = {"text": "إحداث شباك", "owner_name": "المدير", "due_on": date(2027, 1, 1), "created_by": by}
    return meeting.follow_ups.create(**fields | more)


def question(meeting, by, **more):
    return meeting.questions.create(**{"text": "متى؟", "noted_by": by} | more)


def release(meeting, by, **more):
    fields = {"language": "ar", "title": "ع", "body": "ن", "saved_by": by}
    return meeting.press_releases.create(**fields | more)


def picture(meeting, by, **more):
    fields = {"position": 1, "file": "x.jpg", "caption_ar": "القاعة", "added_by": by}
    return meeting.photographs.create(**fields | more)


def entry(meeting, by, **more):
    fields = {"position": 1, "registrant": RegistrantFactory(), "added_by": by}
    return meeting.ceremony.create(**fields | more)


def minutes_version(meeting, by, **more):
    minutes, _made = meeting._meta.get_field("minutes").related_model.objects.get_or_create(meeting=meeting)
    fields = {"minutes": minutes, "number": 2, "changes": [{"section": "closing"}], "saved_by": by}
    return minutes.versions.create(**fields | more)


REFUSED = [
    ("list_single_kind_once", lambda m, by: m.lists.create(kind="door")),
    ("list_name_once", lambda m, by: [stand(m, by), stand(m, by)]),
    ("list_stand_named", lambda m, by: stand(m, by, name_ar="")),
    ("list_door_rules", lambda m, by: m.lists.filter(kind="door").update(after_door=True)),
    ("walk_in_has_name", lambda m, by: m.walk_ins.create(name="", created_by=by)),
    ("check_in_is_somebodys", lambda m, by: CheckInFactory(meeting=m, registrant=None)),
    (
        "check_in_delegate_of_somebody_known",
        lambda m, by: CheckInFactory(
            meeting=m,
            registrant=None,
            walk_in=m.walk_ins.create(name="سعيد", created_by=by),
            delegate_name="كريم",
        ),
    ),
    ("question_has_text", lambda m, by: question(m, by, text="")),
    ("question_answered_has_answer", lambda m, by: question(m, by, state="answered")),
    ("follow_up_has_owner", lambda m, by: follow_up(m, by, owner_name="")),
    ("follow_up_of_question", lambda m, by: follow_up(m, by, kind="question")),
    ("follow_up_done_has_outcome", lambda m, by: follow_up(m, by, done_on=date(2027, 1, 1))),
    ("minutes_version_once", lambda m, by: [minutes_version(m, by), minutes_version(m, by)]),
    ("minutes_version_says_what", lambda m, by: minutes_version(m, by, changes=[])),
    (
        "minutes_annex_whole",
        lambda m, by: minutes_version(m, by).minutes.annexes.create(title="", file="x.jpg", added_by=by),
    ),
    ("press_release_once", lambda m, by: [release(m, by), release(m, by)]),
    ("press_release_has_text", lambda m, by: release(m, by, body="")),
    ("press_release_published_is_dated", lambda m, by: release(m, by, state="published")),
    ("photograph_public_with_consent", lambda m, by: picture(m, by, is_public=True)),
    ("photograph_consent_says_how", lambda m, by: picture(m, by, consent="given")),
    ("photograph_has_caption", lambda m, by: picture(m, by, caption_ar="")),
    ("photograph_position_once", lambda m, by: [picture(m, by), picture(m, by)]),
    ("ceremony_position_once", lambda m, by: [entry(m, by), entry(m, by)]),
]


@pytest.mark.parametrize(("name", "break_it"), REFUSED, ids=[name for name, _break_it in REFUSED])
def test_refused(meeting, by, name, break_it):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        break_it(meeting, by)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_minutes_are_approved_whole_or_not_at_all(meeting, by):
    minutes = minutes_version(meeting, by).minutes
    with pytest.raises(IntegrityError, match='"minutes_approved_are_frozen"'):
        type(minutes).objects.filter(pk=minutes.pk).update(state="approved", approved_at=timezone.now())


def test_nobody_is_called_to_the_stage_twice(meeting, by):
    first = entry(meeting, by)
    with pytest.raises(IntegrityError, match='"ceremony_once"'):
        entry(meeting, by, registrant=first.registrant, position=2)


@pytest.mark.parametrize("who", ["invitation", "walk_in"])
def test_somebody_stands_once_at_a_list_that_counts_once(meeting, by, who):
    somebody = (
        InvitationFactory(meeting=meeting)
        if who == "invitation"
        else meeting.walk_ins.create(name="خديجة", created_by=by)
    )
    known = {"meeting": meeting, "list": door_of(meeting), "registrant": None, who: somebody}
    CheckInFactory(**known)
    with pytest.raises(IntegrityError, match=f'"check_in_{who}_once"'), transaction.atomic():
        CheckInFactory(**known)
    CheckInFactory(**known, counts_once=False)
    assert CheckIn.objects.count() == 2
