"""Partners themselves: entered, changed, put under a group."""

import pytest
from django.urls import reverse

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from partners import actions
from partners.models import Partner
from tests.factories.core import UserFactory
from tests.factories.partners import AgreementFactory, BranchFactory, OfferFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def test_a_partner_is_entered_and_changed_with_what_is_known(sign_in):
    group, client = PartnerFactory(), sign_in(Role.PARTNERSHIP_OFFICER)
    sent = {
        "name_ar": "شركة تجريبية",
        "name_fr": "Société de test",
        "parent": group.pk,
        "domains": ["rail", "tools"],
        "phone": "05 28 89 00 00",
        "website": "example.ma",
    }
    assert client.post(reverse("partners:company_new"), sent).status_code == 302
    partner = Partner.objects.get(code="societe-de-test")
    assert (partner.parent, partner.phone, partner.website) == (group, "+212528890000", "https://example.ma")
    for _press in range(2):
        more = {"email": "a@example.ma", "version": 1}
        client.post(reverse("partners:company_edit", args=[partner.code]), sent | more)
    partner.refresh_from_db()
    assert (partner.email, partner.domains.count()) == ("a@example.ma", 2)
    changes = [event.after for event in AuditEvent.objects.about(partner).order_by("id")]
    assert changes[1:] == [{"email": "a@example.ma"}]
    # Another of the same name has a code of its own.
    client.post(reverse("partners:company_new"), sent)
    assert Partner.objects.filter(code="societe-de-test-2").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ar": ""}, "name_ar"),
        ({"phone": "1"}, "phone"),
        ({"email": "x"}, "email"),
        ({"parent": 0}, "parent"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field(sign_in, wrong, field):
    sent = {"name_ar": "شركة", "name_fr": "Société"} | wrong
    response = sign_in(Role.PARTNERSHIP_OFFICER).post(reverse("partners:company_new"), sent)
    assert list(response.context["form"].errors) == [field]
    assert Partner.objects.count() == 0


def test_a_group_is_no_company_of_another():
    group, by = PartnerFactory(), UserFactory(roles=[Role.PARTNERSHIP_OFFICER])
    company, alone = PartnerFactory(parent=group), PartnerFactory()
    for partner, parent in ((group, alone), (alone, company), (alone, alone)):
        values = {"name_ar": "أ", "name_fr": "a", "website": "", "phone": "", "email": ""}
        with pytest.raises(ActionRefused):
            actions.save_partner(partner=partner, values=values | {"parent_id": parent.pk}, domains=[], by=by)


def test_the_list_counts_each_thing_once(sign_in, django_assert_num_queries, django_assert_max_num_queries):
    client, address = sign_in(Role.AUDITOR), reverse("partners:companies")
    partner = PartnerFactory(name_fr="Électricité")
    OfferFactory.create_batch(2, partner=partner)
    BranchFactory.create_batch(3, partner=partner)
    AgreementFactory(partner=partner)
    with django_assert_max_num_queries(20) as first:
        (found,) = client.get(address, {"q": "electricite"}).context["page"]
    assert (found.offer_count, found.branch_count, found.agreement_count) == (2, 3, 1)
    PartnerFactory.create_batch(2, name_fr="Électricité")
    with django_assert_num_queries(len(first)):
        assert client.get(address, {"q": "electricite"}).context["page"].paginator.count == 3
