"""The pages of requests: the queue, decisions and letters."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.roles import Role
from registry.enums import ChangeKind, ChangeState, RegistrantState
from registry.models import ChangeRequest, RegisterRules
from tests.factories.changes import ChangeRequestFactory
from tests.factories.registry import RegistrantFactory, ground_for
from tests.registry.visits import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize("kind", [*ChangeKind.values, ""])
def test_the_queue_costs_the_same_for_one_and_for_three(
    sign_in, kind, django_assert_max_num_queries, django_assert_num_queries
):
    client = sign_in(Role.REGISTRAR)
    ChangeRequestFactory(kind=kind or ChangeKind.AMENDMENT)
    page(client, "changes", kind=kind)
    with django_assert_max_num_queries(12) as counted:
        page(client, "changes", kind=kind)
    for _ in range(2):
        ChangeRequestFactory(kind=kind or ChangeKind.AMENDMENT)
    with django_assert_num_queries(len(counted)):
        page(client, "changes", kind=kind)


def test_the_list_of_renewals_costs_the_same_for_one_and_for_three(
    sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    RegisterRules.objects.create(region_id="11", registration_months=12)
    client = sign_in(Role.REGISTRAR)
    RegistrantFactory(valid_until=timezone.localdate())
    page(client, "renewals")
    with django_assert_max_num_queries(12) as counted:
        page(client, "renewals")
    RegistrantFactory(valid_until=timezone.localdate())
    RegistrantFactory(valid_until=timezone.localdate())
    with django_assert_num_queries(len(counted)):
        page(client, "renewals")


def test_what_is_late_stands_out_and_the_oldest_is_first(sign_in):
    new = ChangeRequestFactory()
    late = ChangeRequestFactory(due_on=timezone.localdate() - timedelta(days=1))
    ChangeRequest.objects.filter(pk=late.pk).update(entered_at=timezone.now() - timedelta(days=60))
    client = sign_in(Role.REGISTRAR)
    response = page(client, "changes")
    assert [change.pk for change in response.context["page"]] == [late.pk, new.pk]
    assert response.content.decode().count("badge-danger") == 1
    assert [change.pk for change in page(client, "changes", waiting="overdue").context["page"]] == [late.pk]


def decide(client, change, **fields):
    return client.post(reverse("registry:change_decide", args=[change.pk]), fields)


def test_a_decision_without_its_ground_or_reason_comes_back(sign_in):
    change = ChangeRequestFactory()
    response = decide(sign_in(Role.REGISTRAR), change, decision="refuse")
    assert set(response.context["form"].errors) == {"ground", "reason"}
    change.refresh_from_db()
    assert change.is_open


def test_a_registrar_does_not_decide_on_an_exit_and_a_director_does(sign_in):
    change = ChangeRequestFactory(kind=ChangeKind.EXIT)
    ground = ground_for("exit")
    fields = {"decision": "approve", "exit_ground": ground.pk}
    assert decide(sign_in(Role.REGISTRAR), change, **fields).status_code == 403
    assert decide(sign_in(Role.REGIONAL_DIRECTOR), change, **fields).status_code == 302
    change.registrant.refresh_from_db()
    assert change.registrant.state == RegistrantState.STRUCK_OFF


def test_the_grounds_offered_go_with_what_happened(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    codes = {}
    for kind in (ChangeKind.EXIT, ChangeKind.DEATH):
        form = page(client, "change", ChangeRequestFactory(kind=kind).pk).context["form"]
        codes[kind] = {ground.code for ground in form.fields["exit_ground"].queryset}
    assert codes[ChangeKind.DEATH] == {"death"}
    assert "death" not in codes[ChangeKind.EXIT]


def test_several_renewals_are_entered_and_accepted_at_once(sign_in):
    RegisterRules.objects.create(region_id="11", registration_months=12)
    people = [RegistrantFactory(valid_until=timezone.localdate()) for _ in range(3)]
    chosen = [person.pk for person in people[:2]]
    client = sign_in(Role.REGISTRAR)
    url = reverse("registry:renewals")
    assert "checks" in client.post(url, {"registrants": chosen, "checks": ["phone"]}).context["form"].errors
    client.post(url, {"registrants": chosen, "checks": ["photograph", "phone", "workplace"]})
    made = list(ChangeRequest.objects.values_list("pk", flat=True))
    assert len(made) == 2
    other = sign_in(Role.REGISTRAR)
    other.post(reverse("registry:renewals_accept"), {"renewals": [*made, "x", "²", "9" * 5000]})
    assert ChangeRequest.objects.filter(state=ChangeState.APPROVED).count() == 2
    people[0].refresh_from_db()
    assert people[0].valid_until > timezone.localdate() + timedelta(days=360)


def test_no_renewal_page_nags_where_registrations_do_not_end(sign_in):
    RegistrantFactory(valid_until=timezone.localdate())
    client = sign_in(Role.REGISTRAR)
    response = page(client, "renewals")
    assert response.context["has_length"] is False
    assert not response.context["page"].object_list


@pytest.mark.parametrize("kind", ChangeKind.values)
@pytest.mark.parametrize("state", [ChangeState.APPROVED, ChangeState.REFUSED])
def test_every_decision_has_its_letter(sign_in, kind, state):
    change = ChangeRequestFactory(kind=kind, state=state)
    letter = page(sign_in(Role.REGISTRAR), "change_letter", change.pk, "ar")
    assert letter.content.startswith(b"%PDF")


def test_the_next_request_is_the_oldest_that_is_ones_own_to_decide(sign_in):
    registrar = sign_in(Role.REGISTRAR)
    ChangeRequestFactory(entered_by=registrar.user, submitted_by=registrar.user)
    ChangeRequestFactory(kind=ChangeKind.DEATH)
    oldest, _newer = ChangeRequestFactory(), ChangeRequestFactory()
    assert page(registrar, "change_next").url == reverse("registry:change", args=[oldest.pk])
    assert page(registrar, "changes", waiting="decide").context["page"][0] == oldest
    refused = sign_in(Role.REGISTRAR, region="12")
    assert page(refused, "change_next").url == reverse("registry:changes")


def test_who_made_a_request_is_told_so_instead_of_being_asked(sign_in):
    registrar = sign_in(Role.REGISTRAR)
    own = ChangeRequestFactory(entered_by=registrar.user, submitted_by=registrar.user)
    other = ChangeRequestFactory()
    for change, asked in ((own, False), (other, True)):
        assert ('name="decision"' in page(registrar, "change", change.pk).content.decode()) is asked
