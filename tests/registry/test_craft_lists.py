"""Versions of the list of crafts: drafts, the mapping, who decides."""

import pytest
from django.db import IntegrityError, transaction

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.actions.craft_changes import put_in_use
from registry.actions.craft_lists import discard_craft_list
from registry.actions.craft_mapping import confirm_proposals, decide_mapping, open_mapping
from registry.craft_comparison import compare
from registry.craft_matching import CraftMatcher
from registry.models import Craft, CraftChange, CraftList, CraftMapping
from tests.factories.core import UserFactory
from tests.factories.crafts import decided_change, new_list, rows_like
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def admin():
    return UserFactory(roles=(Role.NATIONAL_ADMIN,))


def test_a_new_list_is_a_draft_and_changes_nothing(admin):
    current = CraftList.objects.get(is_current=True)
    draft = new_list(official=True, by=admin)
    assert (draft.is_current, draft.is_official) == (False, True)
    assert CraftList.objects.get(is_current=True) == current
    assert Craft.objects.of(draft).count() == Craft.objects.current().count()
    row = AuditEvent.objects.about(draft).get()
    assert (row.action, row.actor_id) == ("registry.craft_list.added", str(admin.pk))


def test_a_draft_is_discarded_with_its_mapping_and_the_trail_remembers_it(admin):
    change = open_mapping(craft_list=new_list(by=admin), by=admin)
    discard_craft_list(craft_list=change.to_list, by=admin)
    assert not CraftList.objects.filter(pk=change.to_list_id).exists()
    assert AuditEvent.objects.filter(action="registry.craft_list.discarded").count() == 1


def test_a_list_in_use_or_once_in_use_is_not_discarded(admin):
    former = CraftList.objects.get(is_current=True)
    with pytest.raises(ActionRefused, match="it stays"):
        discard_craft_list(craft_list=former, by=admin)


def test_the_comparison_tells_new_renamed_and_missing():
    crafts = list(Craft.objects.current())
    rows = rows_like(crafts[1:])
    rows[0] = rows[0]._replace(craft_ar="اسم آخر تماما")
    rows.append(rows[1]._replace(craft_code="ZZ-1", craft_ar="حرفة جديدة"))
    found = compare(CraftList.objects.get(is_current=True), new_list(rows))
    assert [craft.code for craft in found.added] == ["ZZ-1"]
    assert found.missing == [crafts[0]]
    assert [now.name_ar for _was, now in found.renamed] == ["اسم آخر تماما"]
    assert found.same == len(crafts) - 2


def test_the_machine_proposes_across_codes_and_spellings(admin):
    crafts = list(Craft.objects.current())
    rows = [
        row._replace(craft_code=f"N{number}", craft_ar=row.craft_ar.replace("ة", "ه").replace("أ", "ا"))
        for number, row in enumerate(rows_like(crafts))
    ]
    change = open_mapping(craft_list=new_list(rows, by=admin), by=admin)
    proposed = change.mappings.select_related("from_craft", "to_craft")
    assert all(m.to_craft and m.to_craft.name_fr == m.from_craft.name_fr for m in proposed)
    assert {m.verdict for m in proposed} == {"proposed"}
    assert max(m.score for m in proposed) < 100, "another code is never certain"


def test_nothing_is_proposed_for_a_craft_like_no_other(admin):
    row = rows_like([Craft.objects.current().first()])[0]
    unlike = row._replace(craft_code="Z", craft_ar="ترصيع", craft_fr="Xylographie")
    assert (
        CraftMatcher(Craft.objects.of(new_list([unlike]))).best(Craft.objects.current().last()).craft is None
    )


def test_opening_the_mapping_twice_is_one_mapping(admin):
    draft = new_list(by=admin)
    first = open_mapping(craft_list=draft, by=admin)
    assert open_mapping(craft_list=draft, by=admin) == first
    assert CraftChange.objects.count() == 1


def test_the_list_in_use_is_not_mapped_onto_itself(admin):
    with pytest.raises(ActionRefused, match="in use already"):
        open_mapping(craft_list=CraftList.objects.get(is_current=True), by=admin)


def test_a_decision_is_signed_and_recorded(admin):
    change = open_mapping(craft_list=new_list(by=admin), by=admin)
    mapping = change.mappings.first()
    other = Craft.objects.of(change.to_list).last()
    decide_mapping(mapping=mapping, to_craft=other, by=admin)
    mapping.refresh_from_db()
    assert (mapping.to_craft, mapping.verdict, mapping.decided_by) == (other, "confirmed", admin)
    decide_mapping(mapping=mapping, to_craft=None, by=admin)
    mapping.refresh_from_db()
    assert (mapping.to_craft, mapping.verdict) == (None, "gone")
    rows = AuditEvent.objects.filter(action="registry.craft_mapping.decided")
    assert [row.after["verdict"] for row in rows] == ["gone", "confirmed"]


def test_a_craft_of_another_list_is_no_answer(admin):
    mapping = open_mapping(craft_list=new_list(by=admin), by=admin).mappings.first()
    with pytest.raises(ActionRefused, match="not of the new list"):
        decide_mapping(mapping=mapping, to_craft=Craft.objects.current().first(), by=admin)


def test_proposals_are_confirmed_once_and_only_those_asked_for(admin):
    change = open_mapping(craft_list=new_list(by=admin), by=admin)
    ids = list(change.mappings.values_list("pk", flat=True)[:3])
    assert confirm_proposals(change=change, mapping_ids=ids, by=admin) == 3
    assert confirm_proposals(change=change, mapping_ids=ids, by=admin) == 0
    assert change.mappings.filter(verdict="confirmed").count() == 3
    assert AuditEvent.objects.filter(action="registry.craft_mapping.confirmed").count() == 1


def test_the_list_is_not_put_in_use_while_a_craft_in_use_is_undecided(admin):
    person = RegistrantFactory()
    change = decided_change({}, by=admin)
    change.mappings.filter(from_craft=person.craft_links.get().craft).update(verdict="proposed")
    with pytest.raises(ActionRefused, match="1 craft that registrants have is still undecided"):
        put_in_use(change=change, by=admin)


def test_undecided_crafts_that_nobody_has_do_not_hold_it_up(admin, django_capture_on_commit_callbacks):
    change = decided_change({}, by=admin)
    change.mappings.update(verdict="proposed")
    with django_capture_on_commit_callbacks(execute=True):
        put_in_use(change=change, by=admin)
    assert CraftList.objects.get(is_current=True) == change.to_list


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"verdict": "confirmed", "to_craft": None}, "craft_mapping_confirmed_has_craft"),
        ({"verdict": "gone"}, "craft_mapping_gone_has_none"),
    ],
)
def test_the_database_refuses_a_verdict_that_contradicts_itself(admin, changed, name):
    change = open_mapping(craft_list=new_list(by=admin), by=admin)
    mapping = change.mappings.exclude(to_craft=None).first()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CraftMapping.objects.filter(pk=mapping.pk).update(**changed)
