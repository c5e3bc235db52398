"""What is open without signing in, and what is recorded."""

import pytest
from django.urls import NoReverseMatch, reverse

from core.models import AuditEvent
from core.roles import Role
from tests.core.sign_in.steps import CONFIRM, LOGIN, PHONE, ask, sent_code, sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
def test_ways_in_are_open_to_all(client, name):
    assert client.get(reverse(name)).status_code == 200


SIGNED_IN_PAGES = [
    "usersessions_list",
    "account_change_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_the_others_ask_to_sign_in_first(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url == f"{LOGIN}?next={reverse(name)}"


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_artisans_have_neither_password_nor_second_factor(sign_in, name):
    response = sign_in(Role.ARTISAN).get(reverse(name))

    assert response.status_code == (200 if name == "usersessions_list" else 403)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password"]
)
def test_what_nobody_needs_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("page", ["signup", "email", "password/reset", "confirm-email", "social"])
def test_allauths_other_addresses_answer_404(client, page):
    assert client.get(f"/accounts/{page}/").status_code == 404


def test_signing_in_and_out_is_recorded(client, artisan):
    ask(client)
    client.post(CONFIRM, {"code": sent_code()})
    client.post("/accounts/logout/")

    rows = AuditEvent.objects.order_by("id").values_list("action", "actor_id", "after", "address")
    assert list(rows) == [
        ("core.user.signed_in", str(artisan.pk), {"method": "code"}, "127.0.0.1"),
        ("core.user.signed_out", str(artisan.pk), {}, "127.0.0.1"),
    ]


def test_a_wrong_password_is_recorded_against_the_account(client, staff):
    sign_in_staff(client, staff, "not the password")

    row = AuditEvent.objects.get()
    assert (row.action, row.actor_id, row.subject_id) == ("core.user.sign_in_failed", "", str(staff.pk))
    assert row.region_code == staff.region_id
    assert row.after == {"method": "password"}


@pytest.mark.parametrize("where", ["password", "code"])
def test_what_was_typed_is_masked_where_no_account_has_it(client, known, where):
    if where == "password":
        client.post(LOGIN, {"login": "AB123456", "password": "a secret typed"})
    else:
        ask(client, "AB123456")
        client.post(CONFIRM, {"code": "000000"})

    row = AuditEvent.objects.get()
    assert row.subject_label == "••••56"
    assert row.after == {"method": where}
    everything = " ".join(str(value) for value in vars(row).values())
    assert "AB1234" not in everything
    assert "secret" not in everything


def test_the_session_holds_neither_number_nor_phone(client, artisan):
    ask(client)

    kept = str(dict(client.session.items()))
    assert "000042" not in kept
    assert PHONE[4:] not in kept
