"""Leaving the register: by one's own wish with a certificate of non-activity, or by death."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import User
from registry.actions.changes.entering import enter, lock, lock_request, submit
from registry.actions.data import ScannedDocument
from registry.enums import ChangeKind, ChangeState, DocumentKind
from registry.models import ChangeRequest, Registrant


@transaction.atomic
def enter_exit(
    *,
    registrant: Registrant,
    documents: Sequence[ScannedDocument],
    by: User,
    effective_on: date | None = None,
    explanation: str = "",
) -> ChangeRequest:
    """A person asks at the counter to leave the register and brings the certificate.

    Raises:
        ActionRefused: the certificate is missing, or the same is asked already.
    """
    return _enter(
        ChangeKind.EXIT, ChangeState.SUBMITTED, registrant, documents, by, effective_on, explanation
    )


@transaction.atomic
def ask_exit(
    *,
    registrant: Registrant,
    documents: Sequence[ScannedDocument],
    by: User,
    effective_on: date | None = None,
    explanation: str = "",
) -> ChangeRequest:
    """A person asks from the own space; the chamber looks at the certificate before it goes on.

    Raises:
        ActionRefused: the certificate is missing, or the same is asked already.
    """
    return _enter(ChangeKind.EXIT, ChangeState.ASKED, registrant, documents, by, effective_on, explanation)


@transaction.atomic
def submit_exit(*, request: ChangeRequest, by: User) -> ChangeRequest:
    """The chamber has looked at what the person sent, and hands it to those who decide.

    Raises:
        ActionRefused: it is not waiting for that any more.
    """
    return submit(request=lock_request(request), by=by)


@transaction.atomic
def enter_death(
    *,
    registrant: Registrant,
    documents: Sequence[ScannedDocument],
    by: User,
    effective_on: date | None = None,
    explanation: str = "",
) -> ChangeRequest:
    """The family, or whoever brings the certificate, tells that a person has died.

    Raises:
        ActionRefused: the certificate is missing, the entry is an organisation's, or it is entered already.
    """
    if registrant.is_organisation:
        raise ActionRefused(_("This is the entry of an organisation: amend its representative instead."))
    return _enter(
        ChangeKind.DEATH, ChangeState.SUBMITTED, registrant, documents, by, effective_on, explanation
    )


_PROOFS = {ChangeKind.EXIT: DocumentKind.NON_ACTIVITY, ChangeKind.DEATH: DocumentKind.DEATH}


def _enter(
    kind: ChangeKind,
    state: ChangeState,
    registrant: Registrant,
    documents: Sequence[ScannedDocument],
    by: User,
    effective_on: date | None,
    explanation: str,
) -> ChangeRequest:
    if _PROOFS[kind] not in {scanned.kind for scanned in documents}:
        raise ActionRefused(_("The certificate is missing."))
    return enter(
        registrant=lock(registrant.pk),
        kind=kind,
        state=state,
        effective_on=effective_on,
        explanation=explanation,
        documents=documents,
        by=by,
    )
