"""The directory of guests: entries made and changed. Past invitations keep what they said."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
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
        ActionRefused: this function is in the directory already, the entry was changed by somebody else
            since, or it belongs to another region or to all.
    """
    locked = Guest.objects.select_for_update().get(pk=guest.pk) if guest else Guest()
    if guest and locked.version != version:
        raise ActionRefused(
            _("Somebody else changed this entry while you were working on it. Open it again.")
        )
    region = fields["region"]
    if not by.sees_all_regions and (region is None or region.pk != by.region_id):
        raise ActionRefused(_("You keep the directory of your own region only."))
    before = _told(locked) if guest else {}
    for name in GUEST_FIELDS:
        setattr(locked, name, clean(fields[name]) if isinstance(fields[name], str) else fields[name])
    locked.version += 1 if guest else 0
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("This guest is in the directory already.")) from error
    after = _told(locked)
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
    *, fields: dict[str, Any], by: User, institution: Institution | None = None
) -> Institution:
    """Enter an institution, or change one.

    Raises:
        ActionRefused: one of this name is there already.
    """
    locked = Institution.objects.select_for_update().get(pk=institution.pk) if institution else Institution()
    for name in INSTITUTION_FIELDS:
        setattr(locked, name, clean(fields[name]))
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise ActionRefused(_("An institution of this name is there already.")) from error
    audit.record(
        action="events.institution.changed" if institution else "events.institution.entered",
        by=by,
        subject=locked,
        after={"name_ar": locked.name_ar, "name_fr": locked.name_fr},
    )
    return locked


def _told(guest: Guest) -> dict[str, Any]:
    values = audit.snapshot(guest, GUEST_FIELDS)
    return {name: ("…" if value else "") if name in _PRIVATE else value for name, value in values.items()}
