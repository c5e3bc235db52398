"""Photographs with consent, the public page, follow-ups with reminders, the figures of a caravan."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from core.exceptions import ActionRefused
from core.roles import Role
from events.actions import check_in, check_in_walk_in, draft_of_walk_in, finish_follow_up, hand_over
from events.caravan_figures import figures_of
from events.enums import MeetingState, PhotographConsent, ScanMethod
from events.models import FollowUp, MeetingPhotograph, WalkIn
from events.reminders import remind
from tests.events.conftest import answered
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory, card_desk_of, door_of
from tests.factories.registry import RegistrantFactory, portrait_bytes
from tests.letters import refuse_letters
from tests.registry.printed import says, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(state=MeetingState.HELD)


@pytest.fixture
def director():
    return UserFactory(roles=(Role.REGIONAL_DIRECTOR,), email="director@example.org")


def jpeg_with_place() -> SimpleUploadedFile:
    """A photograph that tells where it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (2400, 1200), (120, 90, 60)).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("hall.jpg", out.getvalue(), "image/jpeg")


class TestPhotographs:
    @pytest.fixture
    def client(self, sign_in):
        return sign_in(Role.REGIONAL_DIRECTOR)

    def add(self, client, meeting, **changed):
        sent = {"picture": jpeg_with_place(), "caption_ar": "القاعة", "consent": "nobody"} | changed
        return client.post(reverse("events:photographs", args=[meeting.pk]), sent)

    def test_it_is_saved_anew_without_its_place(self, client, meeting):
        self.add(client, meeting)
        with MeetingPhotograph.objects.get().file as file, Image.open(file) as stored:
            assert (stored.format, stored.size) == ("JPEG", (1600, 800))
            assert not stored.getexif()

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [
            ({"consent": "none", "is_public": "on"}, 0),
            ({"consent": "given"}, 0),
            ({"consent": "given", "consent_note": "ورقة موقعة", "is_public": "on"}, 1),
            ({"caption_ar": ""}, 0),
            ({"picture": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")}, 0),
        ],
    )
    def test_consent_and_content_decide(self, client, meeting, sent, kept):
        page = self.add(client, meeting, **sent)
        assert MeetingPhotograph.objects.count() == kept
        assert (page.status_code == 200) == (kept == 0)

    def test_the_database_keeps_what_nobody_agreed_to_from_the_public(self, meeting, director):
        with pytest.raises(IntegrityError), transaction.atomic():
            meeting.photographs.create(
                position=1,
                caption_ar="القاعة",
                consent=PhotographConsent.NONE,
                is_public=True,
                added_by=director,
                file="x.jpg",
            )

    def test_the_public_sees_what_it_may_in_order(self, client, meeting):
        for caption, public in (("الأولى", "on"), ("الثانية", ""), ("الثالثة", "on")):
            self.add(client, meeting, caption_ar=caption, **({"is_public": public} if public else {}))
        first, hidden, third = MeetingPhotograph.objects.order_by("position")
        order = reverse("events:photograph_order", args=[meeting.pk])
        for seen in (3, 2):
            client.post(order, {"photograph": third.pk, "move": "up", "seen": seen})
        client.logout()
        html = client.get(reverse("events:public_meeting", args=[meeting.pk])).content.decode()
        assert html.index("الثالثة") < html.index("الأولى")
        assert "الثانية" not in html
        assert answered(client.get(reverse("events:public_photograph", args=[first.pk]))).startswith(
            b"\xff\xd8"
        )
        assert client.get(reverse("events:public_photograph", args=[hidden.pk])).status_code == 404

    def test_one_that_is_taken_back_goes_with_its_file(
        self, client, meeting, django_capture_on_commit_callbacks
    ):
        self.add(client, meeting)
        shown = MeetingPhotograph.objects.get()
        storage, name = shown.file.storage, shown.file.name
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("events:photograph_remove", args=[shown.pk]))
        assert not storage.exists(name)


def test_the_public_is_not_told_of_a_draft_or_of_guests(client, meeting):
    guest = InvitationFactory(meeting=meeting, name_ar="اسم الضيف")
    html = client.get(reverse("events:public_meeting", args=[meeting.pk])).content.decode()
    assert meeting.title_ar in html
    assert guest.name_ar not in html
    draft = MeetingFactory(state=MeetingState.DRAFT)
    assert client.get(reverse("events:public_meeting", args=[draft.pk])).status_code == 404


