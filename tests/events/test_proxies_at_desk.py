"""Somebody else comes for a card at a meeting: identity, relation, a picture of the power, the limit."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cards.actions import ProxyData
from cards.enums import CardState
from cards.models import CardRules, HandOver
from core.exceptions import ActionRefused
from core.roles import Role
from events.actions import check_in, hand_over, undo_hand_over
from events.caravan_figures import figures_of
from events.enums import Answer, ScanMethod
from events.facts import numbers_of
from events.models import CheckIn, Scan
from registry.models import Registrant
from registry.signals import registrant_erased
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.events import InvitationFactory, MeetingFactory, card_desk_of
from tests.factories.registry import RegistrantFactory, portrait_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return card_desk_of(MeetingFactory())


@pytest.fixture
def agent():
    return UserFactory(roles=(Role.DESK_AGENT,))


@pytest.fixture
def client(sign_in):
    return sign_in(Role.DESK_AGENT)


def proxy(**changed) -> ProxyData:
    known = {
        "name": "فاطمة الزهراء",
        "national_id": "ZT777",
        "relation": "spouse",
        "power": ContentFile(b"x", name="power.jpg"),
        "power_type": "image/jpeg",
    }
    return ProxyData(**known | changed)


def scanned(desk, card, by) -> Scan:
    return check_in(at=desk, text=card.serial, method=ScanMethod.SCANNER, scan_id=uuid4(), by=by)


def form_of(scan, card, **changed) -> dict:
    sent = {
        "card": card.pk,
        "scan": str(scan.pk),
        "name": "فاطمة الزهراء",
        "national_id": "zt 777",
        "relation": "spouse",
        "power": SimpleUploadedFile("power.jpg", portrait_bytes(), "image/jpeg"),
    }
    return {f"proxy-{name}": value for name, value in (sent | changed).items() if value is not None}


def send(client, desk, data):
    address = reverse("events:hand_over", args=[desk.pk])
    return client.post(address, data, headers={"HX-Request": "true"})


def test_a_proxy_receives_the_card_and_is_who_came(desk, client):
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    response = send(client, desk, form_of(scan, card))
    assert response.context["answer"].sound == "handed"
    given = HandOver.objects.get()
    assert (given.proxy.name, given.proxy.national_id) == ("فاطمة الزهراء", "ZT777")
    assert (given.proxy.relation, given.proxy.power_type) == ("spouse", "image/jpeg")
    # The holder is at home: here and at the door the proxy stands in the lists.
    assert [one.delegate_name for one in CheckIn.objects.all()] == ["فاطمة الزهراء"] * 2
    assert str(card.registrant.name) in response.content.decode()
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER


def test_who_is_represented_is_neither_present_nor_reached(desk, agent):
    card = CardFactory()
    scanned(desk, card, agent)
    hand_over(at=desk, card=card, by=agent, proxy=proxy())
    numbers = numbers_of(desk.meeting)
    assert (numbers.present, numbers.artisans, numbers.women, numbers.men, numbers.cards) == (1, 0, 0, 0, 1)
    assert figures_of(desk.meeting.caravan).totals[0][1] == 0
    assert not CheckIn.objects.of(card.registrant).exists()


def test_a_holder_who_was_at_the_door_stays_present_there(desk, agent):
    card = CardFactory()
    door = desk.meeting.lists.get(kind="door")
    scanned(door, card, agent)
    scanned(desk, card, agent)
    hand_over(at=desk, card=card, by=agent, proxy=proxy())
    names = dict(CheckIn.objects.values_list("list__kind", "delegate_name"))
    assert names == {"door": "", "cards": "فاطمة الزهراء"}


@pytest.mark.parametrize("missing", ["name", "national_id", "relation", "power"])
def test_without_proof_nothing_is_handed_over_and_nothing_typed_is_lost(desk, client, missing):
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    response = send(client, desk, form_of(scan, card, **{missing: None}))
    assert f"proxy-{missing}" not in response.context["proxy_form"].cleaned_data
    assert list(response.context["proxy_form"].errors) == [missing]
    html = response.content.decode()
    assert "data-holds" in html
    if missing != "name":
        assert 'value="فاطمة الزهراء"' in html
    assert not HandOver.objects.exists()


def test_a_picture_that_is_none_is_refused_beside_its_field(desk, client):
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    false = SimpleUploadedFile("power.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    response = send(client, desk, form_of(scan, card, power=false))
    assert list(response.context["proxy_form"].errors) == ["power"]
    assert not HandOver.objects.exists()


def test_the_chambers_limit_by_person_holds_here_too(desk, client):
    CardRules.objects.create(region_id="11", cards_per_proxy=1)
    for card in (CardFactory(), CardFactory()):
        response = send(client, desk, form_of(scanned(desk, card, client.user), card))
    [words] = response.context["proxy_form"].non_field_errors()
    assert "1" in words
    assert HandOver.objects.count() == 1


def test_where_the_chamber_allows_none_no_proxy_is_offered(desk, client):
    CardRules.objects.create(region_id="11", proxy_allowed=False)
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    page = client.get(reverse("events:desk", args=[desk.pk]), {"scan": str(scan.pk)})
    assert page.context["proxy_form"] is None
    send(client, desk, form_of(scan, card))
    assert not HandOver.objects.exists()


def test_a_signature_is_asked_for_where_the_chamber_wants_one(desk, client):
    CardRules.objects.create(region_id="11", signature_needed=True)
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    sent = {"card": card.pk, "scan": str(scan.pk)}
    response = send(client, desk, sent)
    assert list(response.context["holder_form"].errors) == ["signature"]
    assert not HandOver.objects.exists()
    drawing, picture = BytesIO(), Image.new("RGBA", (80, 30))
    picture.paste((18, 35, 63, 255), (10, 14, 60, 16))
    picture.save(drawing, "PNG")
    send(client, desk, sent | {"signature": _data_url(drawing.getvalue())})
    assert HandOver.objects.get().signature


def test_a_delegate_receives_the_card_with_a_paper_only(desk, agent):
    card = CardFactory()
    InvitationFactory(
        meeting=desk.meeting,
        guest=None,
        registrant=card.registrant,
        answer=Answer.DELEGATE,
        delegate_name="أحمد",
        answered_at=desk.meeting.starts_at,
    )
    scanned(desk, card, agent)
    with pytest.raises(ActionRefused):
        hand_over(at=desk, card=card, by=agent)
    present = hand_over(at=desk, card=card, by=agent, proxy=proxy())
    assert (present.delegate_name, present.hand_over.proxy.name) == ("أحمد", "فاطمة الزهراء")


def test_undone_the_card_waits_for_the_proxy_until_the_holder_is_scanned_anew(desk, client):
    card = CardFactory()
    scan = scanned(desk, card, client.user)
    present = hand_over(at=desk, card=card, by=client.user, proxy=proxy())
    undo_hand_over(check_in=present, reason="wrong paper", by=client.user)
    page = client.get(reverse("events:desk", args=[desk.pk]), {"scan": str(scan.pk)})
    assert (page.context["holder_form"], page.context["answer"].holds) == (None, True)
    assert page.context["proxy_form"] is not None


def test_erased_with_the_holders_data(desk, agent):
    card = CardFactory()
    scanned(desk, card, agent)
    hand_over(at=desk, card=card, by=agent, proxy=proxy())
    registrant_erased.send(sender=Registrant, registrant=card.registrant)
    assert {one.delegate_name for one in CheckIn.objects.all()} == {"—"}


def test_no_name_stands_on_the_screen_of_a_card_of_another_holder(desk, client):
    """A card that was not scanned here cannot be handed over by its key alone."""
    mine, other = CardFactory(), CardFactory(registrant=RegistrantFactory())
    scan = scanned(desk, mine, client.user)
    response = send(client, desk, form_of(scan, other))
    assert not HandOver.objects.exists()
    assert other.registrant.name not in response.content.decode()


def _data_url(content: bytes) -> str:
    import base64

    return f"data:image/png;base64,{base64.b64encode(content).decode()}"
