"""Pages between a batch and its boxes: what a click does, what is refused beside the field, what it costs."""

import django_rq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cards import batch_files, batches
from cards.actions import create_batch
from cards.enums import BatchState, CardState, FileLayout, Fitting
from cards.models import BatchFile, CardBatch, CardPrinter, PersonList, PrintReceipt
from cards.printing import files
from core.roles import Role
from tests.factories.bodies import founded_body
from tests.factories.cards import new_batch
from tests.factories.registry import RegistrantFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db
TOO_LONG = ("عبد الرحمان " * 12)[:60].strip()


@pytest.fixture(autouse=True)
def _english_and_nothing_undefined(settings):
    settings.TEMPLATES = strict_templates()
    settings.CARDS_PER_CHUNK = 2
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officer(sign_in):
    client = sign_in(Role.CARD_OFFICER)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def batch(officer):
    return made(new_batch(3, by=officer.user))


def made(found: CardBatch) -> CardBatch:
    batches.make_batch(found.pk)
    found.refresh_from_db()
    return found


def rename(person, **names) -> None:
    for field, name in names.items():
        setattr(person, field, name)
    person.save()


def text(response) -> str:
    return response.content.decode()


def states(batch) -> list[str]:
    return list(batch.cards.order_by("position").values_list("state", flat=True))


class TestPrinting:
    def post(self, client, batch, name, **fields):
        return client.post(reverse(f"cards:{name}", args=[batch.pk]), fields, follow=True)

    def step(self, client, batch, cards, step="good", **more):
        return self.post(client, batch, "printing_step", cards=cards, step=step, **more)

    def test_from_blanks_to_boxes_to_the_closed_batch(self, officer, batch):
        assert "The blanks are counted in." in text(self.post(officer, batch, "printing_blanks", count="5"))
        assert "2 cards: Good (1-2)." in text(self.step(officer, batch, "1-2"))
        page = text(self.step(officer, batch, "3", "spoiled", spoiled_by="colour"))
        assert "1 card: Spoiled (3)." in page
        assert "Go on from card no. 3" in page
        card = batch.cards.get(position=3)
        assert "1 card: Good (3)." in text(self.step(officer, batch, card.face["url"]))
        assert "3 cards: checked (1-3)." in text(self.step(officer, batch, "1-3", "checked"))
        self.post(officer, batch, "printing_all", step="boxed")
        assert set(states(batch)) == {CardState.IN_BOX}
        page = text(self.post(officer, batch, "printing_close", left="0"))
        assert "1 blank is missing" in page
        assert 'value="0"' in page
        assert "every blank is accounted for" in text(self.post(officer, batch, "printing_close", left="1"))
        batch.refresh_from_db()
        assert batch.state == BatchState.CLOSED
        assert "5 counted in = 3 good + 1 spoiled + 1 left" in text(
            officer.get(reverse("cards:batch", args=[batch.pk]))
        )

    def test_what_is_no_card_of_the_batch_is_told_beside_the_field_and_stays(self, officer, batch):
        other = made(new_batch(1, by=officer.user)).cards.get()
        for typed, told in (
            (other.serial, "This card is not of this batch."),
            ("9", "have the numbers 1 to 3"),
            ("3-1", "have the numbers 1 to 3"),
            ("1 ; x9", "This card is not of this batch."),
            ("", "required"),
        ):
            response = self.step(officer, batch, typed)
            assert response.status_code == 422, typed
            assert told in text(response), typed
            assert f'value="{typed}"' in text(response) or not typed
        assert set(states(batch)) == {CardState.IN_BATCH}

    def test_after_a_colleague_counted_the_same_is_sent_once_more(self, officer, batch):
        self.post(officer, batch, "printing_blanks", count="5")
        self.step(officer, batch, "1", "spoiled")
        refused = self.step(
            officer, batch, "1", "spoiled", again="on", spoiled_before="0", spoiled_by="colour"
        )
        assert "Somebody counted meanwhile" in text(refused)
        shown = refused.context["step_form"]
        assert (shown["spoiled_before"].value(), shown["cards"].value()) == ("1", "1")
        sent = {name: shown[name].value() for name in ("spoiled_before", "cards", "spoiled_by", "step")}
        self.post(officer, batch, "printing_step", again="on", **sent)
        batch.refresh_from_db()
        assert batch.spoiled == 2

    def test_arabic_digits_and_dashes_of_every_kind(self, officer, batch):
        self.post(officer, batch, "printing_blanks", count="5")
        self.step(officer, batch, "١–٢، 3")
        assert set(states(batch)) == {CardState.PRINTED}

    def test_a_card_is_corrected_from_the_list(self, officer, batch):
        self.post(officer, batch, "printing_blanks", count="5")
        self.step(officer, batch, "1")
        card = batch.cards.get(position=1)
        officer.post(reverse("cards:printing_correct", args=[card.pk]), {"outcome": "spoiled"})
        card.refresh_from_db()
        assert card.state == CardState.IN_BATCH

    def test_more_cards_cost_no_more_queries(self, officer, django_assert_num_queries):
        few, more = made(new_batch(1, by=officer.user)), made(new_batch(3, by=officer.user))
        for batch in (few, more):
            self.post(officer, batch, "printing_blanks", count="5")
            self.step(officer, batch, "1" if batch is few else "1-3")
        for name in ("printing", "batch_contact", "batch_files"):
            with CaptureQueriesContext(connection) as once:
                officer.get(reverse(f"cards:{name}", args=[few.pk]))
            with django_assert_num_queries(len(once)):
                officer.get(reverse(f"cards:{name}", args=[more.pk]))


