"""My file as the register holds it: what is in it, how far the card is, dues and the way out."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from core.roles import Role
from registry.enums import CardStanding, Flag
from registry.models import Registrant
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))


def panel(client, name):
    panels = client.get("/register/me/file/").context["panels"]
    return next(one["context"] for one in panels if one["template"] == f"registry/{name}.html")


@pytest.mark.parametrize(
    ("standing", "states"),
    [
        (CardStanding.NONE, ["done", "done", "current", "todo", "todo"]),
        (CardStanding.ORDERED, ["done", "done", "done", "current", "todo"]),
        (CardStanding.MADE, ["done", "done", "done", "done", "current"]),
        (CardStanding.HANDED_OVER, ["done"] * 5),
        (CardStanding.STOPPED, ["done", "done", "current", "todo", "todo"]),
    ],
)
def test_progress_goes_from_the_application_to_the_card_in_hand(person, sign_in, standing, states):
    Registrant.objects.filter(pk=person.pk).update(card_standing=standing)
    shown = panel(sign_in(user=person.user), "_own_progress_panel")
    assert [step["state"] for step in shown["steps"]] == states


def test_documents_open_for_their_owner(person, sign_in, settings):
    settings.MEDIA_ACCEL_LOCATION = "/protected/"
    mine = person.documents.create(
        kind="identity",
        content_type="image/jpeg",
        uploaded_by=UserFactory(),
        file=ContentFile(b"x", name="x.jpg"),
    )
    client = sign_in(user=person.user)
    assert list(panel(client, "_own_progress_panel")["documents"]) == [mine]
    assert client.get(f"/register/me/documents/{mine.pk}/").status_code == 200


def test_dues_say_when_they_were_explained_and_lead_to_the_way_out(person, sign_in):
    ApplicationFactory(registrant=person, consent_at=timezone.now())
    client = sign_in(user=person.user)
    assert panel(client, "_own_dues_panel")["agreed_at"] is not None
    assert "/register/me/leave/" in client.get("/register/me/file/").content.decode()


def test_what_the_file_lacks_is_said_at_home(person, sign_in):
    client = sign_in(user=person.user)
    before = {task.icon for task in client.get("/register/me/").context["tasks"]}
    Registrant.objects.filter(pk=person.pk).update(flags=[Flag.PHOTOGRAPH_MISSING, Flag.DOCUMENT_MISSING])
    after = {task.icon for task in client.get("/register/me/").context["tasks"]}
    assert after - before == {"camera", "document-text"}


def test_the_bar_under_the_thumb_is_the_artisans_alone(person, sign_in):
    bar = sign_in(user=person.user).get("/register/me/file/").context["tab_bar"]
    assert [(item["url"], item["active"]) for item in bar] == [
        ("/", False),
        ("/benefits/mine/", False),
        ("/meetings/mine/", False),
        ("/register/me/file/", True),
        ("/register/me/messages/", False),
    ]
    assert not sign_in(Role.REGISTRAR).get("/").context["tab_bar"]
