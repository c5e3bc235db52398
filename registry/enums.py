"""The words of the register (law 50.17 and its decrees; terms of the glossary)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    ARTISAN = "artisan", _("Artisan")
    MASTER_ARTISAN = "master_artisan", _("Master artisan")
    COOPERATIVE = "cooperative", _("Craft cooperative")
    ENTERPRISE = "enterprise", _("Craft enterprise")


# Kinds that stand for one person; the identity number is theirs alone.
PERSON_KINDS = (Kind.ARTISAN, Kind.MASTER_ARTISAN)
ORGANISATION_KINDS = (Kind.COOPERATIVE, Kind.ENTERPRISE)


class RegistrantState(TextChoices):
    CANDIDATE = "candidate", _("Not yet registered")
    REGISTERED = "registered", _("Registered")
    SUSPENDED = "suspended", _("Suspended")
    STRUCK_OFF = "struck_off", _("Struck off")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    TO_CORRECT = "to_correct", _("To correct")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.TO_CORRECT)
EDITABLE_STATES = (ApplicationState.DRAFT, ApplicationState.TO_CORRECT)
DECIDED_STATES = (ApplicationState.APPROVED, ApplicationState.REJECTED)


class Gender(TextChoices):
    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


class QualificationKind(TextChoices):
    DIPLOMA = "diploma", _("Craft diploma")
    ATTESTATION = "attestation", _("Attestation of exercise")


class DocumentKind(TextChoices):
    IDENTITY = "identity", _("Identity card")
    QUALIFICATION = "qualification", _("Diploma or attestation")
    OTHER = "other", _("Other document")


class DuplicateReason(TextChoices):
    NATIONAL_ID = "national_id", _("Same identity number")
    PHONE = "phone", _("Same telephone")
    NAME_AND_BIRTH = "name_and_birth", _("Similar name, same birth date")
    NAME_AND_COMMUNE = "name_and_commune", _("Same name, same commune")