class TestReminders:
    def owed(self, meeting, director, due_on, **more):
        return meeting.follow_ups.create(
            text="إحداث شباك", owner_name="المدير", due_on=due_on, created_by=director, **more
        )

    def test_each_owner_is_written_to_once_about_all(self, meeting, director):
        today = timezone.localdate()
        for days in (-1, 1, 2):
            self.owed(meeting, director, today + timedelta(days=days))
        self.owed(meeting, director, today + timedelta(days=30))
        assert remind(today=today).written == 1
        assert remind(today=today).written == 0
        letter = mail.outbox[0]
        assert letter.to == ["director@example.org"]
        assert letter.body.count("إحداث شباك") == 3

    def test_what_is_late_is_reminded_of_again_after_a_week(self, meeting, director):
        today = date(2027, 1, 20)
        self.owed(meeting, director, date(2027, 1, 10))
        sent = [remind(today=today + timedelta(days=days)).written for days in (0, 3, 7)]
        assert sent == [1, 0, 1]

    def test_a_letter_that_is_refused_keeps_nobody_elses_back(self, meeting, director, monkeypatch, caplog):
        today = timezone.localdate()
        self.owed(meeting, director, today)
        self.owed(meeting, UserFactory(email="other@example.org"), today)
        refuse_letters(monkeypatch, "events.reminders", "director@example.org")
        with pytest.raises(CommandError, match="1 letters"):
            call_command("remind_follow_ups", verbosity=0)
        assert [letter.to for letter in mail.outbox] == [["other@example.org"]]
        assert "director@" not in caplog.text and f"account {director.pk}" in caplog.text
        monkeypatch.undo()
        assert remind(today=today).written == 1
        assert mail.outbox[-1].to == ["director@example.org"]

    def test_what_is_done_is_not(self, meeting, director):
        owed = self.owed(meeting, director, timezone.localdate())
        finish_follow_up(follow_up=owed, outcome="تم", version=1, by=director)
        call_command("remind_follow_ups", verbosity=0)
        assert mail.outbox == []

    def test_done_needs_an_outcome_and_happens_once(self, meeting, director):
        owed = self.owed(meeting, director, timezone.localdate())
        with pytest.raises(ActionRefused):
            finish_follow_up(follow_up=owed, outcome=" ", version=1, by=director)
        finish_follow_up(follow_up=owed, outcome="تم", version=1, by=director)
        with pytest.raises(ActionRefused):
            finish_follow_up(follow_up=owed, outcome="تم", version=2, by=director)

    def test_the_page_shows_what_is_late_and_takes_the_outcome(self, meeting, director, sign_in):
        client = sign_in(Role.REGIONAL_DIRECTOR)
        owed = self.owed(meeting, director, timezone.localdate() - timedelta(days=1))
        assert "إحداث شباك" in client.get(reverse("events:follow_ups")).content.decode()
        client.post(reverse("events:follow_up_done", args=[owed.pk]) + "?version=1", {"reason": "تم إحداثه"})
        assert FollowUp.objects.get().outcome == "تم إحداثه"
        assert "تم إحداثه" in client.get(reverse("events:follow_ups") + "?done=yes").content.decode()


class TestFigures:
    @pytest.fixture
    def caravan(self, meeting, director):
        at = card_desk_of(meeting)
        card = CardFactory(registrant=RegistrantFactory(gender="female"))
        for text in (card.serial, RegistrantFactory().nia):
            check_in(at=at, text=text, method=ScanMethod.SCANNER, scan_id=uuid4(), by=director)
        hand_over(at=at, card=card, by=director)
        walk_in = WalkIn(name="خديجة الحاضرة", commune=meeting.commune)
        present = check_in_walk_in(at=door_of(meeting), walk_in=walk_in, by=director)
        draft_of_walk_in(walk_in=present.walk_in, by=director)
        meeting.questions.create(text="متى؟", noted_by=director)
        return meeting.caravan

    def rows(self, shown, slug):
        return next(section for section in shown.sections if section.slug == slug).table.rows

    def test_they_count_people_cards_registrations_and_answers(self, caravan, meeting, in_english):
        shown = figures_of(caravan)
        assert [number for _label, number in shown.totals] == [2, 1, 0, 1, 1, 1, 0]
        assert self.rows(shown, "communes") == [(meeting.commune.name, 3)]
        assert [number for _label, number, _share in self.rows(shown, "genders")] == [1, 1]
        assert [tuple(row)[2:] for row in self.rows(shown, "meetings")] == [(3, 1)]
        assert sum(number for _label, number in self.rows(shown, "crafts")) == 2

    def test_somebody_at_two_meetings_was_reached_once(self, caravan, meeting, director):
        person = meeting.check_ins.present().filter(registrant__isnull=False).first().registrant
        second = MeetingFactory(caravan=caravan, state=MeetingState.HELD)
        check_in(at=door_of(second), text=person.nia, method=ScanMethod.SCANNER, scan_id=uuid4(), by=director)
        assert figures_of(caravan).totals[0][1] == 2

    @pytest.mark.parametrize("language", ["ar", "fr"])
    def test_workbook_and_paper_say_the_same(self, caravan, sign_in, settings, language):
        client = sign_in(Role.REGIONAL_DIRECTOR)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        book = CalamineWorkbook.from_filelike(
            BytesIO(answered(client.get(reverse("events:caravan_workbook", args=[caravan.pk]))))
        )
        assert len(book.sheet_names) == 6
        pages = words_of(answered(client.get(reverse("events:caravan_pdf", args=[caravan.pk]))))
        name = caravan.name_ar if language == "ar" else caravan.name_fr
        assert says(" ".join(pages), name)

    def test_they_ask_as_much_for_one_meeting_as_for_three(self, caravan, count_queries):
        first = count_queries(lambda: figures_of(caravan))
        for _more in range(2):
            MeetingFactory(caravan=caravan, state=MeetingState.HELD)
        assert count_queries(lambda: figures_of(caravan)) == first


def test_a_portrait_is_no_trouble_either(meeting, sign_in):
    upload = SimpleUploadedFile("p.jpg", portrait_bytes(), "image/jpeg")
    sent = {"picture": upload, "caption_ar": "صورة", "consent": "none"}
    sign_in(Role.REGIONAL_DIRECTOR).post(reverse("events:photographs", args=[meeting.pk]), sent)
    assert MeetingPhotograph.objects.get().position == 1
