"""Founding assemblies: the frozen list, who came, the quorum."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry import convocation_lists
from registry.actions.assemblies import (
    close_attendance,
    close_without_effect,
    convoke_assembly,
    note_absent,
    note_present,
    note_represented,
    quorum_of,
)
from registry.actions.founding import called_person
from registry.models import Convocation, Craft, FoundingAssembly, RegisterRules, RegistrantCraft
from tests.factories.bodies import convoked_assembly, founded_body, held_assembly, invitation, planned_body
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def set_rules(**rules):
    RegisterRules.objects.update_or_create(region_id="11", defaults=rules)


def called(assembly) -> set:
    return {convocation.registrant for convocation in assembly.convocations.select_related("registrant")}


def test_people_of_the_branch_who_live_there_are_called():
    body = planned_body()
    here, twice = RegistrantFactory(), RegistrantFactory()
    second_craft = Craft.objects.current().filter(branch=body.branch)[1]
    RegistrantCraft.objects.create(registrant=twice, craft=second_craft)
    RegistrantFactory(commune=DAKHLA_COMMUNE)
    RegistrantFactory(candidate=True)
    RegistrantFactory(state="suspended")
    RegistrantFactory(craft=Craft.objects.current().last())
    assembly = convoke_assembly(body=body, invitation=invitation(), by=body.created_by)
    assert called(assembly) == {here, twice}
    assert (assembly.called_count, assembly.number) == (2, 1)
    body.refresh_from_db()
    assert body.state == "convoked"
    assert AuditEvent.objects.about(body).first().after == {"state": "convoked", "called": 2}


def test_organisations_are_called_where_the_convener_says_so():
    person = RegistrantFactory()
    cooperative = RegistrantFactory(
        kind="cooperative", organisation_name_ar="تعاونية", organisation_name_latin="Coopérative"
    )
    body = planned_body()
    assert set(convocation_lists.people_called(body, "persons")) == {person}
    assert set(convocation_lists.people_called(body, "everybody")) == {person, cooperative}


def test_a_regional_assembly_may_call_the_office_holders_below():
    provincial = founded_body()
    regional = planned_body(level="regional")
    RegistrantFactory()
    assembly = convoke_assembly(
        body=regional, invitation=invitation(convoked="office_holders"), by=regional.created_by
    )
    assert called(assembly) == {mandate.registrant for mandate in provincial.mandates.all()}


def test_the_list_stays_as_it_was_when_it_was_convoked():
    assembly = convoked_assembly()
    before = called(assembly)
    RegistrantFactory()
    assert called(assembly) == before
    assert list(assembly.convocations.values_list("position", flat=True)) == [1, 2, 3]


def test_nobody_to_call_is_no_assembly():
    body = planned_body()
    with pytest.raises(ActionRefused, match="nobody to call"):
        convoke_assembly(body=body, invitation=invitation(), by=body.created_by)


def test_more_than_can_meet_are_not_called(monkeypatch):
    monkeypatch.setattr("registry.actions.assemblies.MOST_CALLED", 2)
    with pytest.raises(ActionRefused, match="cannot meet"):
        convoked_assembly(people=3)


def test_one_assembly_at_a_time():
    assembly = convoked_assembly()
    with pytest.raises(ActionRefused, match="convoked already"):
        convoke_assembly(body=assembly.body, invitation=invitation(), by=assembly.convoked_by)
    with pytest.raises(IntegrityError, match="assembly_one_live"), transaction.atomic():
        FoundingAssembly.objects.create(
            body=assembly.body,
            number=2,
            starts_at=timezone.now(),
            convoked="persons",
            convoked_by=assembly.convoked_by,
        )


def test_who_is_ticked_counts_once_and_a_tick_is_taken_back():
    assembly = convoked_assembly()
    one = assembly.convocations.first()
    for _click in range(2):
        note_present(convocation=one, by=assembly.convoked_by)
    assert quorum_of(assembly).attending == 1
    note_absent(convocation=one, by=assembly.convoked_by)
    assert quorum_of(assembly).attending == 0
    rows = AuditEvent.objects.filter(action="registry.attendance.noted")
    assert [row.after["attendance"] for row in rows] == ["absent", "present"]


def test_a_proxy_needs_somebody_present_and_no_more_than_allowed():
    assembly = convoked_assembly(people=4, proxies_each=1)
    by = assembly.convoked_by
    holder, first, second, other = assembly.convocations.all()
    with pytest.raises(ActionRefused, match="tick them first"):
        note_represented(convocation=first, holder=holder, by=by)
    note_present(convocation=holder, by=by)
    note_represented(convocation=first, holder=holder, by=by)
    note_represented(convocation=first, holder=holder, by=by)
    with pytest.raises(ActionRefused, match="as many proxies"):
        note_represented(convocation=second, holder=holder, by=by)
    with pytest.raises(ActionRefused, match="tick them first"):
        note_represented(convocation=other, holder=first, by=by)
    with pytest.raises(ActionRefused, match="take those back"):
        note_absent(convocation=holder, by=by)
    with pytest.raises(ActionRefused, match="is present"):
        note_represented(convocation=holder, holder=holder, by=by)
    assert quorum_of(assembly).attending == 2
    note_present(convocation=first, by=by)
    note_represented(convocation=second, holder=holder, by=by)
    assert quorum_of(assembly).attending == 3


def test_without_proxies_nobody_is_represented():
    holder, absent, _other = (assembly := convoked_assembly()).convocations.all()
    note_present(convocation=holder, by=assembly.convoked_by)
    with pytest.raises(ActionRefused, match="Nobody may be represented"):
        note_represented(convocation=absent, holder=holder, by=assembly.convoked_by)


def test_the_chambers_quorum_holds_an_assembly_back():
    set_rules(quorum_percent=50)
    assembly = convoked_assembly(people=3)
    by = assembly.convoked_by
    first, second, _third = assembly.convocations.all()
    with pytest.raises(ActionRefused, match="Nobody is ticked"):
        close_attendance(assembly=assembly, by=by)
    note_present(convocation=first, by=by)
    with pytest.raises(ActionRefused, match="1 more"):
        close_attendance(assembly=assembly, by=by)
    note_present(convocation=second, by=by)
    closed = close_attendance(assembly=assembly, by=by)
    assert (closed.state, closed.attending_count, closed.quorum_percent) == ("held", 2, 50)


def test_a_rule_changed_after_the_convocation_changes_nothing():
    assembly = convoked_assembly(people=3)
    set_rules(quorum_percent=100)
    note_present(convocation=assembly.convocations.first(), by=assembly.convoked_by)
    assert quorum_of(assembly).is_reached is None
    assert close_attendance(assembly=assembly, by=assembly.convoked_by).state == "held"


def test_once_closed_nobody_is_ticked():
    assembly = held_assembly()
    with pytest.raises(ActionRefused, match="closed"):
        note_absent(convocation=assembly.convocations.first(), by=assembly.convoked_by)
    with pytest.raises(ActionRefused, match="No assembly"):
        close_attendance(assembly=assembly, by=assembly.convoked_by)


@pytest.mark.parametrize("make", [convoked_assembly, held_assembly])
def test_without_effect_another_is_convoked(make):
    assembly = make()
    by = assembly.convoked_by
    with pytest.raises(ActionRefused, match="reason"):
        close_without_effect(assembly=assembly, reason="", by=by)
    close_without_effect(assembly=assembly, reason="لم يكتمل النصاب", by=by)
    assembly.body.refresh_from_db()
    assert assembly.body.state == "planned"
    again = convoke_assembly(body=assembly.body, invitation=invitation(), by=by)
    assert again.number == 2
    with pytest.raises(ActionRefused):
        close_without_effect(assembly=assembly, reason="مرة أخرى", by=by)


def test_somebody_is_found_by_number_place_or_name():
    assembly = convoked_assembly()
    one = assembly.convocations.select_related("registrant").last()
    person = one.registrant
    assert called_person(assembly, person.nia.replace("-", " ")) == person
    assert called_person(assembly, person.national_id.lower()) == person
    assert called_person(assembly, "٣") == person
    assert list(Convocation.objects.by_name(f"{person.family_name_latin} mohamed")) == [one]
    assert called_person(assembly, RegistrantFactory().nia) is None


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"attendance": "present"}, "convocation_attendance_is_noted"),
        (
            {"attendance": "represented", "noted_at": timezone.now()},
            "convocation_represented_by_somebody",
        ),
    ],
)
def test_the_database_refuses_an_attendance_that_makes_no_sense(changed, name):
    one = convoked_assembly().convocations.first()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Convocation.objects.filter(pk=one.pk).update(**changed)
