"""Who acts for a partner: opened, changed and closed by its own administrator, the first by staff."""

import pytest
from django.urls import reverse

from core.exceptions import ActionRefused
from core.models import AuditEvent, User
from core.roles import PARTNER_ROLES, Role
from partners import actions
from partners.enums import ApiScope
from partners.models import PartnerAgent
from tests.factories.core import UserFactory
from tests.factories.partners import (
    BranchFactory,
    OfferFactory,
    PartnerAgentFactory,
    PartnerFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db

NAMES = {"name_ar": "سعاد العلوي", "name_latin": "Souad Alaoui", "email": "", "phone": ""}


@pytest.fixture
def admin(db):
    return PartnerAgentFactory(user=UserFactory(roles=[Role.PARTNER_ADMIN]))


@pytest.fixture
def officer(db):
    return UserFactory(roles=[Role.PARTNERSHIP_OFFICER])


def open_agent(by, partner, role=Role.PARTNER_AGENT, **more):
    return actions.open_agent(
        partner=partner, username=more.pop("username", "s.alaoui"), fields=NAMES, role=role, by=by, **more
    )


def test_an_agent_is_opened_with_a_password_to_replace_and_belongs_to_the_partner(admin):
    branch = BranchFactory(partner=admin.partner)
    agent, password = open_agent(admin.user, admin.partner, branch=branch)
    user = User.objects.get(username="s.alaoui")
    assert (agent.user, agent.partner, agent.branch) == (user, admin.partner, branch)
    assert (user.roles, user.region, user.password_is_provisional) == ([Role.PARTNER_AGENT], None, True)
    assert user.check_password(password)
    assert AuditEvent.objects.filter(action="partners.agent.opened").count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - PARTNER_ROLES))
def test_no_other_role_is_given_here(admin, officer, role):
    for by in (admin.user, officer):
        with pytest.raises(ActionRefused):
            open_agent(by, admin.partner, role)
    assert not User.objects.filter(username="s.alaoui").exists()


def test_staff_open_administrators_and_no_one_else(officer):
    partner = PartnerFactory()
    assert open_agent(officer, partner, Role.PARTNER_ADMIN)[0].partner == partner
    with pytest.raises(ActionRefused):
        open_agent(officer, partner, Role.PARTNER_AGENT, username="another")


def test_nobody_touches_another_partners_accounts_or_their_own(admin):
    others = PartnerAgentFactory()
    everything = [
        lambda agent: actions.change_agent(
            agent=agent, fields=NAMES, role=Role.PARTNER_AGENT, branch=None, by=admin.user
        ),
        lambda agent: actions.close_agent(agent=agent, reason="x", by=admin.user),
        lambda agent: actions.reopen_agent(agent=agent, by=admin.user),
        lambda agent: actions.reset_agent(agent=agent, by=admin.user),
    ]
    for act in everything:
        for agent in (others, admin):
            with pytest.raises(ActionRefused):
                act(agent)
    with pytest.raises(ActionRefused):
        open_agent(admin.user, others.partner)
    with pytest.raises(ActionRefused):
        open_agent(admin.user, admin.partner, branch=BranchFactory())


def test_an_agent_manages_nobody(admin):
    agent = PartnerAgentFactory(partner=admin.partner)
    with pytest.raises(ActionRefused):
        open_agent(agent.user, admin.partner)


def test_an_account_that_was_tied_to_a_partner_but_is_staffs_stays_staffs(admin):
    staff = PartnerAgentFactory(partner=admin.partner, user=UserFactory(roles=[Role.REGISTRAR]))
    with pytest.raises(ActionRefused):
        actions.reset_agent(agent=staff, by=admin.user)


def test_whoever_changes_role_is_signed_out_and_a_closed_account_opens_nothing(admin, sign_in):
    agent = PartnerAgentFactory(partner=admin.partner)
    actions.change_agent(agent=agent, fields=NAMES, role=Role.PARTNER_ADMIN, branch=None, by=admin.user)
    agent.user.refresh_from_db()
    assert agent.user.roles == [Role.PARTNER_ADMIN]
    for _click in range(2):
        actions.close_agent(agent=agent, reason="سافر", by=admin.user)
    assert AuditEvent.objects.filter(action="core.user.closed").count() == 1
    actions.reopen_agent(agent=agent, by=admin.user)
    agent.user.refresh_from_db()
    assert agent.user.is_active


def test_a_new_agent_replaces_the_password_and_sets_up_a_second_factor_first(admin, sign_in, settings):
    agent, _password = open_agent(admin.user, admin.partner)
    client, path = sign_in(user=agent.user), reverse("partners:agent")
    assert client.get(path).url == reverse("account_change_password")
    User.objects.filter(pk=agent.user_id).update(password_is_provisional=False)
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    assert client.get(path).url == reverse("mfa_index")


def test_the_pages_show_a_password_once_and_keep_what_was_typed(admin, sign_in):
    client, path = sign_in(user=admin.user), reverse("partner_space:agent_new")
    kept = client.post(path, NAMES | {"username": "S!", "role": Role.PARTNER_AGENT})
    assert list(kept.context["form"].errors) == ["username"]
    assert "سعاد العلوي" in kept.content.decode()
    made = client.post(path, NAMES | {"username": "s.alaoui", "role": Role.PARTNER_AGENT})
    agent = PartnerAgent.objects.get(user__username="s.alaoui")
    assert agent.user.check_password(made.context["password"])
    page = client.get(reverse("partner_space:agent", args=[agent.pk]))
    assert made.context["password"] not in page.content.decode()
    reset = client.post(reverse("partner_space:agent_reset", args=[agent.pk]))
    agent.user.refresh_from_db()
    assert agent.user.check_password(reset.context["password"])


def test_staff_open_the_first_administrator_from_the_partners_page(officer, sign_in):
    partner, client = PartnerFactory(), sign_in(user=officer)
    path = reverse("partner_space:administrators", args=[partner.pk])
    assert list(client.get(path).context["administrators"]) == []
    made = client.post(path, NAMES | {"username": "first.admin"})
    agent = PartnerAgent.objects.get(partner=partner)
    assert (agent.user.roles, agent.user.check_password(made.context["password"])) == (
        [Role.PARTNER_ADMIN],
        True,
    )
    again = client.post(path, NAMES | {"username": "first.admin"})
    assert list(again.context["form"].errors) == ["username"]
    client.post(reverse("partner_space:administrator_close", args=[agent.pk]), {"reason": "سافر"})
    agent.user.refresh_from_db()
    assert not agent.user.is_active


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["agents", "keys", "branches", "offers", "requests"])
def test_lists_ask_as_much_for_one_as_for_three(admin, sign_in, django_assert_max_num_queries, name, count):
    for number in range(count):
        branch = BranchFactory(partner=admin.partner)
        PartnerAgentFactory(partner=admin.partner, branch=branch)
        actions.make_key(
            partner=admin.partner,
            name=str(number),
            scopes=[ApiScope.VERIFY],
            days=1,
            branch=branch,
            by=admin.user,
        )
        ReferralFactory(offer=OfferFactory(partner=admin.partner), branch=branch)
    client = sign_in(user=admin.user)
    client.get(reverse(f"partner_space:{name}"))
    with django_assert_max_num_queries(12):
        client.get(reverse(f"partner_space:{name}"))
