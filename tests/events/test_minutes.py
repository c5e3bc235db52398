"""Minutes fill themselves, are edited without losing anybody's words, and are frozen when approved."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.exceptions import ActionRefused
from core.roles import Role
from events.actions import (
    Delegate,
    MinutesConflict,
    approve_minutes,
    check_in,
    decide,
    excuse_guest,
    hand_over,
    note_question,
    receive_guest,
    save_minutes,
)
from events.enums import MeetingState, ScanMethod
from events.minutes import content_of, sections_of
from events.models import Minutes, MinutesAnnex, MinutesVersion
from tests.events.conftest import answered
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import AgendaItemFactory, InvitationFactory, MeetingFactory, card_desk_of
from tests.factories.registry import portrait_bytes
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(state=MeetingState.HELD, outcome_ar="الاتفاق على لقاء قادم")


@pytest.fixture
def director():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


@pytest.fixture
def other():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,))


def save(meeting, by, version=0, *, not_held=(), **sections):
    return save_minutes(meeting=meeting, sections=sections, not_held=not_held, version=version, by=by)


def text_of(meeting, slug):
    minutes = Minutes.objects.filter(meeting=meeting).first()
    return next(one.text for one in sections_of(meeting, minutes) if one.slug == slug)


def test_they_fill_themselves_from_what_happened(meeting, director):
    guests = [InvitationFactory(meeting=meeting, name_ar=name) for name in ("أحمد", "بشرى", "جمال", "دنيا")]
    receive_guest(invitation=guests[1], delegate=None, by=director)
    receive_guest(invitation=guests[0], delegate=Delegate("كريم", "رئيس مصلحة"), by=director)
    excuse_guest(invitation=guests[2], by=director)
    card, at = CardFactory(), card_desk_of(meeting)
    check_in(at=at, text=card.serial, method=ScanMethod.SCANNER, scan_id=uuid4(), by=director)
    hand_over(at=at, card=card, by=director)
    asked = {"text": "متى؟", "domain": None, "answerer": guests[1], "answerer_name": "", "answer": "غدا"}
    note_question(meeting=meeting, fields=asked, by=director)
    due = {"text": "إحداث شباك", "owner_name": "المدير", "owner": None, "due_on": date(2027, 1, 15)}
    decide(meeting=meeting, fields=due, by=director)
    content = content_of(meeting, None)
    assert [one["who"].split("،")[0] for one in content["present"]] == ["أحمد", "بشرى"]
    assert content["present"][0]["delegate"] == "كريم — رئيس مصلحة"
    assert [one["who"].split("،")[0] for one in content["excused"]] == ["جمال"]
    assert [one["who"].split("،")[0] for one in content["absent"]] == ["دنيا"]
    assert (content["numbers"]["present"], content["numbers"]["cards"]) == (3, 1)
    assert (content["questions"][0]["answer"], content["questions"][0]["who"][:4]) == ("غدا", "بشرى")
    assert content["decisions"] == [{"text": "إحداث شباك", "owner": "المدير", "due": "15 يناير 2027"}]
    assert meeting.venue_ar in text_of(meeting, "opening")
    assert "لقاء قادم" in text_of(meeting, "closing")


def test_what_nobody_wrote_goes_on_following_the_facts(meeting, director):
    save(meeting, director, opening="افتتح الرئيس اللقاء.")
    meeting.outcome_ar = "نتيجة أخرى"
    meeting.save()
    assert text_of(meeting, "opening") == "افتتح الرئيس اللقاء."
    assert "نتيجة أخرى" in text_of(meeting, "closing")


def test_each_saving_says_what_changed(meeting, director):
    before = text_of(meeting, "closing")
    minutes = save(meeting, director, closing="اختتم اللقاء.")
    version = MinutesVersion.objects.get()
    assert version.changes[0] | {"title": ""} == {
        "section": "closing",
        "title": "",
        "before": before,
        "after": "اختتم اللقاء.",
    }
    assert save(meeting, director, minutes.version, closing="اختتم اللقاء.").version == minutes.version
    assert MinutesVersion.objects.count() == 1


def test_an_item_that_was_not_held_says_so(meeting, director):
    item = AgendaItemFactory(meeting=meeting)
    minutes = save(meeting, director, not_held=[item.pk])
    held = {one["slug"]: one["held"] for one in content_of(meeting, minutes)["sections"]}
    assert held[f"item-{item.pk}"] is False
    save(meeting, director, minutes.version)
    assert Minutes.objects.get().not_held == []


class TestTwoWriters:
    def test_changes_of_different_passages_are_both_kept(self, meeting, director, other):
        opening, closing = text_of(meeting, "opening"), text_of(meeting, "closing")
        save(meeting, director, 1, opening="ألف", closing=closing)
        save(meeting, other, 1, opening=opening, closing="باء")
        assert (text_of(meeting, "opening"), text_of(meeting, "closing")) == ("ألف", "باء")

    def test_changes_of_one_passage_are_shown_to_the_second(self, meeting, director, other):
        save(meeting, director, 1, opening="ألف")
        with pytest.raises(MinutesConflict) as refused:
            save(meeting, other, 1, opening="باء", closing="جيم")
        conflict = refused.value.conflicts[0]
        assert (conflict.slug, conflict.theirs, conflict.ours) == ("opening", "ألف", "باء")
        assert text_of(meeting, "opening") == "ألف"
        assert text_of(meeting, "closing") != "جيم"

    def test_on_the_page_both_are_read_and_nothing_typed_is_lost(self, meeting, other, sign_in):
        client = sign_in(Role.REGIONAL_DIRECTOR)
        save(meeting, other, 1, opening="كلامهم")
        address = reverse("events:minutes", args=[meeting.pk])
        page = client.post(address, {"version": 1, "opening": "كلامنا"})
        html = page.content.decode()
        assert page.status_code == 409
        assert "كلامهم" in html
        assert "كلامنا" in html
        client.post(address, {"version": page.context["version"], "opening": "كلامنا"})
        assert text_of(meeting, "opening") == "كلامنا"


class TestApproved:
    @pytest.fixture
    def approved(self, meeting, director):
        InvitationFactory(meeting=meeting, name_ar="أحمد")
        minutes = save(meeting, director, opening="افتتاح.")
        return approve_minutes(meeting=meeting, version=minutes.version, by=director)

    def test_nothing_that_happens_later_changes_them(self, meeting, director, approved):
        before = content_of(meeting, approved)
        meeting.outcome_ar = "نتيجة أخرى"
        meeting.save()
        InvitationFactory(meeting=meeting, name_ar="بشرى")
        assert content_of(meeting, Minutes.objects.get()) == before

    def test_they_are_changed_by_no_action(self, meeting, director, approved):
        with pytest.raises(ActionRefused):
            save(meeting, director, approved.version, opening="غيره")
        with pytest.raises(ActionRefused):
            approve_minutes(meeting=meeting, version=approved.version, by=director)
        due = {"text": "قرار", "owner_name": "المدير", "owner": None, "due_on": date(2027, 1, 15)}
        with pytest.raises(ActionRefused):
            decide(meeting=meeting, fields=due, by=director)

    def test_the_database_refuses_to_change_or_delete_them(self, approved):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Minutes.objects.update(frozen={})
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Minutes.objects.all()._raw_delete("default")
        assert Minutes.objects.get().frozen == approved.frozen

    def test_versions_are_only_ever_added(self, approved):
        with pytest.raises(DatabaseError), transaction.atomic():
            MinutesVersion.objects.update(changes=[{}])
        with pytest.raises(DatabaseError), transaction.atomic():
            MinutesVersion.objects.all().delete()

    def test_whoever_sees_meetings_reads_them(self, meeting, approved, sign_in):
        page = sign_in(Role.REGISTRAR).get(reverse("events:minutes", args=[meeting.pk]))
        assert "أحمد" in page.content.decode()


def test_they_are_approved_as_they_were_read(meeting, director, other):
    read = save(meeting, director, opening="ألف").version
    save(meeting, other, read, opening="باء")
    with pytest.raises(ActionRefused):
        approve_minutes(meeting=meeting, version=read, by=director)


def test_a_draft_is_read_by_those_who_write_it_alone(meeting, sign_in):
    address = reverse("events:minutes", args=[meeting.pk])
    assert sign_in(Role.REGISTRAR).get(address).status_code == 404
    assert sign_in(Role.REGIONAL_DIRECTOR).get(address).status_code == 200
    assert sign_in(Role.NATIONAL_ADMIN).get(address).status_code == 200


def test_only_the_director_approves(meeting, director, sign_in):
    minutes = save(meeting, director, opening="ألف")
    address = reverse("events:minutes_approve", args=[meeting.pk])
    sign_in(Role.NATIONAL_ADMIN).post(address, {"version": minutes.version})
    assert not Minutes.objects.get().is_approved
    sign_in(Role.REGIONAL_DIRECTOR).post(address, {"version": minutes.version})
    assert Minutes.objects.get().is_approved


def test_a_meeting_that_has_not_begun_has_none(director):
    with pytest.raises(ActionRefused):
        save(MeetingFactory(), director, opening="ألف")


def test_the_paper_is_arabic_with_the_attendance_sheet(meeting, director, sign_in):
    InvitationFactory(meeting=meeting, name_ar="أحمد الضيف")
    card = CardFactory()
    check_in(
        at=card_desk_of(meeting), text=card.serial, method=ScanMethod.SCANNER, scan_id=uuid4(), by=director
    )
    client = sign_in(Role.REGIONAL_DIRECTOR)
    pages = words_of(answered(client.get(reverse("events:minutes_pdf", args=[meeting.pk]))))
    assert len(pages) > 1
    assert says(pages[0], "محضر اللقاء")
    assert card.registrant.nia in " ".join(pages)


class TestAnnexes:
    def send(self, client, meeting, upload):
        sent = {"title": "ورقة الحضور موقعة", "scan": upload}
        return client.post(reverse("events:annex_new", args=[meeting.pk]), sent)

    def test_the_signed_sheet_is_printed_with_the_minutes(self, meeting, sign_in):
        client = sign_in(Role.REGIONAL_DIRECTOR)
        address = reverse("events:minutes_pdf", args=[meeting.pk])
        before = len(words_of(answered(client.get(address))))
        self.send(client, meeting, SimpleUploadedFile("a.jpg", portrait_bytes(), "image/jpeg"))
        self.send(client, meeting, SimpleUploadedFile("b.pdf", answered(client.get(address))))
        kept = MinutesAnnex.objects.order_by("pk")
        assert [one.content_type for one in kept] == ["image/jpeg", "application/pdf"]
        assert len(words_of(answered(client.get(address)))) > before + 2
        assert answered(client.get(reverse("events:annex", args=[kept[0].pk])))[:2] == b"\xff\xd8"

    def test_what_is_no_scan_is_told_beside_its_field(self, meeting, sign_in):
        page = self.send(sign_in(Role.REGIONAL_DIRECTOR), meeting, SimpleUploadedFile("a.pdf", b"<script>"))
        assert "scan" in page.context["form"].errors

    def test_approved_minutes_keep_their_annexes_as_they_are(self, meeting, director, sign_in):
        client = sign_in(Role.REGIONAL_DIRECTOR)
        self.send(client, meeting, SimpleUploadedFile("a.jpg", portrait_bytes(), "image/jpeg"))
        annex, minutes = MinutesAnnex.objects.get(), Minutes.objects.get()
        approve_minutes(meeting=meeting, version=minutes.version, by=director)
        client.post(reverse("events:annex_remove", args=[annex.pk]))
        page = self.send(client, meeting, SimpleUploadedFile("a.jpg", portrait_bytes(), "image/jpeg"))
        assert page.context["form"].non_field_errors()
        assert MinutesAnnex.objects.get() == annex
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            MinutesAnnex.objects.update(title="غيره")
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            MinutesAnnex.objects.create(minutes=minutes, title="غيره", file="x.jpg", added_by=director)


def test_the_page_asks_as_much_for_one_guest_as_for_three(meeting, sign_in, count_queries):
    client, address = sign_in(Role.REGIONAL_DIRECTOR), reverse("events:minutes", args=[meeting.pk])
    AgendaItemFactory(meeting=meeting).speakers.add(InvitationFactory(meeting=meeting))
    client.get(address)
    first = count_queries(lambda: client.get(address))
    for _more in range(2):
        item = AgendaItemFactory(meeting=meeting)
        item.speakers.add(InvitationFactory(meeting=meeting))
    assert count_queries(lambda: client.get(address)) == first
