"""Transfers: a file goes to the chamber of another region and keeps its number for ever."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.arabic import compact_number
from core.exceptions import ActionRefused
from core.models import Commune, User
from registry.actions.changes.effects import refuse_card_on_its_way
from registry.actions.changes.entering import due_on, enter, lock, lock_request, submit
from registry.actions.data import ScannedDocument
from registry.enums import ChangeKind, ChangeState
from registry.held_values import differences
from registry.models import ChangeRequest, Registrant
from registry.validators import normalise_national_id


@transaction.atomic
def enter_transfer(
    *,
    registrant: Registrant,
    commune: Commune,
    address: str,
    explanation: str,
    by: User,
    documents: Sequence[ScannedDocument] = (),
) -> ChangeRequest:
    """The chamber that holds the file offers it to the chamber of the new commune.

    Raises:
        ActionRefused: the commune lies in the same region, or a transfer is open already.
    """
    return _enter(lock(registrant.pk), ChangeState.SUBMITTED, commune, address, explanation, documents, by)


@transaction.atomic
def ask_transfer(
    *,
    nia: str,
    national_id: str,
    commune: Commune,
    address: str,
    explanation: str,
    by: User,
    documents: Sequence[ScannedDocument] = (),
) -> ChangeRequest:
    """The chamber of the new commune asks for a file that it cannot see; its holder releases it first.

    Both numbers are needed, and one answer is given for whatever does not fit, so that nobody learns from it
    who is registered elsewhere.

    Raises:
        ActionRefused: no such entry in another region, or a transfer is open already.
    """
    found = Registrant.objects.filter(
        nia_compact=compact_number(nia), national_id=normalise_national_id(national_id)
    ).first()
    if found is None:
        raise ActionRefused(_("No entry of another region has both of these numbers."))
    return _enter(lock(found.pk), ChangeState.ASKED, commune, address, explanation, documents, by)


@transaction.atomic
def release_transfer(*, request: ChangeRequest, by: User) -> ChangeRequest:
    """The chamber that holds the file agrees: from now on the other one decides, within its own time.

    Raises:
        ActionRefused: it is not waiting for that any more, or a card of the person is on its way.
    """
    locked = lock_request(request)
    refuse_card_on_its_way(locked.registrant)
    return submit(request=locked, due_on=due_on(ChangeKind.TRANSFER, locked.destination_id), by=by)


def _enter(
    registrant: Registrant,
    state: ChangeState,
    commune: Commune,
    address: str,
    explanation: str,
    documents: Sequence[ScannedDocument],
    by: User,
) -> ChangeRequest:
    destination_id = commune.province.region_id
    if destination_id == registrant.region_id:
        raise ActionRefused(_("This person is registered in that region already: amend the file instead."))
    return enter(
        registrant=registrant,
        kind=ChangeKind.TRANSFER,
        state=state,
        destination_id=destination_id,
        changes=differences(registrant, {"commune": commune, "address": address}),
        explanation=explanation,
        documents=documents,
        by=by,
    )
