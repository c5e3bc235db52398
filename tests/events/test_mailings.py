"""Writing to those invited: each once, whatever workers do; who is not reached is listed."""

from io import BytesIO
from threading import Barrier, Thread

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core import background
from core.exceptions import ActionRefused
from core.roles import Role
from core.sms import MemorySms, SmsNotSent
from events import sending
from events.actions import (
    answer_invitation,
    cancel_letters,
    cancel_mailing,
    move_meeting,
    start_letters,
    start_mailing,
    try_again,
    withdraw_invitation,
)
from events.enums import Answer, Channel, DeliveryState, MailingState, MeetingState, Occasion
from events.letters import MAKE, make_letters
from events.models import Delivery, Invitation, Mailing
from events.sending import send_mailing
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox():
    MemorySms.outbox.clear()
    return MemorySms.outbox


@pytest.fixture
def meeting():
    return MeetingFactory(state=MeetingState.ANNOUNCED)


@pytest.fixture
def by():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


def invited(meeting, *, phone="", email="") -> Invitation:
    return InvitationFactory(meeting=meeting, guest__phone=phone, guest__email=email)


def send(meeting, by, occasion=Occasion.INVITATION, first=Channel.SMS) -> Mailing:
    mailing = start_mailing(meeting=meeting, occasion=occasion, first_channel=first, by=by)
    send_mailing(mailing.pk)
    mailing.refresh_from_db()
    return mailing


def test_each_is_written_to_one_way_and_told_where_to_answer(meeting, by, outbox):
    by_phone = invited(meeting, phone="+212661234567", email="a@example.org")
    by_email = invited(meeting, email="b@example.org")
    unreachable = invited(meeting)
    artisan = InvitationFactory(meeting=meeting, guest=None, registrant=RegistrantFactory())
    mailing = send(meeting, by)
    assert {message.phone for message in outbox} == {"+212661234567", artisan.registrant.phone}
    assert all(meeting.title_ar in message.text for message in outbox)
    assert by_phone.token in next(one.text for one in outbox if one.phone == "+212661234567").upper()
    [letter] = mail.outbox
    assert letter.to == ["b@example.org"]
    assert meeting.title_ar in letter.body and meeting.title_fr in letter.body
    assert by_email.token in letter.body.upper()
    assert mailing.state == MailingState.DONE
    [failed] = mailing.deliveries.not_arrived()
    assert (failed.invitation, failed.state) == (unreachable, DeliveryState.UNREACHABLE)


def test_a_second_run_reaches_only_whoever_was_added_since(meeting, by, outbox):
    invited(meeting, phone="+212661234567")
    send(meeting, by)
    with pytest.raises(ActionRefused):
        send(meeting, by)
    invited(meeting, phone="+212661234568")
    send(meeting, by)
    assert [message.phone for message in outbox] == ["+212661234567", "+212661234568"]


def test_the_database_keeps_anybody_from_being_written_to_twice(meeting, by):
    invitation = invited(meeting, phone="+212661234567")
    mailing = send(meeting, by)
    with pytest.raises(IntegrityError, match="delivery_once_a_person"), transaction.atomic():
        Delivery.objects.create(mailing=mailing, invitation=invitation, occasion=Occasion.INVITATION)


def test_one_run_at_a_time(meeting, by):
    invited(meeting, phone="+212661234567")
    start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    invited(meeting, phone="+212661234568")
    with pytest.raises(ActionRefused):
        start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    with pytest.raises(IntegrityError, match="mailing_one_at_a_time"), transaction.atomic():
        Mailing.objects.create(meeting=meeting, occasion="invitation", number=9, created_by=by)


def test_a_reminder_goes_to_those_who_did_not_answer_once_a_day(meeting, by, outbox):
    silent, answered = invited(meeting, phone="+212661234567"), invited(meeting, phone="+212661234568")
    send(meeting, by)
    answer_invitation(invitation=answered, answer=Answer.NOT_COMING)
    outbox.clear()
    send(meeting, by, Occasion.REMINDER)
    assert [message.phone for message in outbox] == [silent.guest.phone]
    with pytest.raises(ActionRefused):
        send(meeting, by, Occasion.REMINDER)


def test_whoever_was_told_of_a_meeting_is_told_that_it_is_off(meeting, by, outbox):
    told = invited(meeting, phone="+212661234567")
    send(meeting, by)
    invited(meeting, phone="+212661234568")
    outbox.clear()
    move_meeting(meeting=meeting, name="cancel", by=by, ground="weather", note="الطريق مقطوعة")
    send(meeting, by, Occasion.NOTICE)
    [message] = outbox
    assert message.phone == told.guest.phone
    assert "الطريق مقطوعة" in message.text
    with pytest.raises(ActionRefused):
        send(meeting, by, Occasion.NOTICE)


