"""The desk's page, with and without its script."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cards.enums import CardState
from cards.models import HandOver
from cards.qr import card_url, qr_png
from core.roles import Role
from events.desk import LOOKS
from events.enums import MeetingState, ScanResult
from events.models import CheckIn, Meeting, Scan
from tests.factories.cards import CardFactory, expired_card
from tests.factories.events import CheckInFactory, MeetingFactory, door_of
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def client(sign_in):
    return sign_in(Role.DESK_AGENT)


def address(name: str, record) -> str:
    """Of a list where the record is a meeting: its door, at which cards are handed over as well."""
    at = door_of(record, hands_over=True) if isinstance(record, Meeting) else record
    return reverse(f"events:{name}", args=[at.pk])


def send(client, meeting, text, *, script=False, **more):
    """One scan as the page sends it; `script` as its script does."""
    headers = {"HX-Request": "true"} if script else {}
    data = {"scan_id": str(uuid4()), "text": text, "method": "scanner"} | more
    return client.post(address("scan", meeting), data, headers=headers, follow=not script)


def test_without_script_a_scan_shows_its_answer_on_the_page(client, meeting):
    card = CardFactory()
    response = send(client, meeting, card.serial)
    scan = Scan.objects.get()
    assert response.redirect_chain == [(f"{address('desk', meeting)}?scan={scan.pk}", 302)]
    html = response.content.decode()
    assert card.registrant.name_ar in html
    assert address("hand_over", meeting) in html
    assert response.context["answer"].waiting_card == card
    assert response.context["present"] == 1


def test_with_script_the_answer_comes_alone(client, meeting):
    card = CardFactory(box=3, slot=117)
    response = send(client, meeting, card_url(card.token), script=True, method="camera")
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert 'data-sound="waiting"' in html
    assert "data-holds" in html
    assert '<dd class="number">117</dd>' in html
    assert CheckIn.objects.get().method == "camera"


def test_a_scan_asks_little_of_the_database(client, meeting, count_queries):
    """Fifty desks scan every two seconds: each statement more is a thousand and a half a minute."""
    at, card = door_of(meeting), CardFactory(state=CardState.HANDED_OVER)
    assert count_queries(lambda: send(client, at, card.serial, script=True)) <= 16


def test_every_answer_has_its_colour():
    """Words are white: without a colour of its own an answer is there and cannot be read."""
    css = (settings.ROOT / "static/css/components.css").read_text(encoding="utf-8")
    kinds = {kind for kind, _icon, _sound in LOOKS.values()}
    assert {kind for kind in kinds if f".verdict-{kind}" not in css} == set()


def test_a_simple_answer_does_not_hold_the_screen(client, meeting):
    html = send(client, meeting, RegistrantFactory().nia, script=True).content.decode()
    assert "data-holds" not in html
    assert "data-passing" in html
    assert 'data-sound="recorded"' in html


def test_hand_over_and_both_undone_without_script(client, meeting):
    card = CardFactory()
    send(client, meeting, card.serial)
    scan = Scan.objects.get()
    response = client.post(
        address("hand_over", meeting), {"card": card.pk, "scan": str(scan.pk)}, follow=True
    )
    assert response.context["answer"].kind == "success"
    assert response.context["answer"].sound == "handed"
    assert response.context["cards_given"] == 1
    present = CheckIn.objects.get()
    assert address("undo_hand_over", present) in response.content.decode()
    client.post(address("undo_hand_over", present), {"reason": "another's"})
    card.refresh_from_db()
    assert card.state == CardState.IN_BOX
    response = client.post(address("undo_check_in", present), {"reason": "another's"}, follow=True)
    assert response.context["present"] == 0
    assert HandOver.objects.get().undo_reason == "another's"


def test_hand_over_with_script_answers_with_the_same_screen(client, meeting):
    card = CardFactory()
    send(client, meeting, card.serial, script=True)
    response = client.post(
        address("hand_over", meeting),
        {"card": card.pk, "scan": str(Scan.objects.get().pk)},
        headers={"HX-Request": "true"},
    )
    html = response.content.decode()
    assert 'data-sound="handed"' in html
    assert "data-holds" not in html


@pytest.mark.parametrize(
    ("make", "result"),
    [
        (lambda: CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE)), ScanResult.WRONG_REGION),
        (expired_card, ScanResult.EXPIRED_CARD),
        (lambda: CardFactory(state=CardState.STOLEN), ScanResult.STOPPED_CARD),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_a_refused_card_shows_nothing_of_its_holder(client, meeting, make, result, script):
    card = make()
    html = send(client, meeting, card.serial, script=script).content.decode()
    assert str(result.label) in html
    person = card.registrant
    for secret in (person.family_name_ar, person.family_name_latin, person.nia, card.serial):
        assert secret not in html
    page = client.get(address("desk", meeting)).content.decode()
    assert person.family_name_ar not in page


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "   "},
        {"text": "A" * 3000},
        {"scan_id": "not-a-uuid"},
        {"scan_id": ""},
        {"method": "telepathy"},
    ],
    ids=lambda data: str(data)[:30],
)
@pytest.mark.parametrize("script", [True, False])
def test_a_scan_that_is_none_is_refused_in_words(client, meeting, data, script):
    response = send(client, meeting, **({"text": "11-0000001-47"} | data), script=script)
    assert response.status_code == (409 if script else 200)
    if script:
        assert 'data-sound="refused"' in response.content.decode()
    else:
        assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Scan.objects.exists()


def test_the_form_sent_twice_counts_once(client, meeting):
    card, scan_id = CardFactory(), str(uuid4())
    first = send(client, meeting, card.serial, scan_id=scan_id, script=True)
    second = send(client, meeting, card.serial, scan_id=scan_id, script=True)
    assert 'data-sound="waiting"' in first.content.decode()
    assert 'data-sound="waiting"' in second.content.decode()
    assert (Scan.objects.count(), CheckIn.objects.count()) == (1, 1)


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.CLOSED])
def test_a_desk_that_is_not_open_has_no_field(client, state):
    meeting = MeetingFactory(state=state)
    html = client.get(address("desk", meeting)).content.decode()
    assert "data-scan-form" not in html
    assert send(client, meeting, CardFactory().serial, script=True).status_code == 409
    assert not Scan.objects.exists()


def test_another_desks_scan_is_not_shown(client, meeting, sign_in):
    card = CardFactory()
    send(client, meeting, card.serial)
    other = sign_in(Role.DESK_AGENT)
    page = other.get(f"{address('desk', meeting)}?scan={Scan.objects.get().pk}")
    assert page.context["answer"] is None
    assert list(page.context["recent"]) == []
    assert client.get(f"{address('desk', meeting)}?scan=nonsense").context["answer"] is None


@pytest.mark.parametrize("card", ["", "x", "0", "999999999", "٣"])
def test_handing_over_what_is_no_card_is_refused(client, meeting, card):
    response = client.post(address("hand_over", meeting), {"card": card}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_card_of_another_region_is_not_handed_over(client, meeting):
    card = CardFactory(registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    CheckInFactory(meeting=meeting, registrant=card.registrant)
    client.post(address("hand_over", meeting), {"card": card.pk})
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("name", ["undo_check_in", "undo_hand_over"])
@pytest.mark.parametrize("script", [True, False])
def test_undoing_without_a_reason_changes_nothing(client, meeting, name, script):
    present = CheckInFactory(meeting=meeting)
    headers = {"HX-Request": "true"} if script else {}
    response = client.post(address(name, present), {"reason": " "}, headers=headers)
    assert response.status_code == (409 if script else 302)
    present.refresh_from_db()
    assert present.undone_at is None


def test_another_regions_desk_does_not_exist(client):
    there = MeetingFactory(commune=DAKHLA_COMMUNE)
    present = CheckInFactory(meeting=there, registrant=RegistrantFactory(commune=DAKHLA_COMMUNE))
    assert client.get(address("desk", there)).status_code == 404
    for name in ("scan", "frame", "hand_over"):
        assert client.post(address(name, there)).status_code == 404
    for name in ("undo_check_in", "undo_hand_over"):
        assert client.post(address(name, present), {"reason": "x"}).status_code == 404
    assert client.get(address("photograph", present)).status_code == 404


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR, Role.NATIONAL_ADMIN])
def test_who_may_not_check_in_has_no_desk(sign_in, meeting, role):
    client = sign_in(role)
    assert client.get(address("desk", meeting)).status_code == 403
    assert client.post(address("scan", meeting)).status_code == 403


def test_the_photograph_of_somebody_present_is_served_and_no_other(client, meeting):
    person = RegistrantFactory(with_photograph=True)
    present = CheckInFactory(meeting=meeting, registrant=person)
    response = client.get(address("photograph", present))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    client.post(address("undo_check_in", present), {"reason": "by mistake"})
    assert client.get(address("photograph", present)).status_code == 404


def test_a_walk_in_is_undone_from_the_desks_lines(client, meeting):
    key = "7d9d3f4c-3f0b-4c1e-9a35-6d9b2f0c8a11"
    sent = {"walk_in_id": key, "name": "خديجة الحاضرة", "phone": "", "commune": ""}
    for _sent_twice in range(2):
        client.post(address("walk_in", meeting), sent)
    present = CheckIn.objects.get()
    page = client.get(address("desk", meeting)).content.decode()
    assert page.count("خديجة الحاضرة") >= 1
    assert address("undo_check_in", present) in page
    client.post(address("undo_check_in", present), {"reason": "by mistake"})
    present.refresh_from_db()
    assert present.undone_at
    assert Scan.objects.count() == 1


def frame(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("frame.jpg", content, content_type="image/jpeg")


def test_a_frame_of_a_card_is_read(client, meeting):
    address_in_code = card_url(CardFactory().token)
    with Image.open(BytesIO(qr_png(address_in_code, scale=6))) as code:
        picture = Image.new("RGB", (960, 720), "grey")
        picture.paste(code.convert("RGB").rotate(9, expand=True, fillcolor="grey"), (200, 120))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    response = client.post(address("frame", meeting), {"frame": frame(out.getvalue())})
    assert response.json() == {"text": address_in_code}
    assert not Scan.objects.exists()


def test_a_frame_without_a_code_is_empty(client, meeting):
    out = BytesIO()
    Image.new("L", (640, 480), 90).save(out, "JPEG")
    assert client.post(address("frame", meeting), {"frame": frame(out.getvalue())}).json() == {"text": ""}


def bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (7746, 7746)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 not a picture", b"\xff\xd8\xff cut short", b"\x00" * (1024 * 1024 + 1), bomb()],
    ids=["empty", "pdf", "cut", "large", "60 megapixels"],
)
def test_what_is_no_frame_is_refused(client, meeting, content):
    response = client.post(address("frame", meeting), {"frame": frame(content)})
    assert (response.status_code, response.json()) == (400, {"text": ""})


def test_the_desk_asks_as_much_for_one_scan_as_for_three(client, meeting, count_queries):
    def scan_somebody():
        card = CardFactory()
        send(client, meeting, card.serial, script=True)

    scan_somebody()
    alone = count_queries(lambda: client.get(address("desk", meeting)))
    scan_somebody(), scan_somebody()
    assert count_queries(lambda: client.get(address("desk", meeting))) == alone
