"""Lists of crafts for tests: a few of the working list's crafts under other codes and names."""

from django.core.files.base import ContentFile

from core.roles import Role
from registry.actions.craft_lists import add_craft_list
from registry.actions.craft_mapping import open_mapping
from registry.craft_files import CraftRow
from registry.models import Craft, CraftChange, CraftList, CraftMapping
from tests.factories.core import UserFactory

HEADING = "class_code,class_ar,class_fr,branch_code,branch_ar,branch_fr,craft_code,craft_ar,craft_fr"


def csv_upload(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> ContentFile:
    return ContentFile("\r\n".join([heading, *lines]).encode(encoding), name="crafts.csv")


def rows_like(crafts) -> list[CraftRow]:
    """The same crafts as rows of a file."""
    return [
        CraftRow(
            craft.branch.class_code,
            craft.branch.class_name_ar,
            craft.branch.class_name_fr,
            craft.branch.code,
            craft.branch.name_ar,
            craft.branch.name_fr,
            craft.code,
            craft.name_ar,
            craft.name_fr,
        )
        for craft in crafts
    ]


def new_list(rows=None, *, official: bool = True, by=None) -> CraftList:
    """A draft with the crafts in use, or with `rows`."""
    return add_craft_list(
        rows=rows or rows_like(Craft.objects.current()),
        name_ar="اللائحة الجديدة 2027",
        name_fr="Nouvelle liste 2027",
        is_official=official,
        by=by or UserFactory(roles=(Role.NATIONAL_ADMIN,)),
    )


def decided_change(pairs: dict[Craft, str | None], *, by=None) -> CraftChange:
    """A mapping onto a copy of the list in use: each given craft to the code given, the rest to their own.

    A code of None says that the craft no longer exists.
    """
    by = by or UserFactory(roles=(Role.NATIONAL_ADMIN,))
    change = open_mapping(craft_list=new_list(by=by), by=by)
    targets = {craft.code: craft for craft in Craft.objects.of(change.to_list)}
    wanted = {craft.pk: code for craft, code in pairs.items()}
    mappings = list(change.mappings.select_related("from_craft"))
    for mapping in mappings:
        code = wanted.get(mapping.from_craft_id, mapping.from_craft.code)
        mapping.to_craft = targets[code] if code else None
        mapping.verdict = "confirmed" if code else "gone"
    CraftMapping.objects.bulk_update(mappings, ["to_craft", "verdict"])
    return change
