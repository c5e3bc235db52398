"""The page on which somebody decides on an application."""

import pytest

from core.roles import Role
from registry.enums import ApplicationState
from tests.factories.registry import ApplicationFactory, ground_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(sign_in):
    application = ApplicationFactory()
    client = sign_in(Role.REGIONAL_DIRECTOR)

    def post(**data):
        response = client.post(f"/register/applications/{application.pk}/decision/", data)
        application.refresh_from_db()
        return response, application

    return post


@pytest.mark.parametrize(
    ("decision", "procedure", "state"),
    [("return", "return", ApplicationState.TO_CORRECT), ("reject", "rejection", ApplicationState.REJECTED)],
)
def test_a_refusal_keeps_its_ground_and_reason(page, decision, procedure, state):
    ground = ground_for(procedure)
    response, application = page(decision=decision, ground=ground.pk, reason="وثيقة غير واضحة")
    assert response.status_code == 302
    assert (application.state, application.ground, application.decision_reason) == (
        state,
        ground,
        "وثيقة غير واضحة",
    )


@pytest.mark.parametrize("ground", ["", "rejection"])
def test_a_ground_of_the_other_decision_is_an_error_beside_the_field(page, ground):
    chosen = ground_for(ground).pk if ground else ""
    response, application = page(decision="return", ground=chosen, reason="سبب")
    assert set(response.context["form"].errors) == {"ground"}
    assert application.state == ApplicationState.SUBMITTED


def test_approving_needs_neither(page):
    response, application = page(decision="approve")
    assert response.status_code == 302
    assert (application.state, application.ground) == (ApplicationState.APPROVED, None)


def test_confirming_may_lead_to_the_next_one_which_is_then_ones_own(page, sign_in):
    following = ApplicationFactory()
    response, _application = page(decision="approve", then="next")
    assert response.url == f"/register/applications/{following.pk}/decision/"
    following.refresh_from_db()
    assert following.assigned_to is not None
    response, _application = page(decision="approve")
    # Decided meanwhile: the page says so, and no error is shown.
    assert response.status_code == 200


def test_after_the_last_one_the_queue_says_that_nothing_is_left(page):
    response, _application = page(decision="approve", then="next")
    assert response.url == "/register/applications/"


def test_what_was_typed_stays_when_the_decision_is_refused(page, sign_in):
    ground = ground_for("return")
    response, application = page(decision="return", ground=ground.pk, reason="وثيقة غير واضحة")
    response, application = page(decision="reject", ground=ground_for("rejection").pk, reason="سبب آخر")
    assert response.status_code == 200
    assert response.context["form"]["reason"].value() == "سبب آخر"
    assert application.state == ApplicationState.TO_CORRECT


def test_who_entered_it_is_told_so_instead_of_being_asked(sign_in):
    registrar = sign_in(Role.REGISTRAR)
    own = ApplicationFactory(entered_by=registrar.user)
    other = ApplicationFactory()
    for application, asked in ((own, False), (other, True)):
        content = registrar.get(f"/register/applications/{application.pk}/decision/").content.decode()
        assert ('name="decision"' in content) is asked
