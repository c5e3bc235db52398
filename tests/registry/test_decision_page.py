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
