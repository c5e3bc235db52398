"""Entering applications: opened, changed, submitted."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.data import PERSONAL_FIELDS, ApplicationData
from registry.actions.duplicates import look_for_duplicates, refuse_merged
from registry.actions.flags import refresh_flags
from registry.actions.trail import record_application
from registry.enums import EDITABLE_STATES, PERSON_KINDS, ApplicationState, Kind, RegistrantState
from registry.models import Application, Document, Member, Qualification, Registrant, RegistrantCraft
from registry.numbers import new_tracking_number
from registry.validators import validate_conditions


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
    refresh_flags(registrant)
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
    refuse_merged(registrant)
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
    refresh_flags(registrant)
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
        ActionRefused: decided already; consent, photograph or qualification is missing; or the entry was
            merged into another.
    """
    locked = Application.objects.select_for_update().select_related("registrant").get(pk=application.pk)
    if locked.state == ApplicationState.SUBMITTED:
        return locked
    move = lifecycle.APPLICATION.check("submit", locked.state)
    refuse_merged(locked.registrant)
    missing = missing_parts(locked)
    if missing:
        raise ActionRefused(_("Still missing: %(parts)s.") % {"parts": _("، ").join(missing)})
    before = {"state": locked.state}
    locked.state = move.to
    locked.submitted_at = timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    refresh_flags(locked.registrant)
    look_for_duplicates(locked.registrant_id)
    record_application(locked, "registry.application.submitted", by, before)
    return locked


def missing_parts(application: Application) -> list[str]:
    """What keeps an application from being submitted, in the reader's words."""
    registrant = application.registrant
    parts = []
    if not registrant.photograph:
        parts.append(_("the photograph"))
    for refusal in _conditions_unmet(registrant):
        parts.append(refusal)
    if application.consent_at is None:
        parts.append(_("the consent"))
    return parts


def _conditions_unmet(registrant: Registrant) -> list[str]:
    """Why the entry is not yet one of its kind."""
    try:
        validate_conditions(
            kind=registrant.kind,
            crafts=registrant.craft_links.count(),
            qualifications=list(registrant.qualifications.values_list("kind", "years_of_exercise")),
            members=registrant.members.count(),
        )
    except ValidationError as error:
        return [message.rstrip(".") for message in error.messages]
    return []


def _refused_before(data: ApplicationData, region_id: str) -> Registrant | None:
    """The same person's entry when earlier applications were all refused: the history stays in one place.

    One that was merged into another shows nowhere, and may bear a number that was never its person's.
    """
    if data.fields["kind"] not in PERSON_KINDS:
        return None
    return (
        Registrant.objects.unmerged()
        .select_for_update()
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
    Qualification.objects.bulk_create(
        Qualification(
            registrant=registrant,
            kind=given.kind,
            title=clean(given.title),
            years_of_exercise=given.years_of_exercise,
        )
        for given in data.qualifications
    )
    registrant.members.all().delete()
    Member.objects.bulk_create(
        Member(
            cooperative=registrant,
            registrant=given.registrant,
            name_ar=clean(given.name_ar),
            name_latin=clean(given.name_latin),
            national_id=given.national_id,
            role=given.role,
        )
        for given in (data.members if registrant.kind == Kind.COOPERATIVE else ())
    )
    if data.photograph is not None:
        _record_photograph(registrant, application, data.photograph_findings, by)
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


def _record_photograph(registrant: Registrant, application: Application, findings, by: User) -> None:
    """What the machine said against a photograph that was accepted by eye stays with the application."""
    application.photograph_findings = list(findings)
    application.save(update_fields=["photograph_findings"])
    if findings:
        audit.record(
            action="registry.photograph.accepted_by_eye",
            by=by,
            subject=registrant,
            region_code=registrant.region_id,
            after={"findings": list(findings), "tracking_number": application.tracking_number},
        )
