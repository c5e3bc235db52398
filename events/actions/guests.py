"""The directory of guests: entries made and changed. Past invitations keep what they said."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import check_version
from events.models import Guest, Institution

GUEST_FIELDS = (
    "name_ar",
    "name_fr",
    "title_ar",
    "title_fr",
    "institution",
    "category",
    "region",
    "registrant",
    "email",
    "phone",
    "is_active",
)
INSTITUTION_FIELDS = ("name_ar", "name_fr", "email", "phone")
# Of whom the trail tells that something changed, and not to what.
_PRIVATE = ("email", "phone")


@transaction.atomic
def save_guest(*, fields: dict[str, Any], by: User, guest: Guest | None = None, version: int = 0) -> Guest:
    """Enter somebody in the directory, or change an entry as it was when its form was opened (`version`).

    Raises:
        ChangedMeanwhile: somebody else changed the entry since.
        ActionRefused: this function is in the directory already, or it belongs to another region or to all.
    """
    locked = Guest.objects.select_for_update(of=("self",)).get(pk=guest.pk) if guest else Guest()
    if guest:
        check_version(locked, version)
    region = fields["region"]
    if not by.sees_all_regions and (region is None or region.pk != by.region_id):
        raise ActionRefused(_("You keep the directory of your own region only."))
    before = _told(locked, GUEST_FIELDS) if guest else {}
    for name in GUEST_FIELDS:
        setattr(locked, name, clean(fields[name]) if isinstance(fields[name], str) else fields[name])
    locked.version += 1 if guest else 0
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("This guest is in the directory already.")) from error
    after = _told(locked, GUEST_FIELDS)
    audit.record(
        action="events.guest.changed" if guest else "events.guest.entered",
        by=by,
        subject=locked,
        region_code=locked.region_id or "",
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before.get(name)},
    )
    return locked


@transaction.atomic
def save_institution(
    *, fields: dict[str, Any], by: User, institution: Institution | None = None, version: int = 0
) -> Institution:
    """Enter an institution, or change one as it was when its form was opened (`version`).

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        ActionRefused: one of this name is there already.
    """
    locked = Institution.objects.select_for_update().get(pk=institution.pk) if institution else Institution()
    if institution:
        check_version(locked, version)
        locked.version += 1
    before = _told(locked, INSTITUTION_FIELDS) if institution else {}
    for name in INSTITUTION_FIELDS:
        setattr(locked, name, clean(fields[name]))
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("An institution of this name is there already.")) from error
    after = _told(locked, INSTITUTION_FIELDS)
    audit.record(
        action="events.institution.changed" if institution else "events.institution.entered",
        by=by,
        subject=locked,
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before.get(name)},
    )
    return locked


def _told(record: Guest | Institution, fields: tuple[str, ...]) -> dict[str, Any]:
    values = audit.snapshot(record, fields)
    return {name: ("…" if value else "") if name in _PRIVATE else value for name, value in values.items()}
