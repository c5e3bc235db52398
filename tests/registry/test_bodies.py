"""Craft bodies: planned, seen, shown, dissolved; documents and members."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.images import ReencodedDocument
from core.models import AuditEvent, Province, Region
from core.roles import Role
from registry.actions.bodies import (
    add_body_document,
    dissolve_body,
    plan_body,
    remove_planned_body,
    show_president,
)
from registry.actions.memberships import join_body, leave_body
from registry.demo.bodies import add_demo_bodies
from registry.models import BodyMembership, Craft, CraftBody
from tests.factories.bodies import (
    add_statutes,
    branch,
    convoked_assembly,
    founded_body,
    founder,
    planned_body,
)
from tests.factories.core import UserFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_planned_body_is_named_by_level_branch_and_territory():
    body = planned_body()
    assert (body.state, body.region_id, body.province_id) == ("planned", "11", "11.321")
    assert body.name_ar.startswith("الهيئة الحرفية الإقليمية") and "العيون" in body.name_ar
    assert body.territory == body.province.name
    assert AuditEvent.objects.about(body).get().action == "registry.body.planned"


def test_one_body_a_branch_and_territory():
    body = planned_body()
    with pytest.raises(ActionRefused, match="already"):
        planned_body(by=body.created_by)
    assert planned_body(level="regional").pk and planned_body(level="national").pk
    with pytest.raises(ActionRefused, match="already"):
        planned_body(level="national")


def test_once_dissolved_there_may_be_another():
    body = founded_body()
    dissolve_body(body=body, dissolved_on=timezone.localdate(), reason="قرار", by=body.created_by)
    assert planned_body().pk != body.pk


@pytest.mark.parametrize(
    "territory",
    [
        {"level": "provincial", "region_id": "11"},
        {"level": "regional", "region_id": "11", "province_id": "11.321"},
        {"level": "national", "region_id": "11"},
        {"level": "regional"},
    ],
    ids=lambda territory: "-".join(map(str, territory.values())),
)
def test_the_database_refuses_a_territory_of_another_level(territory):
    with pytest.raises(IntegrityError, match="craft_body_territory_goes_with_level"), transaction.atomic():
        CraftBody.objects.create(
            branch=branch(), name_ar="هيئة", name_fr="Organisme", created_by=founder(), **territory
        )


def test_a_region_founds_its_own_bodies_only():
    director = founder("12")
    laayoune = Province.objects.select_related("region").get(code="11.321")
    for level, region, province in (
        ("provincial", laayoune.region, laayoune),
        ("regional", laayoune.region, None),
        ("national", None, None),
    ):
        with pytest.raises(ActionRefused, match="not yours"):
            plan_body(level=level, branch=branch(), region=region, province=province, by=director)


def test_who_sees_and_who_changes_what():
    here, national = planned_body(), planned_body(level="national")
    elsewhere = planned_body(commune=DAKHLA_COMMUNE)
    registrar, admin = UserFactory(), founder("")
    seen = CraftBody.objects.visible_to(registrar)
    assert set(seen) == {here, national}
    assert set(CraftBody.objects.changeable_by(registrar)) == {here}
    assert set(CraftBody.objects.visible_to(admin)) == {here, national, elsewhere}
    assert set(CraftBody.objects.changeable_by(admin)) == {here, national, elsewhere}
    assert not CraftBody.objects.visible_to(UserFactory(roles=(Role.ARTISAN,), region=None)).exists()


def test_documents_are_seen_with_their_body():
    body, national = planned_body(), planned_body(level="national")
    mine, theirs = add_statutes(body), add_statutes(national)
    elsewhere = founder("12")
    assert list(type(mine).objects.visible_to(elsewhere)) == [theirs]
    assert list(type(mine).objects.changeable_by(elsewhere)) == []


def test_a_planned_body_without_history_is_removed_and_others_stay():
    body = planned_body()
    remove_planned_body(body=body, by=body.created_by)
    assert not CraftBody.objects.filter(pk=body.pk).exists()
    assert AuditEvent.objects.filter(action="registry.body.removed").count() == 1
    called = convoked_assembly().body
    with pytest.raises(ActionRefused, match="it stays"):
        remove_planned_body(body=called, by=called.created_by)


def test_dissolved_its_mandates_and_memberships_end():
    body = founded_body()
    day = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionRefused, match="not in the future"):
        dissolve_body(body=body, dissolved_on=day, reason="قرار", by=body.created_by)
    with pytest.raises(ActionRefused, match="reason"):
        dissolve_body(body=body, dissolved_on=timezone.localdate(), reason=" ", by=body.created_by)
    dissolve_body(body=body, dissolved_on=timezone.localdate(), reason="قرار", by=body.created_by)
    body.refresh_from_db()
    assert body.state == "dissolved"
    assert not body.mandates.in_force().exists()
    assert not body.memberships.active().exists()
    row = AuditEvent.objects.about(body).first()
    assert (row.action, row.reason) == ("registry.body.dissolved", "قرار")
    with pytest.raises(ActionRefused, match="not founded"):
        dissolve_body(body=body, dissolved_on=timezone.localdate(), reason="قرار", by=body.created_by)


def test_the_presidents_name_is_public_only_when_somebody_says_so():
    body = founded_body()
    assert CraftBody.objects.public().get(pk=body.pk).president_ar is None
    show_president(body=body, shown=True, by=body.created_by)
    president = body.mandates.get(post="president").registrant
    shown = CraftBody.objects.public().get(pk=body.pk)
    assert (shown.president_ar, shown.president_fr) == (president.person_name_ar, president.person_name_latin)
    show_president(body=body, shown=True, by=body.created_by)
    assert AuditEvent.objects.filter(action="registry.body.shown").count() == 1


def test_a_document_is_kept_and_recorded():
    body = planned_body()
    scan = ReencodedDocument(ContentFile(b"%PDF-1.7", name="a.pdf"), "application/pdf")
    document = add_body_document(body=body, kind="receipt", scan=scan, by=body.created_by)
    assert (document.kind, document.content_type) == ("receipt", "application/pdf")
    assert AuditEvent.objects.about(body).first().action == "registry.body.document_added"


def test_somebody_joins_once_leaves_and_joins_again():
    body = founded_body()
    person, by, today = RegistrantFactory(), body.created_by, timezone.localdate()
    membership = join_body(body=body, registrant=person, joined_on=today, by=by)
    with pytest.raises(ActionRefused, match="member already"):
        join_body(body=body, registrant=person, joined_on=today, by=by)
    with pytest.raises(ActionRefused, match="Give a reason"):
        leave_body(membership=membership, left_on=today, reason="", by=by)
    leave_body(membership=membership, left_on=today, reason="طلب", by=by)
    with pytest.raises(ActionRefused, match="ended already"):
        leave_body(membership=membership, left_on=today, reason="طلب", by=by)
    join_body(body=body, registrant=person, joined_on=today, by=by)
    assert body.memberships.filter(registrant=person).count() == 2
    actions = AuditEvent.objects.about(body).values_list("action", flat=True)[:3]
    assert list(actions) == [
        "registry.body.member_joined",
        "registry.body.member_left",
        "registry.body.member_joined",
    ]


def test_members_are_of_the_branch_and_the_territory():
    body = founded_body()
    other_craft = Craft.objects.current().exclude(branch=body.branch).first()
    for stranger in (
        RegistrantFactory(commune=DAKHLA_COMMUNE),
        RegistrantFactory(craft=other_craft),
        RegistrantFactory(candidate=True),
    ):
        with pytest.raises(ActionRefused, match="not registered with a craft"):
            join_body(body=body, registrant=stranger, joined_on=timezone.localdate(), by=body.created_by)


def test_nobody_joins_a_body_that_is_not_founded_nor_before_it_was():
    planned = planned_body()
    person = RegistrantFactory()
    with pytest.raises(ActionRefused, match="Only a founded body"):
        join_body(body=planned, registrant=person, joined_on=timezone.localdate(), by=planned.created_by)
    body = founded_body(body=planned)
    with pytest.raises(ActionRefused, match="after the body was founded"):
        join_body(body=body, registrant=RegistrantFactory(), joined_on=date(2020, 1, 1), by=body.created_by)


def test_who_holds_a_post_does_not_leave():
    body = founded_body()
    president = body.mandates.get(post="president").registrant
    membership = body.memberships.get(registrant=president)
    with pytest.raises(ActionRefused, match="holds a post"):
        leave_body(membership=membership, left_on=timezone.localdate(), reason="طلب", by=body.created_by)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"left_on": date(2020, 1, 1), "leaving_reason": "x"}, "membership_ends_after_it_began"),
        ({"left_on": date(2030, 1, 1)}, "membership_end_has_reason"),
    ],
)
def test_the_database_refuses_a_membership_that_makes_no_sense(changed, name):
    membership = founded_body().memberships.first()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BodyMembership.objects.filter(pk=membership.pk).update(**changed)


def test_the_database_keeps_one_active_membership_a_person():
    membership = founded_body().memberships.first()
    with pytest.raises(IntegrityError, match="membership_one_active"), transaction.atomic():
        BodyMembership.objects.create(
            body=membership.body, registrant=membership.registrant, joined_on=date(2026, 1, 1)
        )


def test_progress_counts_every_region_and_no_dissolved_body():
    founded_body()
    planned_body(commune=DAKHLA_COMMUNE)
    gone = founded_body(body=planned_body(level="regional"))
    dissolve_body(body=gone, dissolved_on=timezone.localdate(), reason="قرار", by=gone.created_by)
    counts = CraftBody.objects.founded_by_region()
    assert counts == {"11": {"founded": 1}, "12": {"planned": 1}}
    assert Region.objects.count() == 12


def test_the_demo_founds_one_body_and_convokes_another():
    people = [RegistrantFactory() for _ in range(4)]
    second = Craft.objects.current().exclude(branch=branch()).first()
    people += [RegistrantFactory(craft=second) for _ in range(3)]
    founded, convoked = add_demo_bodies(province=people[0].commune.province, by=founder())
    founded.refresh_from_db()
    convoked.refresh_from_db()
    assert (founded.state, convoked.state) == ("founded", "convoked")
    assert founded.is_demo and convoked.is_demo
    assert founded.mandates.count() == 3
