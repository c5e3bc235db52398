"""Entering registration targets: all of a region's provinces at once, or nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import Province, Region, User
from registry.models import RegistrationTarget


@dataclass(frozen=True)
class EnteredTarget:
    """What the grid says of one province: the number (None: not set) and the mark of what was shown."""

    province_code: str
    number: int | None
    mark: str


@transaction.atomic
def set_targets(*, region: Region, year: int, entered: list[EnteredTarget], by: User) -> int:
    """Keep the targets of a region's provinces for a year; returns how many changed.

    Raises:
        ActionRefused: somebody changed one of them after the grid was shown; nothing is kept then.
    """
    # A target that is not there yet has no row to lock: whoever enters a region's targets locks the region.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    provinces = {province.pk: province for province in Province.objects.filter(region=region)}
    known = RegistrationTarget.objects.filter(province__in=provinces).of_year(year)
    changed = 0
    for line in entered:
        target = known.get(line.province_code)
        before = target.number if target else None
        if before == line.number:
            continue
        province = provinces[line.province_code]
        if (target.mark if target else "") != line.mark:
            raise ActionRefused(
                _("The target of %(province)s was changed meanwhile to %(number)s: look at it again.")
                % {"province": province.name, "number": before if target else _("not set")}
            )
        _keep(target, province, year, line.number, by)
        changed += 1
    return changed


def _keep(
    target: RegistrationTarget | None, province: Province, year: int, number: int | None, by: User
) -> None:
    before = target.number if target else None
    if number is None:
        target.delete()
    elif target:
        target.number, target.set_by = number, by
        target.version += 1
        target.save()
    else:
        RegistrationTarget.objects.create(province=province, year=year, number=number, set_by=by)
    audit.record(
        action="registry.target.set",
        by=by,
        subject=province,
        region_code=province.region_id,
        before={"year": year, "number": before},
        after={"year": year, "number": number},
    )
