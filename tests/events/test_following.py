"""What the register decides reaches meetings: entries merged into one, people whose data is erased."""

import pytest
from django.core.files.base import ContentFile

from core.roles import Role
from events.enums import Answer, MeetingState
from events.following import follow_merge
from events.models import CeremonyEntry, CheckIn, Guest, Invitation, LetterFile
from registry.enums import RegistrantState
from registry.models import Registrant
from registry.signals import registrant_erased, registrants_merged
from tests.factories.core import UserFactory
from tests.factories.events import CheckInFactory, GuestFactory, InvitationFactory, MeetingFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return RegistrantFactory()


@pytest.fixture
def merged():
    return RegistrantFactory()


@pytest.fixture
def by():
    return UserFactory(roles=(Role.REGISTRAR,))


def invited(meeting, registrant, **fields) -> Invitation:
    return InvitationFactory(meeting=meeting, guest=None, registrant=registrant, **fields)


def test_meetings_listen_to_the_register():
    assert follow_merge in [receiver() for _key, receiver, *_rest in registrants_merged.receivers]


def test_what_lies_ahead_goes_to_the_entry_that_stays(kept, merged, by):
    ahead, over = MeetingFactory(), MeetingFactory(state=MeetingState.HELD)
    invitations = [invited(ahead, merged), invited(over, merged)]
    guest = GuestFactory(registrant=merged)
    entry = CeremonyEntry.objects.create(meeting=ahead, registrant=merged, position=1, added_by=by)
    follow_merge(kept=kept, merged=merged, by=by)
    assert [Invitation.objects.get(pk=one.pk).registrant for one in invitations] == [kept, merged]
    assert Guest.objects.get(pk=guest.pk).registrant == kept
    assert CeremonyEntry.objects.get(pk=entry.pk).registrant == kept


def test_of_two_invitations_to_one_meeting_one_stands_with_the_answer_given(kept, merged, by):
    meeting = MeetingFactory()
    first = invited(meeting, kept)
    second = invited(meeting, merged, answer=Answer.COMING, answered_at=meeting.starts_at)
    follow_merge(kept=kept, merged=merged, by=by)
    assert [one.pk for one in meeting.invitations.standing()] == [first.pk]
    first.refresh_from_db()
    assert (first.answer, first.answered_at) == (Answer.COMING, second.answered_at)


def test_called_to_the_stage_as_both_they_are_called_once(kept, merged, by):
    meeting = MeetingFactory()
    for position, person in enumerate((kept, merged), start=1):
        CeremonyEntry.objects.create(meeting=meeting, registrant=person, position=position, added_by=by)
    follow_merge(kept=kept, merged=merged, by=by)
    assert [one.registrant for one in meeting.ceremony.all()] == [kept]


def test_presence_under_the_old_entry_is_found_under_the_one_that_stays(kept, merged):
    present = CheckInFactory(registrant=merged)
    Registrant.objects.filter(pk=merged.pk).update(merged_into=kept, state=RegistrantState.STRUCK_OFF)
    assert list(CheckIn.objects.of(kept)) == [present]


def test_letters_with_the_name_go_with_the_persons_data(kept, by, django_capture_on_commit_callbacks):
    meeting, other = MeetingFactory(), MeetingFactory()
    invited(meeting, kept)
    letters = [
        LetterFile.objects.create(
            meeting=one,
            total=1,
            done=1,
            state="done",
            file=ContentFile(b"%PDF-1.7", name="l.pdf"),
            created_by=by,
        )
        for one in (meeting, other)
    ]
    storage = letters[0].file.storage
    with django_capture_on_commit_callbacks(execute=True):
        registrant_erased.send(sender=Registrant, registrant=kept)
    assert list(LetterFile.objects.all()) == [letters[1]]
    assert [storage.exists(one.file.name) for one in letters] == [False, True]


def test_the_delegate_somebody_named_goes_with_their_data(kept):
    meeting = MeetingFactory()
    named = {"answer": Answer.DELEGATE, "delegate_name": "أحمد", "delegate_title": "ابن"}
    invitation = invited(meeting, kept, answered_at=meeting.starts_at, **named)
    registrant_erased.send(sender=Registrant, registrant=kept)
    invitation.refresh_from_db()
    assert (invitation.delegate_name, invitation.delegate_title) == ("—", "")
