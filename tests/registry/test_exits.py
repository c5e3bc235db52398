"""Leaving the register: the certificate, the decision, and what follows from it."""

import pytest
from django.core.files.base import ContentFile

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import actions
from registry.enums import ChangeState, DocumentKind, Flag, Kind, RegistrantState
from registry.models import Ground, Registrant
from registry.signals import registrant_state_changed
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory, ground_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def scan(kind: DocumentKind) -> actions.ScannedDocument:
    return actions.ScannedDocument(kind, ContentFile(b"x", name="x.jpg"), "image/jpeg")


CERTIFICATES = {"exit": DocumentKind.NON_ACTIVITY, "death": DocumentKind.DEATH}
ENTER = {"exit": actions.enter_exit, "death": actions.enter_death}


@pytest.fixture
def registrar():
    return UserFactory()


@pytest.fixture
def director():
    return UserFactory(roles=[Role.REGIONAL_DIRECTOR])


def enter(kind, person, by):
    return ENTER[kind](registrant=person, documents=[scan(CERTIFICATES[kind])], by=by)


@pytest.mark.parametrize("kind", ["exit", "death"])
def test_it_needs_its_certificate(kind, registrar):
    person = RegistrantFactory()
    with pytest.raises(ActionRefused, match="certificate is missing"):
        ENTER[kind](registrant=person, documents=[scan(DocumentKind.OTHER)], by=registrar)
    request = enter(kind, person, registrar)
    assert [document.kind for document in request.documents.all()] == [CERTIFICATES[kind]]
    assert person.documents.count() == 1


@pytest.mark.parametrize("kind", ["exit", "death"])
@pytest.mark.parametrize("state", ["registered", "reinstated", "suspended"])
def test_an_accepted_one_strikes_off_on_its_ground(kind, state, registrar, director):
    person = RegistrantFactory(state=state)
    request = enter(kind, person, registrar)
    ground = Ground.objects.get(procedure="exit", code="death") if kind == "death" else ground_for("exit")
    actions.approve_change(request=request, ground=ground, by=director)
    request.refresh_from_db()
    person.refresh_from_db()
    assert (person.state, request.ground) == (RegistrantState.STRUCK_OFF, ground)
    row = AuditEvent.objects.about(person).get(action=f"registry.{kind}.approved")
    assert (row.before["state"], row.after["state"]) == (state, "struck_off")


def test_it_needs_a_ground_of_the_exits(registrar, director):
    request = enter("exit", RegistrantFactory(), registrar)
    for ground in (None, ground_for("suspension")):
        with pytest.raises(ActionRefused, match="ground"):
            actions.approve_change(request=request, ground=ground, by=director)


@pytest.mark.parametrize("kind", ["exit", "death"])
def test_who_is_not_on_the_register_does_not_leave_it(kind, registrar):
    with pytest.raises(ActionRefused, match="not possible while"):
        enter(kind, RegistrantFactory(state=RegistrantState.STRUCK_OFF), registrar)


def test_an_organisation_does_not_die(registrar):
    organisation = RegistrantFactory(
        kind=Kind.COOPERATIVE, organisation_name_ar="تعاونية", organisation_name_latin="Coop"
    )
    with pytest.raises(ActionRefused, match="organisation"):
        enter("death", organisation, registrar)


def test_enterprises_learn_that_their_supervisor_is_gone(registrar, director):
    supervisor = RegistrantFactory()
    enterprise = RegistrantFactory(
        kind=Kind.ENTERPRISE,
        organisation_name_ar="مقاولة",
        organisation_name_latin="Entreprise",
        supervisor=supervisor,
    )
    request = enter("death", supervisor, registrar)
    ground = Ground.objects.get(procedure="exit", code="death")
    actions.approve_change(request=request, ground=ground, by=director)
    enterprise.refresh_from_db()
    assert Flag.SUPERVISOR_LOST in enterprise.flags


def test_the_cards_are_told_once_it_is_committed(registrar, director, django_capture_on_commit_callbacks):
    told = []

    def listen(registrant, **kwargs):
        told.append(registrant.state)

    registrant_state_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            request = enter("exit", RegistrantFactory(), registrar)
            actions.approve_change(request=request, ground=ground_for("exit"), by=director)
    finally:
        registrant_state_changed.disconnect(listen)
    assert told == [RegistrantState.STRUCK_OFF]


def test_whatever_else_was_open_is_closed(registrar, director):
    person = RegistrantFactory()
    amendment = ChangeRequestFactory(registrant=person)
    request = enter("exit", person, registrar)
    actions.approve_change(request=request, ground=ground_for("exit"), by=director)
    amendment.refresh_from_db()
    assert (amendment.state, amendment.decided_by) == (ChangeState.WITHDRAWN, director)


def test_a_persons_own_request_is_looked_at_before_it_is_decided(registrar, director):
    person = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]))
    request = actions.ask_exit(registrant=person, documents=[scan(DocumentKind.NON_ACTIVITY)], by=person.user)
    with pytest.raises(ActionRefused, match="not waiting"):
        actions.approve_change(request=request, ground=ground_for("exit"), by=director)
    actions.submit_exit(request=request, by=registrar)
    with pytest.raises(ActionRefused, match="not open"):
        actions.submit_exit(request=request, by=registrar)
    actions.approve_change(request=request, ground=ground_for("exit"), by=director)
    assert Registrant.objects.get(pk=person.pk).state == RegistrantState.STRUCK_OFF