class TestFiles:
    def test_a_file_is_asked_for_and_downloaded(self, officer, batch):
        url = reverse("cards:batch_files", args=[batch.pk])
        officer.post(url, {"layout": "sheets", "duplex": "short_edge", "first": "1"})
        file = BatchFile.objects.filter(layout=FileLayout.SHEETS, duplex="short_edge").get()
        assert "Being made" in text(officer.get(url)) or "progress" in text(officer.get(url))
        files.make_file(file.pk)
        response = officer.get(reverse("cards:file_download", args=[file.pk]))
        assert response.getvalue()[:5] == b"%PDF-"
        assert f'filename="sheets-short-edge-{file.pk}.pdf"' in response["Content-Disposition"]

    def test_the_passphrase_is_shown_in_one_answer(self, officer, batch):
        url = reverse("cards:batch_files", args=[batch.pk])
        response = officer.post(url, {"layout": "package", "first": "1"})
        assert response["Cache-Control"] == "no-store"
        assert "The passphrase of this package" in text(response)
        assert "The passphrase of this package" not in text(officer.get(url))

    def test_a_card_beyond_the_batch(self, officer, batch):
        response = officer.post(
            reverse("cards:batch_files", args=[batch.pk]), {"layout": "cards", "first": "9"}
        )
        assert (response.status_code, BatchFile.objects.filter(layout="cards").exists()) == (422, False)

    def test_the_contact_sheet_shows_each_side_of_each_card(self, officer, batch):
        page = text(officer.get(reverse("cards:batch_contact", args=[batch.pk]), {"side": "back"}))
        assert page.count("-back.webp") == 3
        picture = officer.get(reverse("cards:batch_picture", args=[batch.pk, 3, "back"]))
        assert picture.content[8:12] == b"WEBP"
        assert officer.get(reverse("cards:batch_picture", args=[batch.pk, 4, "back"])).status_code == 404

    def test_the_manifest_is_a_csv(self, officer, batch):
        response = officer.get(reverse("cards:batch_manifest", args=[batch.pk]))
        assert batch.file_sha256 in text(response)


