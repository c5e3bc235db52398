"""What people ask about their own entries, and what is held of it."""

import pytest
from django.urls import reverse

from core.roles import Role
from registry.actions.changes.erasing import erase_changes
from registry.enums import ChangeKind, ChangeState, RegistrantState
from registry.held_data import held_about
from registry.models import ChangeRequest
from tests.factories.changes import ChangeRequestFactory, a_scan
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory
from tests.registry.visits import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class TestOwnSpace:
    @pytest.fixture
    def person(self):
        return RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))

    @pytest.fixture
    def client_of_person(self, person, sign_in):
        return sign_in(user=person.user)

    def test_a_correction_reaches_the_chambers_queue(self, person, client_of_person, sign_in):
        url = reverse("registry:own_correction")
        client_of_person.post(url, {"about": "phone", "explanation": "رقمي تغير", "proof": a_scan()})
        change = person.change_requests.get()
        assert (change.state, change.about, change.documents.count()) == (ChangeState.ASKED, "phone", 1)
        registrar = sign_in(Role.REGISTRAR)
        assert change in page(registrar, "changes", waiting="prepare").context["page"]
        assert "رقمي تغير" in page(registrar, "change_prepare", change.pk).content.decode()

    def test_leaving_shows_its_steps_and_needs_the_certificate(self, person, client_of_person):
        url = reverse("registry:own_leave")
        assert client_of_person.get(url).status_code == 200
        errors = client_of_person.post(url, {"explanation": ""}).context["form"].errors
        assert set(errors) == {"proof", "understood"}
        client_of_person.post(url, {"understood": "on", "proof": a_scan()})
        change = person.change_requests.get()
        assert (change.kind, change.state) == (ChangeKind.EXIT, ChangeState.ASKED)
        assert client_of_person.get(url).context["change"] == change

    def test_only_ones_own_wish_can_be_taken_back(self, person, client_of_person):
        own = ChangeRequestFactory(registrant=person, state=ChangeState.ASKED, entered_by=person.user)
        others = ChangeRequestFactory(state=ChangeState.ASKED)
        for change, status in ((own, 302), (others, 404)):
            url = reverse("registry:own_change_withdraw", args=[change.pk])
            assert client_of_person.post(url).status_code == status
        own.refresh_from_db()
        assert own.state == ChangeState.WITHDRAWN

    @pytest.mark.parametrize("language", ["ar", "fr"])
    def test_the_letter_comes_in_both_languages_once_it_is_decided(self, person, client_of_person, language):
        refused = ChangeRequestFactory(registrant=person, state=ChangeState.REFUSED)
        open_one = ChangeRequestFactory(registrant=person)
        letter = client_of_person.get(reverse("registry:own_change_letter", args=[refused.pk, language]))
        assert letter.content.startswith(b"%PDF")
        waiting = client_of_person.get(reverse("registry:own_change_letter", args=[open_one.pk, language]))
        assert waiting.status_code == 404


def test_what_is_held_of_a_person_tells_of_their_requests():
    change = ChangeRequestFactory(explanation="رقم جديد")
    [section] = [one for one in held_about(change.registrant) if one.code == "changes"]
    assert ("Explanation", "رقم جديد") in section.entries[0]
    assert any("06 61 99 99 99" in value for _label, value in section.entries[0])


def test_erasing_a_person_erases_their_requests():
    person = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), state=RegistrantState.STRUCK_OFF)
    ChangeRequestFactory(registrant=person, state=ChangeState.WITHDRAWN, entered_by=person.user)
    other = ChangeRequestFactory()
    assert erase_changes(person) == []
    assert list(ChangeRequest.objects.all()) == [other]
    person.user.delete()
