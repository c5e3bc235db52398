"""Amendments: what a person says is wrong, and what the chamber proposes instead."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import Commune, User
from registry.actions.changes.entering import enter, lock, lock_request, submit
from registry.actions.data import ScannedDocument
from registry.enums import PERSON_KINDS, ChangeKind, ChangeState, Kind
from registry.held_values import differences, held_values
from registry.models import ChangeRequest, Registrant
from registry.validators import validate_conditions, validate_qualification


@transaction.atomic
def enter_amendment(
    *,
    registrant: Registrant,
    wanted: dict[str, Any],
    version: int,
    by: User,
    photograph: ContentFile | None = None,
    explanation: str = "",
    documents: Sequence[ScannedDocument] = (),
) -> ChangeRequest:
    """Propose new values for an entry; of `wanted`, fields of `held_values`, only what differs is kept.

    Raises:
        ActionRefused: nothing differs, the form was opened before somebody else's change (`version`), a value
            breaks a condition of the register, or an amendment is open already.
    """
    locked = lock(registrant.pk)
    changes = _changes(locked, wanted, version, photograph)
    request = enter(
        registrant=locked,
        kind=ChangeKind.AMENDMENT,
        changes=changes,
        explanation=explanation,
        documents=documents,
        by=by,
    )
    _keep_photograph(request, photograph)
    return request


@transaction.atomic
def prepare_amendment(
    *,
    request: ChangeRequest,
    wanted: dict[str, Any],
    version: int,
    by: User,
    photograph: ContentFile | None = None,
    documents: Sequence[ScannedDocument] = (),
) -> ChangeRequest:
    """Make of a person's wish the values that are to be decided on.

    Raises:
        ActionRefused: as `enter_amendment`, or it is not a wish any more.
    """
    locked = lock_request(request)
    changes = _changes(locked.registrant, wanted, version, photograph)
    submit(request=locked, changes=changes, documents=documents, by=by)
    _keep_photograph(locked, photograph)
    return locked


@transaction.atomic
def ask_correction(
    *,
    registrant: Registrant,
    about: str,
    explanation: str,
    by: User,
    documents: Sequence[ScannedDocument] = (),
) -> ChangeRequest:
    """A person says what is wrong in the own file; the chamber proposes the values with them.

    Raises:
        ActionRefused: an amendment is open already, or the entry is not on the register.
    """
    return enter(
        registrant=lock(registrant.pk),
        kind=ChangeKind.AMENDMENT,
        state=ChangeState.ASKED,
        about=about,
        explanation=explanation,
        documents=documents,
        by=by,
    )


def _changes(
    registrant: Registrant, wanted: dict[str, Any], version: int, photograph: ContentFile | None
) -> dict[str, dict]:
    if registrant.version != version:
        raise ActionRefused(_("Somebody else changed this file while you were working on it. Open it again."))
    changes = differences(registrant, wanted)
    if photograph is not None:
        changes["photograph"] = {"old": registrant.photograph.name or "", "new": "new"}
    if not changes:
        raise ActionRefused(_("Nothing differs from what the register holds."))
    _check(registrant, changes)
    return changes


def _check(registrant: Registrant, changes: dict[str, dict]) -> None:
    """Raises ActionRefused where a new value breaks a condition of the register."""
    new = {name: change["new"] for name, change in changes.items()}
    if "kind" in new and (registrant.kind, new["kind"]) != (Kind.ARTISAN, Kind.MASTER_ARTISAN):
        raise ActionRefused(_("An amendment makes an artisan a master artisan, and no other change of kind."))
    if new.keys() & {"kind", "qualification"}:
        _check_qualification({**held_values(registrant), **new})
    if registrant.is_organisation:
        _check_organisation(registrant, new)
    if "national_id" in new and registrant.kind in PERSON_KINDS:
        taken = Registrant.objects.person_with_national_id(new["national_id"])
        if taken and taken.pk != registrant.pk:
            raise ActionRefused(_("Somebody with this identity number is on file already."))
    if "commune" in new:
        commune = Commune.objects.select_related("province").get(pk=new["commune"])
        if commune.province.region_id != registrant.region_id:
            raise ActionRefused(_("This commune lies in another region: ask for a transfer instead."))


def _check_organisation(registrant: Registrant, new: dict[str, Any]) -> None:
    """What is not amended may lack something since it was taken over from elsewhere: it is not asked for."""
    try:
        validate_conditions(
            kind=registrant.kind,
            crafts=len(new.get("crafts", ["held"])),
            qualifications=[],
            members=len(new.get("members", ["held"])),
        )
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error


def _check_qualification(values: dict[str, Any]) -> None:
    kind, _title, years = values["qualification"] or ["", "", None]
    try:
        validate_qualification(kind=values["kind"], qualification=kind, years=years)
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error


def _keep_photograph(request: ChangeRequest, photograph: ContentFile | None) -> None:
    if photograph is not None:
        request.photograph.save("proposed.jpg", photograph, save=False)
        request.changes["photograph"]["new"] = request.photograph.name
        request.save(update_fields=["photograph", "changes"])
