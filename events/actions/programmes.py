"""Programmes and their caravans: opened, given other names."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import check_version
from events.models import Caravan, Programme

_TOLD = ("name_ar", "name_fr")


@transaction.atomic
def save_programme(
    *, name_ar: str, name_fr: str, programme: Programme | None = None, version: int | None = None, by: User
) -> Programme:
    """Open a programme, or give one other names; its code, by which it is known to files, stays.

    Args:
        version: the programme's when its form was opened; None for a new one.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        ActionRefused: one of this name is there already.
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk) if programme else Programme()
    before = audit.snapshot(locked, _TOLD) if programme else {}
    if programme:
        check_version(locked, version)
        locked.version += 1
    locked.name_ar, locked.name_fr = clean(name_ar), clean(name_fr)
    locked.code = locked.code or (slugify(locked.name_fr) or "programme")[:60]
    others = Programme.objects.exclude(pk=locked.pk)
    try:
        with transaction.atomic():
            if others.filter(name_ar=locked.name_ar).exists():
                raise IntegrityError
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("A programme of this name is there already.")) from error
    action = "events.programme.changed" if programme else "events.programme.opened"
    audit.record(action=action, by=by, subject=locked, before=before, after=audit.snapshot(locked, _TOLD))
    return locked


@transaction.atomic
def change_caravan(
    *, caravan: Caravan, programme: Programme, name_ar: str, name_fr: str, version: int | None, by: User
) -> Caravan:
    """Give a caravan other names or another programme; its region stays.

    Raises:
        ChangedMeanwhile: somebody else changed it since its form was opened (`version`).
        ActionRefused: it goes through another region than the actor's.
    """
    locked = Caravan.objects.select_for_update().get(pk=caravan.pk)
    if not by.sees_all_regions and by.region_id != locked.region_id:
        raise ActionRefused(_("This caravan goes through another region."))
    check_version(locked, version)
    told = ("programme", *_TOLD)
    before = audit.snapshot(locked, told)
    locked.programme, locked.name_ar, locked.name_fr = programme, clean(name_ar), clean(name_fr)
    locked.version += 1
    locked.save()
    audit.record(
        action="events.caravan.changed",
        by=by,
        subject=locked,
        region_code=locked.region_id,
        before=before,
        after=audit.snapshot(locked, told),
    )
    return locked