def test_what_the_gateway_refuses_is_listed_and_tried_again(meeting, by, outbox, monkeypatch, caplog):
    invited(meeting, phone="+212661234567")

    def refuse(self, phone, text):
        raise SmsNotSent

    with monkeypatch.context() as gateway:
        gateway.setattr(MemorySms, "send", refuse)
        mailing = send(meeting, by)
    assert [row.state for row in mailing.deliveries.not_arrived()] == [DeliveryState.FAILED]
    assert "661234567" not in caplog.text
    assert try_again(mailing=mailing, by=by) == 1
    send_mailing(mailing.pk)
    assert [message.phone for message in outbox] == ["+212661234567"]
    with pytest.raises(ActionRefused):
        try_again(mailing=mailing, by=by)


def test_who_is_withdrawn_while_a_run_is_under_way_is_not_written_to(meeting, by, outbox):
    answered, silent = invited(meeting, phone="+212661234567"), invited(meeting, phone="+212661234568")
    stays = invited(meeting, phone="+212661234569")
    answer_invitation(invitation=answered, answer=Answer.COMING)
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    for gone in (answered, silent):
        withdraw_invitation(invitation=gone, by=by)
    # Nobody was told: who did not answer either leaves no trace.
    assert set(meeting.invitations.all()) == {answered, stays}
    assert [row.invitation for row in mailing.deliveries.all()] == [stays]
    send_mailing(mailing.pk)
    assert [message.phone for message in outbox] == ["+212661234569"]


def test_who_is_withdrawn_with_their_message_in_a_workers_hands_is_not_written_to(meeting, by, outbox):
    gone = invited(meeting, phone="+212661234567")
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    claimed = sending._claim(mailing.pk)
    withdraw_invitation(invitation=gone, by=by)
    sending._send(claimed)
    assert (outbox, mailing.deliveries.count()) == ([], 0)
    send_mailing(mailing.pk)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE


def test_a_meeting_that_is_off_ends_its_run_and_is_told_of_by_notice_alone(meeting, by, outbox):
    told, _unsent = invited(meeting, phone="+212661234567"), invited(meeting, phone="+212661234568")
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    sending._send(sending._claim(mailing.pk))
    move_meeting(meeting=meeting, name="cancel", by=by, ground="weather", note="الطريق مقطوعة")
    send_mailing(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, len(outbox)) == (MailingState.DONE, 1)
    send(meeting, by, Occasion.NOTICE)
    assert [message.phone for message in outbox] == [told.guest.phone, told.guest.phone]
    assert "الطريق مقطوعة" in outbox[-1].text


def test_what_failed_is_not_tried_again_for_who_is_withdrawn_or_a_meeting_that_is_off(meeting, by, outbox):
    gone, stays = invited(meeting), invited(meeting)
    mailing = send(meeting, by)
    withdraw_invitation(invitation=gone, by=by)
    assert try_again(mailing=mailing, by=by) == 1
    send_mailing(mailing.pk)
    move_meeting(meeting=meeting, name="cancel", by=by, ground="weather", note="الطريق مقطوعة")
    with pytest.raises(ActionRefused):
        try_again(mailing=mailing, by=by)
    assert [row.invitation for row in mailing.deliveries.not_arrived()] == [gone, stays]


def test_a_notice_that_failed_is_tried_again(meeting, by, outbox, monkeypatch):
    told = invited(meeting, phone="+212661234567")
    send(meeting, by)
    move_meeting(meeting=meeting, name="cancel", by=by, ground="weather", note="الطريق مقطوعة")

    def refuse(self, phone, text):
        raise SmsNotSent

    with monkeypatch.context() as gateway:
        gateway.setattr(MemorySms, "send", refuse)
        notice = send(meeting, by, Occasion.NOTICE)
    assert try_again(mailing=notice, by=by) == 1
    send_mailing(notice.pk)
    assert [message.phone for message in outbox] == [told.guest.phone] * 2


