"""A partner's places, kept by its own administrator."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from core.roles import Role
from partners.models import Branch
from tests.factories.core import UserFactory
from tests.factories.partners import BranchFactory, PartnerAgentFactory

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("partner_space:branches"), reverse("partner_space:branch_new")
TYPED = {
    "code": "L1",
    "name_ar": "وكالة العيون",
    "name_fr": "Agence Laâyoune",
    "commune": "11.321.01.03",
    "address_ar": "",
    "address_fr": "",
    "phone": "05 28 89 00 00",
    "access": "full",
    "latitude": "",
    "longitude": "",
    "is_open": "on",
}


@pytest.fixture
def admin(db):
    return PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))


@pytest.fixture
def client(admin, sign_in):
    return sign_in(user=admin.user)


def page_of(branch, step=""):
    return reverse(f"partner_space:branch{step}", args=[branch.pk])


def told(branch):
    return [event.action for event in AuditEvent.objects.about(branch).order_by("pk")]


def test_a_place_is_entered_changed_closed_and_opened_again(admin, client):
    assert client.post(NEW, TYPED).url == LIST
    branch = Branch.objects.get()
    assert (branch.partner, branch.phone, branch.is_open) == (admin.partner, "+212528890000", True)
    assert client.post(page_of(branch), TYPED | {"name_fr": "Agence centrale"}).url == LIST
    for step, is_open in (("_close", False), ("_close", False), ("_reopen", True)):
        assert client.post(page_of(branch, step)).url == page_of(branch)
        branch.refresh_from_db()
        assert (branch.is_open, branch.name_fr) == (is_open, "Agence centrale")
    # Twice closed is once.
    what = ["added", "changed", "closed", "reopened"]
    assert told(branch) == [f"partners.branch.{word}" for word in what]
    assert AuditEvent.objects.about(branch).first().actor_id == str(admin.user.pk)
    page = client.get(page_of(branch))
    assert len(page.context["history"]) == 4
    assert 'value="05 28 89 00 00"' in page.content.decode()


def test_a_code_is_taken_once_within_the_partner_and_nothing_typed_is_lost(admin, client):
    BranchFactory(partner=admin.partner, code="L1")
    BranchFactory(code="L2")
    page = client.post(NEW, TYPED)
    assert "code" in page.context["form"].errors
    assert "Agence Laâyoune" in page.content.decode()
    assert client.post(NEW, TYPED | {"code": "L2"}).status_code == 302


def test_a_wrong_name_does_not_stand_in_the_heading(admin, client):
    branch = BranchFactory(partner=admin.partner)
    page = client.post(page_of(branch), TYPED | {"name_ar": "اسم آخر", "commune": "nulle part"})
    assert page.context["form"].errors
    assert page.context["branch"].name_ar == branch.name_ar


@pytest.mark.parametrize("step", ["", "_close", "_reopen"])
def test_another_partners_place_does_not_exist(client, step):
    other = BranchFactory()
    assert client.post(page_of(other, step), TYPED).status_code == 404
    assert client.get(page_of(other)).status_code == 404
    assert told(other) == []


def test_an_agent_keeps_no_places(admin, sign_in):
    agent = sign_in(user=PartnerAgentFactory(partner=admin.partner).user)
    own = BranchFactory(partner=admin.partner)
    assert agent.get(LIST).status_code == 403
    assert agent.post(page_of(own, "_close")).status_code == 403


def test_the_list_is_searched_narrowed_and_holds_the_own_alone(admin, client):
    gone = BranchFactory(partner=admin.partner, is_open=False)
    here = BranchFactory(partner=admin.partner, name_ar="وكالة المرسى")
    there = BranchFactory(partner=admin.partner, commune_id="09.001.01.01")
    BranchFactory(commune_id="12.066.03.07")

    def listed(**query):
        return list(client.get(LIST, query).context["page"])

    assert listed() == [there, here, gone]
    assert listed(q="المرسى") == [here]
    assert listed(region="09") == [there]
    communes = [code for code, _name in client.get(LIST).context["form"].fields["commune"].choices]
    assert communes == ["", "09.001.01.01", "11.321.01.03"]
