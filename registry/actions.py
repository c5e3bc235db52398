"""Every change to the register: its state checked under a lock, audited in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Chamber, User
from registry.enums import EDITABLE_STATES, PERSON_KINDS, ApplicationState, DocumentKind, RegistrantState
from registry.models import Application, Craft, Document, Qualification, Registrant, RegistrantCraft
from registry.models.registrant import NAME_FIELDS
from registry.numbers import allocate_nia, new_tracking_number
from registry.signals import registrant_state_changed

PERSONAL_FIELDS = (
    "kind",
    *NAME_FIELDS,
    "gender",
    "birth_date",
    "national_id",
    "phone",
    "email",
    "commune",
    "address",
    "supervisor",
)


@dataclass(frozen=True)
class ScannedDocument:
    """A document saved anew by `core.images`: what it proves and its content."""

    kind: DocumentKind
    content: ContentFile
    content_type: str


@dataclass(frozen=True)
class ApplicationData:
    """What a registrar entered, checked by the form.

    `fields` are values of PERSONAL_FIELDS; the first craft is the principal. `photograph` and `documents`
    are None and empty when nothing new was sent.
    """

    fields: dict[str, Any]
    crafts: Sequence[Craft]
    qualification_kind: str
    qualification_title: str
    years_of_exercise: int | None
    consent: bool
    photograph: ContentFile | None = None
    documents: Sequence[ScannedDocument] = ()


@transaction.atomic
def open_application(*, data: ApplicationData, by: User) -> Application:
    """Enter a new candidate and the draft of the application.

    Raises:
        ActionRefused: somebody else entered the same identity number a moment ago.
    """
    region_id = data.fields["commune"].province.region_id
    registrant = _refused_before(data, region_id) or Registrant(region_id=region_id)
    _fill(registrant, data)
    try:
        with transaction.atomic():
            registrant.save()
            application = Application.objects.create(
                registrant=registrant, tracking_number=new_tracking_number(), entered_by=by
            )
    except IntegrityError as error:
        raise ActionRefused(_("Somebody with this identity number is on file already.")) from error
    _store_evidence(registrant, application, data, by)
    audit.record(
        action="registry.application.opened",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        after={**audit.snapshot(registrant, PERSONAL_FIELDS), "tracking_number": application.tracking_number},
    )
    return application


@transaction.atomic
def change_application(
    *, application: Application, data: ApplicationData, version: int, by: User
) -> Application:
    """Save changes to a draft or to an application sent back.

    Raises:
        ActionRefused: the application is no longer open for changes, or somebody changed it since the form
            was opened (`version` is the registrant's at that time).
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    registrant = Registrant.objects.select_for_update().get(pk=locked.registrant_id)
    if locked.state not in EDITABLE_STATES:
        raise ActionRefused(_("This application is no longer open for changes."))
    if registrant.version != version:
        raise ActionRefused(_("Somebody else changed this file while you were working on it. Open it again."))
    before = audit.snapshot(registrant, PERSONAL_FIELDS)
    _fill(registrant, data)
    registrant.region_id = data.fields["commune"].province.region_id
    registrant.version += 1
    try:
        with transaction.atomic():
            registrant.save()
    except IntegrityError as error:
        raise ActionRefused(_("Somebody with this identity number is on file already.")) from error
    _store_evidence(registrant, locked, data, by)
    after = audit.snapshot(registrant, PERSONAL_FIELDS)
    changed = [field for field in PERSONAL_FIELDS if before[field] != after[field]]
    audit.record(
        action="registry.application.changed",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return locked


@transaction.atomic
def submit_application(*, application: Application, by: User) -> Application:
    """Hand a complete application to those who decide. Submitting twice is submitting once.

    Raises:
        ActionRefused: decided already, or consent, photograph or qualification is missing.
    """
    locked = Application.objects.select_for_update().select_related("registrant").get(pk=application.pk)
    if locked.state == ApplicationState.SUBMITTED:
        return locked
    if locked.state not in EDITABLE_STATES:
        raise ActionRefused(_("This application has been decided already."))
    missing = missing_parts(locked)
    if missing:
        raise ActionRefused(_("Still missing: %(parts)s.") % {"parts": _("، ").join(missing)})
    before = {"state": locked.state}
    locked.state = ApplicationState.SUBMITTED
    locked.submitted_at = timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    _record_application(locked, "registry.application.submitted", by, before)
    return locked


def missing_parts(application: Application) -> list[str]:
    """What keeps an application from being submitted, in the reader's words."""
    registrant = application.registrant
    parts = []
    if not registrant.photograph:
        parts.append(_("the photograph"))
    if not registrant.craft_links.filter(is_principal=True).exists():
        parts.append(_("the craft"))
    if not registrant.qualifications.exists():
        parts.append(_("the proof of qualification"))
    if application.consent_at is None:
        parts.append(_("the consent"))
    return parts


@transaction.atomic
def approve_application(*, application: Application, by: User) -> Registrant:
    """Enter the candidate on the register and give the number.

    Raises:
        ActionRefused: not awaiting a decision (a second click, another person), the decider entered it, or
            the chamber's format gives a number that somebody has.
    """
    locked = _lock_for_decision(application, by)
    registrant = Registrant.objects.select_for_update().get(pk=locked.registrant_id)
    chamber = Chamber.objects.get(region_id=registrant.region_id)
    registrant.nia = allocate_nia(chamber)
    registrant.state = RegistrantState.REGISTERED
    registrant.registered_on = timezone.localdate()
    registrant.version += 1
    try:
        with transaction.atomic():
            registrant.save()
    except IntegrityError as error:
        raise ActionRefused(
            _("The chamber's number format gives a number that is taken already: change the format first.")
        ) from error
    _decide(locked, ApplicationState.APPROVED, by, reason="")
    audit.record(
        action="registry.registrant.registered",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        after={"nia": registrant.nia, "state": registrant.state},
    )
    transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=registrant))
    return registrant


