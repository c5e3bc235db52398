"""Staff accounts: who may open, change and close which, and passwords that are shown once."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from core import accounts
from core.exceptions import ActionRefused
from core.models import AuditEvent, Region, User
from core.roles import GRANTABLE_ROLES, STAFF_ROLES, Permission, Role
from tests.factories.core import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/staff/"


@pytest.fixture
def director(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


@pytest.fixture
def admin(sign_in):
    return sign_in(user=UserFactory(roles=[Role.NATIONAL_ADMIN], region=None))


def answers(**changed) -> dict:
    return {
        "username": "s.alaoui",
        "name_ar": "سعاد العلوي",
        "name_latin": "Souad Alaoui",
        "roles": [Role.REGISTRAR],
        "email": "",
        "phone": "",
    } | changed


def fields(**changed) -> dict:
    values = answers(region=Region.objects.get(pk="11")) | changed
    del values["username"]
    return values


def test_nobody_may_put_in_place_who_opens_accounts_but_the_national_administration():
    for role, granted in GRANTABLE_ROLES.items():
        assert granted <= STAFF_ROLES
        assert role == Role.NATIONAL_ADMIN or not granted & set(GRANTABLE_ROLES)
    for role in set(Role) - set(GRANTABLE_ROLES):
        assert not User(roles=[role]).can(Permission.MANAGE_ACCOUNTS)
        assert User(roles=[role]).grantable_roles == frozenset()


def test_an_account_is_opened_its_password_shown_once_and_replaced_before_anything_else(director):
    page = director.post(f"{LIST}new/", answers())
    password = page.context["password"]
    assert page.content.decode().count(password) == 1
    account = User.objects.get(username="s.alaoui")
    assert (account.region_id, account.roles) == ("11", [Role.REGISTRAR])
    event = AuditEvent.objects.about(account).get(action="core.user.created")
    assert password not in f"{event.before}{event.after}{event.reason}"
    for address in (LIST, f"{LIST}{account.pk}/"):
        assert password not in director.get(address).content.decode()

    newcomer = Client()
    newcomer.post("/accounts/login/", {"login": "s.alaoui", "password": password})
    for address in ("/", "/register/", "/register/new/"):
        assert newcomer.get(address).url == "/accounts/password/"
    chosen = "une phrase bien a elle"
    newcomer.post("/accounts/password/", {"oldpassword": password, "password1": chosen, "password2": chosen})
    assert newcomer.get("/").status_code == 200
    account.refresh_from_db()
    assert account.password_is_provisional is False


@pytest.mark.parametrize("role", sorted(set(Role) - GRANTABLE_ROLES[Role.REGIONAL_DIRECTOR]))
def test_a_director_grants_no_role_beyond_the_table(director, role):
    page = director.post(f"{LIST}new/", answers(roles=[Role.REGISTRAR, role]))
    assert set(page.context["form"].errors) == {"roles"}
    with pytest.raises(ActionRefused):
        accounts.open_account(username="x.y", fields=fields(roles=[role]), by=director.user)
    other = UserFactory(region="11")
    with pytest.raises(ActionRefused):
        accounts.change_account(user=other, fields=fields(roles=[role]), by=director.user)
    other.refresh_from_db()
    assert other.roles != [role]


def test_a_director_opens_accounts_of_the_own_region_alone_whatever_is_sent(director):
    director.post(f"{LIST}new/", answers(region="01"))
    assert User.objects.get(username="s.alaoui").region_id == "11"
    for region in (None, Region.objects.get(pk="01")):
        with pytest.raises(ActionRefused):
            accounts.open_account(username="x.y", fields=fields(region=region), by=director.user)


@pytest.mark.parametrize(
    ("roles", "region"),
    [
        ([Role.REGISTRAR], "12"),
        ([Role.REGIONAL_DIRECTOR], "11"),
        ([Role.REGIONAL_DIRECTOR, Role.REGISTRAR], "11"),
        ([Role.NATIONAL_ADMIN], None),
        ([Role.AUDITOR], "11"),
        ([Role.ARTISAN], None),
    ],
)
def test_accounts_that_are_not_a_directors_to_change_do_not_exist_for_them(director, roles, region):
    other = UserFactory(roles=roles, region=region)
    assert director.get(f"{LIST}{other.pk}/").status_code == 404
    for step in ("closure", "reopening", "sign-in"):
        assert director.post(f"{LIST}{other.pk}/{step}/", {"reason": "x"}).status_code == 404
    for refused in (
        lambda: accounts.close_account(user=other, reason="x", by=director.user),
        lambda: accounts.reset_sign_in(user=other, by=director.user),
        lambda: accounts.change_account(user=other, fields=fields(), by=director.user),
    ):
        with pytest.raises(ActionRefused):
            refused()
    other.refresh_from_db()
    assert other.is_active


def test_nobody_changes_their_own_account(admin):
    page = admin.get(f"{LIST}{admin.user.pk}/")
    assert 'name="roles"' not in page.content.decode()
    for refused in (
        lambda: accounts.close_account(user=admin.user, reason="x", by=admin.user),
        lambda: accounts.reset_sign_in(user=admin.user, by=admin.user),
        lambda: accounts.change_account(user=admin.user, fields=fields(), by=admin.user),
    ):
        with pytest.raises(ActionRefused):
            refused()


def test_a_regional_role_needs_its_region_and_a_name_is_given_once(admin):
    page = admin.post(f"{LIST}new/", answers(region=""))
    assert set(page.context["form"].errors) == {"region"}
    UserFactory(username="S.Alaoui")
    page = admin.post(f"{LIST}new/", answers(region="01"))
    assert set(page.context["form"].errors) == {"username"}
    page = admin.post(f"{LIST}new/", answers(username="السعدية", region="01"))
    assert set(page.context["form"].errors) == {"username"}


def test_closing_ends_open_sessions_needs_a_reason_and_is_undone(admin):
    registrar = UserFactory()
    theirs = Client()
    theirs.post("/accounts/login/", {"login": registrar.username, "password": PASSWORD})
    assert theirs.get("/register/").status_code == 200
    admin.post(f"{LIST}{registrar.pk}/closure/", {"reason": " "})
    assert theirs.get("/register/").status_code == 200
    admin.post(f"{LIST}{registrar.pk}/closure/", {"reason": "غادرت الغرفة"})
    assert theirs.get("/register/").status_code == 302
    assert authenticate(None, username=registrar.username, password=PASSWORD) is None
    assert registrar.username in admin.get(f"{LIST}?closed=on").content.decode()
    admin.post(f"{LIST}{registrar.pk}/reopening/")
    theirs.post("/accounts/login/", {"login": registrar.username, "password": PASSWORD})
    assert theirs.get("/register/").status_code == 200
    actions = AuditEvent.objects.about(registrar).values_list("action", flat=True)
    assert {"core.user.closed", "core.user.reopened"} <= set(actions)


def test_a_reset_takes_password_second_factors_and_sessions_away(admin):
    registrar = UserFactory()
    registrar.authenticator_set.create(type="totp", data={})
    theirs = Client()
    theirs.post("/accounts/login/", {"login": registrar.username, "password": PASSWORD})
    page = admin.post(f"{LIST}{registrar.pk}/sign-in/")
    assert theirs.get("/register/").status_code == 302
    registrar.refresh_from_db()
    assert registrar.check_password(page.context["password"])
    assert registrar.password_is_provisional
    assert not registrar.authenticator_set.exists()


def test_who_loses_a_role_is_signed_out_and_the_trail_says_what_changed(admin):
    registrar = UserFactory()
    theirs = Client()
    theirs.post("/accounts/login/", {"login": registrar.username, "password": PASSWORD})
    admin.post(f"{LIST}{registrar.pk}/", answers(roles=[Role.DESK_AGENT], region="11"))
    assert theirs.get("/register/").status_code == 302
    event = AuditEvent.objects.about(registrar).get(action="core.user.changed")
    assert (event.before["roles"], event.after["roles"]) == (["registrar"], ["desk_agent"])


def test_the_list_asks_as_often_for_three_as_for_one(
    admin, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(12) as counted:
        admin.get(LIST)
    for _ in range(2):
        UserFactory()
    with django_assert_num_queries(len(counted)):
        admin.get(LIST)
