"""The pages of transfers: what each of two chambers sees, before and after the file is released."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from core.roles import REGIONAL_ROLES, ROLE_PERMISSIONS, Permission, Role
from registry.enums import ChangeKind, ChangeState
from tests.factories.changes import ChangeRequestFactory
from tests.factories.registry import LAAYOUNE_COMMUNE, RegistrantFactory
from tests.registry.visits import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def transfer(state=ChangeState.SUBMITTED):
    """From Laâyoune (11) to Dakhla (12)."""
    return ChangeRequestFactory(kind=ChangeKind.TRANSFER, state=state)


@pytest.mark.parametrize("role", sorted(REGIONAL_ROLES))
@pytest.mark.parametrize(("region", "expected"), [("11", 200), ("12", 200), ("01", 404)])
def test_a_transfer_exists_for_the_two_chambers_alone(sign_in, role, region, expected):
    change = transfer()
    client = sign_in(role, region=region)
    if Permission.VIEW_REGISTER not in ROLE_PERMISSIONS[role]:
        expected = 403
    assert page(client, "change", change.pk).status_code == expected


def test_the_receiving_chamber_sees_the_request_and_not_the_file(sign_in):
    change = transfer()
    client = sign_in(Role.REGISTRAR, region="12")
    html = page(client, "change", change.pk).content.decode()
    assert change.registrant.family_name_latin in html
    for hidden in (change.registrant.national_id, change.registrant.phone[4:], "1980"):
        assert hidden not in html
    assert page(client, "detail", change.registrant_id).status_code == 404
    assert page(client, "amend", change.registrant_id).status_code == 404
    assert AuditEvent.objects.about(change.registrant).filter(action="registry.registrant.read").exists()


def test_before_its_holder_releases_it_the_asking_chamber_learns_nothing(sign_in):
    change = transfer(ChangeState.ASKED)
    client = sign_in(Role.REGISTRAR, region="12")
    for html in (
        page(client, "change", change.pk).content.decode(),
        page(client, "changes").content.decode(),
    ):
        assert change.registrant.nia in html
        assert change.registrant.family_name_latin not in html
        assert change.registrant.family_name_ar not in html
    assert page(client, "change_photograph", change.pk, "held").status_code == 404
    client.post(reverse("registry:change_submit", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.ASKED
    client = sign_in(Role.REGISTRAR, region="11")
    client.post(reverse("registry:change_submit", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == ChangeState.SUBMITTED


def test_a_transfer_is_asked_for_with_both_numbers(sign_in):
    person = RegistrantFactory(commune="12.066.03.07")
    client = sign_in(Role.REGISTRAR)
    fields = {"nia": person.nia, "national_id": "ZZ1", "province": "11.321", "commune": LAAYOUNE_COMMUNE}
    url = reverse("registry:transfer_ask")
    assert client.post(url, fields).context["form"].non_field_errors()
    assert not person.change_requests.exists()
    client.post(url, fields | {"national_id": person.national_id})
    change = person.change_requests.get()
    assert (change.region_id, change.destination_id, change.state) == ("12", "11", ChangeState.ASKED)