@transaction.atomic
def return_application(*, application: Application, reason: str, by: User) -> Application:
    """Send an application back to be corrected, saying what is wrong."""
    locked = _lock_for_decision(application, by)
    before = {"state": locked.state}
    locked.state = ApplicationState.TO_CORRECT
    locked.decision_reason = _reason(reason)
    locked.save(update_fields=["state", "decision_reason"])
    _record_application(locked, "registry.application.returned", by, before, reason=locked.decision_reason)
    return locked


@transaction.atomic
def reject_application(*, application: Application, reason: str, by: User) -> Application:
    """Refuse an application with a reason; the person may apply again."""
    locked = _lock_for_decision(application, by)
    _decide(locked, ApplicationState.REJECTED, by, reason=_reason(reason))
    return locked


def record_reading(*, registrant: Registrant, by: User) -> None:
    """Somebody opened this person's file."""
    audit.record(
        action="registry.registrant.read", by=by, subject=registrant, region_code=registrant.region_id
    )


@transaction.atomic
def account_for(registrant: Registrant) -> User:
    """The account with which a registered person signs in by one-time code, made at the first sign-in."""
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    if locked.user_id is None:
        locked.user = User.objects.create_user(
            f"artisan-{locked.pk}",
            roles=["artisan"],
            name_ar=locked.person_name_ar,
            name_latin=locked.person_name_latin,
            phone=locked.phone,
            email=locked.email,
            is_demo=locked.is_demo,
        )
        locked.save(update_fields=["user"])
    elif (locked.user.phone, locked.user.email) != (locked.phone, locked.email):
        # The register knows where the code must go; the account only follows.
        locked.user.phone, locked.user.email = locked.phone, locked.email
        locked.user.save(update_fields=["phone", "email"])
    return locked.user


def _refused_before(data: ApplicationData, region_id: str) -> Registrant | None:
    """The same person's entry when earlier applications were all refused: the history stays in one place."""
    if data.fields["kind"] not in PERSON_KINDS:
        return None
    return (
        Registrant.objects.select_for_update()
        .filter(
            national_id=data.fields["national_id"],
            kind__in=PERSON_KINDS,
            state=RegistrantState.CANDIDATE,
            region_id=region_id,
        )
        .exclude(pk__in=Application.objects.exclude(state=ApplicationState.REJECTED).values("registrant_id"))
        .first()
    )


def _fill(registrant: Registrant, data: ApplicationData) -> None:
    for field, value in data.fields.items():
        setattr(registrant, field, clean(value) if isinstance(value, str) else value)
    if data.photograph is not None:
        registrant.photograph.save("portrait.jpg", data.photograph, save=False)


def _store_evidence(
    registrant: Registrant, application: Application, data: ApplicationData, by: User
) -> None:
    registrant.craft_links.all().delete()
    RegistrantCraft.objects.bulk_create(
        RegistrantCraft(registrant=registrant, craft=craft, is_principal=position == 0)
        for position, craft in enumerate(dict.fromkeys(data.crafts))
    )
    registrant.qualifications.all().delete()
    if data.qualification_kind:
        Qualification.objects.create(
            registrant=registrant,
            kind=data.qualification_kind,
            title=clean(data.qualification_title),
            years_of_exercise=data.years_of_exercise,
        )
    for scanned in data.documents:
        Document.objects.create(
            registrant=registrant,
            kind=scanned.kind,
            file=scanned.content,
            content_type=scanned.content_type,
            uploaded_by=by,
        )
    if data.consent and application.consent_at is None:
        application.consent_at = timezone.now()
        application.save(update_fields=["consent_at"])
        audit.record(
            action="registry.consent.recorded",
            by=by,
            subject=registrant,
            region_code=registrant.region_id,
            after={"tracking_number": application.tracking_number},
        )


def _lock_for_decision(application: Application, by: User) -> Application:
    locked = Application.objects.select_for_update().select_related("registrant").get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED:
        raise ActionRefused(_("This application is not waiting for a decision any more."))
    chamber = Chamber.objects.get(region_id=locked.registrant.region_id)
    if chamber.separate_maker_and_checker and locked.entered_by_id == by.pk:
        raise ActionRefused(_("You entered this application: another person decides on it."))
    return locked


def _decide(application: Application, state: ApplicationState, by: User, *, reason: str) -> None:
    before = {"state": application.state}
    application.state = state
    application.decided_by = by
    application.decided_at = timezone.now()
    application.decision_reason = reason
    application.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    _record_application(application, f"registry.application.{state}", by, before, reason=reason)


def _record_application(
    application: Application, action: str, by: User, before: dict, *, reason: str = ""
) -> None:
    audit.record(
        action=action,
        by=by,
        subject=application.registrant,
        region_code=application.registrant.region_id,
        before=before,
        after={"state": application.state, "tracking_number": application.tracking_number},
        reason=reason,
    )


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
