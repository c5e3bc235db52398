"""A partner sees nothing of another's: an address with another partner's record is no address."""

import pytest
from django.urls import reverse

from core.roles import ROLE_PERMISSIONS, Role
from tests.addresses import ELSEWHERE, HERE
from tests.factories.core import UserFactory
from tests.factories.partners import PartnerAgentFactory
from tests.partners.space_records import OWN_RECORDS, PAGES
from tests.test_permission_matrix import VIEWS

pytestmark = pytest.mark.django_db
FORMS = {"use_record", "use_redeem", "agent_new", "key_new", "offer_new", "branch_new"}


def permitted(name, role):
    return VIEWS[f"partner_space:{name}"].required_permission in ROLE_PERMISSIONS[role]


def knock(client, path, data=None):
    response = client.get(path)
    return client.post(path, data or {}) if response.status_code == 405 else response


@pytest.mark.parametrize("role", [Role.PARTNER_ADMIN, Role.PARTNER_AGENT])
@pytest.mark.parametrize("name", sorted(OWN_RECORDS))
def test_another_partners_record_does_not_exist(name, role, records, sign_in):
    agent = PartnerAgentFactory(user=UserFactory(roles=[role]), partner=records[HERE]["partner"])
    others = records[ELSEWHERE][OWN_RECORDS[name]]
    path = reverse(f"partner_space:{name}", args=[others.pk])
    status = knock(sign_in(user=agent.user), path).status_code
    assert status == (404 if permitted(name, role) else 403)


@pytest.mark.parametrize("name", sorted(set(PAGES) - FORMS))
def test_no_page_of_a_partner_names_anything_of_another(name, records, sign_in):
    agent = PartnerAgentFactory(
        user=UserFactory(roles=[Role.PARTNER_ADMIN]), partner=records[HERE]["partner"]
    )
    other = records[ELSEWHERE]
    client = sign_in(user=agent.user)
    content = knock(client, reverse(f"partner_space:{name}"), {"format": "csv"}).content.decode(
        "utf-8", "replace"
    )
    theirs = [
        other["partner"].name_ar,
        other["offer"].name_ar,
        other["partner_branch"].name_ar,
        other["partner_request"].number,
        other["registrant"].nia,
        other["till_key"].prefix,
        other["partner_agent"].user.username,
    ]
    assert [text for text in theirs if text in content] == []


def test_another_partners_choices_are_no_choices(records, sign_in):
    agent = PartnerAgentFactory(
        user=UserFactory(roles=[Role.PARTNER_ADMIN]), partner=records[HERE]["partner"]
    )
    client, other = sign_in(user=agent.user), records[ELSEWHERE]
    page = client.post(reverse("partner_space:key_new"), {"branch": other["partner_branch"].pk})
    assert "branch" in page.context["form"].errors
    page = client.get(reverse("partner_space:uses"), {"offer": other["offer"].code})
    assert "offer" in page.context["form"].errors


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_account_that_acts_for_no_partner_is_told_so(name, sign_in):
    client = sign_in(Role.PARTNER_ADMIN)
    assert knock(client, reverse(f"partner_space:{name}")).url == reverse("partners:agent")
