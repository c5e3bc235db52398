"""Registrants are told once, the way they chose, and find everything on their page."""

from functools import partial

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.models import AuditEvent
from core.roles import Role
from core.sms import MemorySms, SmsNotSent
from registry.actions import choose_channel, notifications, notify
from registry.enums import MessageChannel, MessageState
from registry.held_data import held_about
from registry.models import ContactPreference, Notification
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


def artisan(**fields):
    return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), **fields)


def told(person, key="event:1", **more):
    return notify(registrant=person, key=key, words=lambda: "كلمات", **more)


def test_the_same_event_tells_once_and_two_events_twice():
    person = artisan()
    first, again, other = told(person), told(person), told(person, "event:2")
    assert first == again
    for one in (first, again, first, other):
        notifications.send(one.pk)
    assert [message.phone for message in MemorySms.outbox] == [person.phone] * 2


def test_the_database_holds_that_an_event_tells_once():
    one = told(artisan())
    with pytest.raises(IntegrityError, match="notification_once"), transaction.atomic():
        Notification.objects.create(registrant=one.registrant, key=one.key, text_ar="a", text_fr="a")


def test_the_database_holds_that_what_was_sent_is_dated():
    one = told(artisan())
    with pytest.raises(IntegrityError, match="notification_sent_dated"), transaction.atomic():
        Notification.objects.filter(pk=one.pk).update(state=MessageState.SENT)


@pytest.mark.parametrize(
    ("chosen", "fields", "channel"),
    [
        (None, {}, MessageChannel.SMS),
        (None, {"phone": "", "email": "a@example.com"}, MessageChannel.EMAIL),
        (None, {"phone": "", "email": ""}, MessageChannel.PAGE),
        (MessageChannel.EMAIL, {"email": "a@example.com"}, MessageChannel.EMAIL),
        (MessageChannel.EMAIL, {"email": ""}, MessageChannel.SMS),
        (MessageChannel.PAGE, {}, MessageChannel.PAGE),
    ],
)
def test_it_goes_the_way_that_was_chosen_and_leads_somewhere(chosen, fields, channel):
    person = artisan(**fields)
    if chosen:
        choose_channel(registrant=person, channel=chosen, by=person.user)
    one = told(person)
    notifications.send(one.pk)
    one.refresh_from_db()
    sent = channel != MessageChannel.PAGE
    assert (one.channel, one.state) == (channel, MessageState.SENT if sent else MessageState.KEPT)
    assert (len(MemorySms.outbox), len(mail.outbox)) == (
        int(channel == MessageChannel.SMS),
        int(channel == MessageChannel.EMAIL),
    )


def test_a_worker_killed_while_sending_is_followed_by_nobody():
    one = told(artisan())
    Notification.objects.update(state=MessageState.SENDING)
    notifications.send(one.pk)
    assert MemorySms.outbox == []


def test_a_message_that_the_gateway_refuses_stands_on_the_page(monkeypatch, sign_in):
    person = artisan()
    one = told(person)

    def refuse(_sender, _phone, _text):
        raise SmsNotSent("full")

    monkeypatch.setattr(MemorySms, "send", refuse)
    notifications.send(one.pk)
    assert "كلمات" in sign_in(user=person.user).get("/register/me/messages/").content.decode()
    one.refresh_from_db()
    assert one.state == MessageState.FAILED


def test_it_is_enqueued_on_commit_and_again_after_a_lost_queue(
    monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr("core.background.wake", lambda task, pk: woken.append((task, pk)))
    monkeypatch.setattr("core.background.queued", lambda task: set())
    with django_capture_on_commit_callbacks(execute=True):
        one = told(artisan())
        assert woken == []
    assert notifications.resume() == 1
    assert woken == [("registry.tasks.send_notification", one.pk)] * 2


def test_opening_the_page_is_reading(sign_in):
    person = artisan()
    told(person, path="/register/me/file/")
    client = sign_in(user=person.user)
    assert [one.is_new for one in client.get("/register/me/messages/").context["told"]] == [True]
    assert [one.is_new for one in client.get("/register/me/messages/").context["told"]] == [False]


def test_nobody_reads_anothers_messages(sign_in):
    told(artisan())
    assert sign_in(user=artisan().user).get("/register/me/messages/").context["told"] == []


def test_the_choice_is_kept_audited_once_and_only_of_ways_that_exist(sign_in):
    person = artisan(email="")
    client = sign_in(user=person.user)
    choose = partial(client.post, "/register/me/messages/channel/")
    assert choose({"channel": "email"}).status_code == 422
    for _click in range(2):
        assert choose({"channel": "page"}).status_code == 302
    assert ContactPreference.objects.get().channel == MessageChannel.PAGE
    assert AuditEvent.objects.filter(action="registry.channel.chosen").count() == 1


def test_whoever_asks_for_their_data_reads_what_they_were_told():
    person = artisan()
    told(person)
    choose_channel(registrant=person, channel=MessageChannel.PAGE, by=person.user)
    section = next(one for one in held_about(person) if one.code == "messages")
    assert len(section.entries) == 2
    assert "كلمات" in str(section.entries)