class TestMisfits:
    @pytest.fixture
    def held(self, officer):
        people = [RegistrantFactory(with_photograph=True) for _ in range(2)]
        people.append(
            RegistrantFactory(with_photograph=True, family_name_ar=TOO_LONG, given_name_ar=TOO_LONG)
        )
        return create_batch(
            registrants=people, region=officer.user.region, name="Batch", order="as_given", by=officer.user
        )

    def test_a_batch_with_a_text_that_does_not_fit_is_held_and_says_so(self, officer, held):
        assert held.state == BatchState.HELD
        assert held.cards.get(position=3).fitting == Fitting.CUT
        page = text(officer.get(reverse("cards:batch", args=[held.pk])))
        assert "1 card has a text that does not fit" in page
        assert batches.make_batch(held.pk) is None
        held.refresh_from_db()
        assert held.state == BatchState.HELD
        report = text(officer.get(reverse("cards:batch", args=[held.pk]), {"part": "overflow"}))
        assert "does not fit: cut" in report
        assert reverse("registry:detail", args=[held.cards.get(position=3).registrant_id]) in report

    def test_mended_in_the_register_and_taken_again(self, officer, held):
        card = held.cards.get(position=3)
        rename(card.registrant, family_name_ar="بنعلي", given_name_ar="محمد")
        officer.post(reverse("cards:card_refresh", args=[card.pk]))
        card.refresh_from_db()
        assert card.fitting != Fitting.CUT
        assert "Make the cards all the same" not in text(officer.get(reverse("cards:batch", args=[held.pk])))
        officer.post(reverse("cards:batch_release", args=[held.pk]))
        assert made(held).state == BatchState.MADE

    def test_made_all_the_same(self, officer, held):
        officer.post(reverse("cards:batch_release", args=[held.pk]))
        assert made(held).state == BatchState.MADE
        assert "1 card has a text" in text(officer.get(reverse("cards:batch", args=[held.pk])))

    def test_a_made_batch_is_made_again_after_a_card_was_mended(self, officer, batch):
        before = batch.file_sha256
        card = batch.cards.get(position=2)
        rename(card.registrant, given_name_latin="Mended")
        officer.post(reverse("cards:card_refresh", args=[card.pk]))
        batch.refresh_from_db()
        assert batch.state == BatchState.RUNNING
        assert made(batch).file_sha256 != before
        assert batch.state == BatchState.MADE


class TestReceipt:
    def send(self, client, batch, content: bytes):
        file = SimpleUploadedFile("receipt.csv", content, "text/csv")
        return client.post(reverse("cards:receipt_new", args=[batch.pk]), {"file": file}, follow=True)

    def test_looked_through_then_entered(self, officer, batch):
        officer.post(reverse("cards:printing_blanks", args=[batch.pk]), {"count": "5"})
        one = batch.cards.get(position=1)
        page = text(self.send(officer, batch, f"Serial number,Result\n{one.serial},good\nx,good\n".encode()))
        assert "Nothing is entered yet" in page
        assert "is no serial number" in page
        receipt = PrintReceipt.objects.get()
        page = text(officer.post(reverse("cards:receipt", args=[receipt.pk]), follow=True))
        assert "1 line is entered." in page
        one.refresh_from_db()
        assert one.state == CardState.PRINTED

    def test_what_is_no_receipt_is_told_beside_the_field(self, officer, batch):
        response = self.send(officer, batch, b"Name,Town\nA,B\n")
        assert response.status_code == 422
        assert "The first line must name a column" in text(response)