def test_a_worker_that_dies_with_a_message_in_its_hands_doubles_nothing(meeting, by, outbox, monkeypatch):
    first, second = invited(meeting, phone="+212661234567"), invited(meeting, phone="+212661234568")
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)

    def die(delivery):
        raise SystemExit

    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(sending, "_send", die)
        send_mailing(mailing.pk)
    assert Delivery.objects.get(invitation=first).state == DeliveryState.CLAIMED
    send_mailing(mailing.pk)
    assert [message.phone for message in outbox] == [second.guest.phone]
    assert Delivery.objects.get(invitation=first).state == DeliveryState.UNCLEAR
    mailing.refresh_from_db()
    assert (mailing.state, len(outbox)) == (MailingState.DONE, 1)
    # Whether it went out is not known: nobody sends it again by mistake.
    with pytest.raises(ActionRefused):
        try_again(mailing=mailing, by=by)


def test_a_stopped_run_sends_nothing_more_and_leaves_the_rest_free(meeting, by, outbox):
    invited(meeting, phone="+212661234567")
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    cancel_mailing(mailing=mailing, by=by)
    send_mailing(mailing.pk)
    assert outbox == []
    assert send(meeting, by).state == MailingState.DONE
    assert len(outbox) == 1


def test_a_run_that_nobody_is_at_is_taken_up_by_whoever_watches_it(meeting, by, sign_in, monkeypatch):
    invited(meeting, phone="+212661234567")
    mailing = start_mailing(meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=by)
    letters = start_letters(meeting=meeting, language="ar", group=None, by=by)
    woken = []
    monkeypatch.setattr(background, "wake", lambda task, key: woken.append((task, key)))
    monkeypatch.setattr(background, "is_queued", lambda task, key: False)
    director = sign_in(Role.REGIONAL_DIRECTOR)
    for _look in range(2):
        director.get(reverse("events:mailing", args=[mailing.pk]))
        director.get(reverse("events:letters", args=[letters.pk]))
    assert woken == [(sending.SEND, mailing.pk), (MAKE, letters.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_run_at_which_a_worker_is_wakes_nobody():
    meeting = MeetingFactory(state=MeetingState.ANNOUNCED)
    invited(meeting, phone="+212661234567")
    mailing = start_mailing(
        meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=UserFactory()
    )
    found = []

    def look():
        found.append(sending.resume(mailing.pk))
        connection.close()

    with background.at_work(sending._LOCK, mailing.pk, shared=True):
        other = Thread(target=look)
        other.start()
        other.join()
    assert found == [0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_run_write_once(outbox):
    meeting = MeetingFactory(state=MeetingState.ANNOUNCED)
    for number in range(6):
        invited(meeting, phone=f"+21266123456{number}")
    mailing = start_mailing(
        meeting=meeting, occasion=Occasion.INVITATION, first_channel=Channel.SMS, by=UserFactory()
    )
    barrier = Barrier(2)

    def work():
        try:
            barrier.wait()
            send_mailing(mailing.pk)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(message.phone for message in outbox) == [f"+21266123456{number}" for number in range(6)]
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE


def test_the_letters_are_one_file_in_order_of_protocol_with_each_ones_code(meeting, by, settings):
    settings.PORTAL_URL = "https://portal.example"
    second, first = invited(meeting), invited(meeting)
    Invitation.objects.filter(pk=first.pk).update(position=1)
    Invitation.objects.filter(pk=second.pk).update(position=2)
    made = start_letters(meeting=meeting, language="ar", group=None, by=by)
    make_letters(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.total) == (MailingState.DONE, 2, 2)
    with made.file.open() as stored:
        content = stored.read()
    with pikepdf.open(BytesIO(content)) as printed:
        assert len(printed.pages) == 2
    pages = [page.render(scale=3).to_pil().convert("L") for page in pypdfium2.PdfDocument(content)]
    codes = [zxingcpp.read_barcodes(page)[0].text for page in pages]
    assert codes == [f"HTTPS://PORTAL.EXAMPLE/I/{one.token}" for one in (first, second)]


def test_letters_that_were_stopped_are_no_file(meeting, by):
    invited(meeting)
    made = start_letters(meeting=meeting, language="fr", group=None, by=by)
    cancel_letters(letters=made, by=by)
    make_letters(made.pk)
    made.refresh_from_db()
    assert (made.state, bool(made.file)) == (MailingState.CANCELLED, False)


def test_the_page_tells_how_far_it_is(meeting, by, sign_in):
    invited(meeting)
    mailing = send(meeting, by)
    client = sign_in(Role.REGIONAL_DIRECTOR)
    response = client.get(reverse("events:mailing", args=[mailing.pk]))
    assert (response.context["done"], response.context["total"], response.context["finished"]) == (1, 1, True)
