"""What the register decides reaches meetings: entries merged into one, people whose data is erased."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from core.models import AuditEvent
from core.roles import Role
from events.actions import answer_invitation, check_in
from events.enums import Answer, MeetingState, ScanMethod
from events.merging import follow_merge, undo_follow_merge
from events.models import CeremonyEntry, CheckIn, FollowedMerge, Guest, Invitation, LetterFile
from registry.actions import MergeOrder, merge_registrants, undo_merge
from registry.enums import RegistrantState
from registry.models import DuplicatePair, Registrant
from registry.signals import registrant_erased, registrants_merged, registrants_parted
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.events import CheckInFactory, GuestFactory, InvitationFactory, MeetingFactory, door_of
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


def parted(kept, merged, by):
    undo_follow_merge(kept=kept, merged=merged, by=by)


def test_meetings_listen_to_merges_undone():
    assert undo_follow_merge in [receiver() for _key, receiver, *_rest in registrants_parted.receivers]


def test_an_undone_merge_gives_back_what_it_took(kept, merged, by):
    meeting = MeetingFactory()
    invitation, own = invited(meeting, merged), invited(MeetingFactory(), kept)
    guest, other = GuestFactory(registrant=merged), GuestFactory(registrant=kept)
    entry = CeremonyEntry.objects.create(meeting=meeting, registrant=merged, position=1, added_by=by)
    follow_merge(kept=kept, merged=merged, by=by)
    parted(kept, merged, by)
    for one in (invitation, own, guest, other, entry):
        one.refresh_from_db()
    assert [one.registrant for one in (invitation, guest, entry)] == [merged] * 3
    assert [one.registrant for one in (own, other)] == [kept] * 2
    assert not FollowedMerge.objects.exists()
    # Undone once, there is nothing left to give back.
    parted(kept, merged, by)
    assert list(
        AuditEvent.objects.filter(action="events.register.parted").values_list("after", flat=True)
    ) == [{"guests": 1, "invitations": 1, "ceremony": 1}]


def test_both_are_invited_again_each_with_their_own_answer(kept, merged, by):
    meeting = MeetingFactory()
    first = invited(meeting, kept)
    named = {"answer": Answer.DELEGATE, "delegate_name": "أحمد"}
    second = invited(meeting, merged, answered_at=meeting.starts_at, **named)
    follow_merge(kept=kept, merged=merged, by=by)
    parted(kept, merged, by)
    for one in (first, second):
        one.refresh_from_db()
    assert (first.registrant, first.answer, first.delegate_name) == (kept, Answer.NONE, "")
    assert (second.registrant, second.answer, second.withdrawn_at) == (merged, Answer.DELEGATE, None)


def test_an_answer_given_since_the_merge_stays(kept, merged, by):
    meeting = MeetingFactory()
    first = invited(meeting, kept)
    invited(meeting, merged, answer=Answer.COMING, answered_at=meeting.starts_at)
    follow_merge(kept=kept, merged=merged, by=by)
    first.refresh_from_db()
    answer_invitation(invitation=first, answer=Answer.NOT_COMING)
    parted(kept, merged, by)
    first.refresh_from_db()
    assert first.answer == Answer.NOT_COMING


def test_whoever_was_taken_off_the_stage_is_called_again_in_their_place(kept, merged, by):
    meeting, artisan = MeetingFactory(), RegistrantFactory()
    for position, (person, role) in enumerate(
        ((kept, "member"), (merged, "president"), (artisan, "artisan")), start=1
    ):
        CeremonyEntry.objects.create(
            meeting=meeting, registrant=person, role=role, position=position, added_by=by
        )
    follow_merge(kept=kept, merged=merged, by=by)
    parted(kept, merged, by)
    assert [one.registrant for one in meeting.ceremony.all()] == [kept, merged, artisan]


class TestPresenceSinceTheMerge:
    """Both are invited to nothing else; the merged one's invitation was used while they were one entry."""

    @pytest.fixture
    def meeting(self):
        return MeetingFactory()

    @pytest.fixture
    def invitation(self, meeting, kept, merged, by):
        invitation = invited(meeting, merged)
        follow_merge(kept=kept, merged=merged, by=by)
        invitation.refresh_from_db()
        return invitation

    def scan(self, meeting, text, by):
        return check_in(
            at=door_of(meeting), text=text, method=ScanMethod.SCANNER, scan_id=uuid4(), by=by
        ).check_in

    def test_goes_with_the_invitation_that_was_shown(self, meeting, invitation, kept, merged, by):
        CardFactory(registrant=kept)
        present = self.scan(meeting, invitation.token, by)
        assert present.registrant == kept
        parted(kept, merged, by)
        present.refresh_from_db()
        assert (present.registrant, present.invitation, present.card) == (merged, invitation, None)
        assert list(CheckIn.objects.of(merged)) == [present]
        assert not CheckIn.objects.of(kept).exists()

    def test_stays_with_whose_card_was_read(self, meeting, invitation, kept, merged, by):
        card = CardFactory(registrant=kept)
        present = self.scan(meeting, card.serial, by)
        assert present.invitation == invitation
        parted(kept, merged, by)
        present.refresh_from_db()
        invitation.refresh_from_db()
        assert (present.registrant, present.invitation, present.card) == (kept, None, card)
        assert invitation.registrant == merged
        assert not CheckIn.objects.of(merged).exists()

    def test_recorded_before_it_stays_where_it_was(self, kept, merged, by):
        present = CheckInFactory(registrant=merged)
        follow_merge(kept=kept, merged=merged, by=by)
        parted(kept, merged, by)
        present.refresh_from_db()
        assert present.registrant == merged


def test_the_register_tells_when_it_undoes_a_merge(django_capture_on_commit_callbacks):
    pair, registrar = make_pair(), UserFactory()
    invitation = invited(MeetingFactory(), pair.second)
    fresh = DuplicatePair.objects.with_both().get(pk=pair.pk)
    order = MergeOrder(
        kept_id=fresh.first_id,
        taken=frozenset(),
        versions={person.pk: person.version for person in (fresh.first, fresh.second)},
        reason="شخص واحد",
        identity_checked=True,
    )
    with django_capture_on_commit_callbacks(execute=True):
        done = merge_registrants(pair=fresh, order=order, by=registrar)
    invitation.refresh_from_db()
    assert invitation.registrant == pair.first
    with django_capture_on_commit_callbacks(execute=True):
        undo_merge(merge=done, reason="خطأ", by=registrar)
    invitation.refresh_from_db()
    assert invitation.registrant == pair.second