class TestPrinters:
    def test_entered_measured_and_its_test_card(self, officer):
        officer.post(
            reverse("cards:printer_new"),
            {
                "name": "Printer 1",
                "right_mm": "0",
                "down_mm": "0",
                "scale_x": "1",
                "scale_y": "1",
                "bleed": "on",
            },
        )
        printer = CardPrinter.objects.get()
        measures = {"from_left_mm": "10.5", "from_top_mm": "9.8", "across_mm": "60", "down_mm": "30"}
        page = text(officer.post(reverse("cards:printer", args=[printer.pk]), measures, follow=True))
        assert "The passport is kept." in page
        printer.refresh_from_db()
        assert (float(printer.right_mm), float(printer.down_mm), printer.measured_by) == (
            -0.5,
            0.2,
            officer.user,
        )
        for query in ("", "?applied=1"):
            response = officer.get(reverse("cards:printer_test_card", args=[printer.pk]) + query)
            assert response.content.startswith(b"%PDF-")

    def test_a_printer_that_is_too_far_out_and_a_name_twice(self, officer):
        CardPrinter.objects.create(region=officer.user.region, name="Printer 1")
        printer = CardPrinter.objects.create(region=officer.user.region, name="Printer 2")
        far = {"from_left_mm": "19.9", "from_top_mm": "10", "across_mm": "60", "down_mm": "30"}
        response = officer.post(reverse("cards:printer", args=[printer.pk]), far)
        assert (response.status_code, "too far out" in text(response)) == (422, True)
        values = {"name": "Printer 1", "right_mm": "0", "down_mm": "0", "scale_x": "1", "scale_y": "1"}
        response = officer.post(reverse("cards:printer_edit", args=[printer.pk]), values)
        assert (response.status_code, "of this name already" in text(response)) == (422, True)


class TestComposition:
    url = "/cards/batches/new/"

    def compose(self, client, query="", **fields):
        data = {"name": "Caravan", "order": "name", "who": "all", "cards_per_box": "2"} | fields
        return client.post(self.url + query, data)

    def test_in_the_order_of_a_list_that_was_handed_in(self, officer):
        people = RegistrantFactory.create_batch(4, with_photograph=True)
        order = [people[2].pk, people[0].pk, people[3].pk]
        given = PersonList.objects.create(
            region=officer.user.region, title="Meeting", people=order, created_by=officer.user
        )
        page = text(officer.get(self.url, {"list": given.pk}))
        assert "From the list “Meeting”, with 3 persons on it." in page
        self.compose(officer, f"?list={given.pk}", order="as_given")
        cards = CardBatch.objects.get().cards.order_by("position")
        assert [card.registrant_id for card in cards] == order
        assert [(card.box, card.slot) for card in cards] == [(1, 1), (1, 2), (2, 1)]

    def test_another_regions_list_is_no_list(self, officer, sign_in):
        person = RegistrantFactory(with_photograph=True)
        elsewhere = sign_in(Role.CARD_OFFICER, region="12").user
        given = PersonList.objects.create(
            region=elsewhere.region, title="Meeting", people=[person.pk], created_by=elsewhere
        )
        assert "From the list" not in text(officer.get(self.url, {"list": given.pk}))

    def test_the_members_of_a_craft_body(self, officer):
        body = founded_body()
        member, _other = RegistrantFactory.create_batch(2, with_photograph=True)
        body.memberships.create(registrant=member, joined_on="2026-01-01")
        self.compose(officer, f"?body={body.pk}")
        assert [card.registrant for card in CardBatch.objects.get().cards.all()] == [member]

    def test_a_box_of_no_card_is_refused(self, officer):
        RegistrantFactory(with_photograph=True)
        response = self.compose(officer, cards_per_box="0")
        assert (response.status_code, CardBatch.objects.exists()) == (422, False)


def test_a_chunk_that_failed_is_made_again_alone(officer):
    batch = new_batch(5, by=officer.user)
    photograph = batch_files.path_of(batch.cards.get(position=3).photograph)
    kept = photograph.read_bytes()
    photograph.unlink()
    made(batch)
    chunk = batch.chunks.exclude(last_error="").get()
    assert (chunk.number, batch.state) == (2, BatchState.RUNNING)
    assert batch.chunks.filter(state="made").count() == 2
    page = text(officer.get(reverse("cards:batch", args=[batch.pk])))
    assert "Cards 3 to 4:" in page
    photograph.write_bytes(kept)
    officer.post(reverse("cards:chunk_retry", args=[chunk.pk]))
    assert made(batch).state == BatchState.MADE
