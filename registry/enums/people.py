"""What is entered of a registrant, and how they stand."""

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


class Gender(TextChoices):
    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


class RegistrantState(TextChoices):
    CANDIDATE = "candidate", _("Not yet registered")
    REGISTERED = "registered", _("Registered")
    SUSPENDED = "suspended", _("Suspended")
    STRUCK_OFF = "struck_off", _("Struck off")
    REINSTATED = "reinstated", _("Reinstated")


# On the register with every right; a reinstated registrant is a registered one with a history.
ACTIVE_STATES = (RegistrantState.REGISTERED, RegistrantState.REINSTATED)


class Flag(TextChoices):
    """What stands beside the state of a registrant and asks for somebody's attention."""

    PHOTOGRAPH_MISSING = "photograph_missing", _("Photograph missing")
    DOCUMENT_MISSING = "document_missing", _("Document missing")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("Possible duplicate")
    SUPERVISOR_LOST = "supervisor_lost", _("Supervisor lost")
    CARD_UNCOLLECTED = "card_uncollected", _("Card uncollected")


class CardStanding(TextChoices):
    """Where a registrant's newest card stands, as the cards tell it: the register's lists filter by it."""

    NONE = "none", _("No card")
    ORDERED = "ordered", _("Card ordered")
    MADE = "made", _("Card made, not handed over")
    HANDED_OVER = "handed_over", _("Card handed over")
    STOPPED = "stopped", _("Card stopped")


class QualificationKind(TextChoices):
    DIPLOMA = "diploma", _("Craft diploma")
    ATTESTATION = "attestation", _("Attestation of exercise")


class DocumentKind(TextChoices):
    IDENTITY = "identity", _("Identity card")
    QUALIFICATION = "qualification", _("Diploma or attestation")
    STATUTES = "statutes", _("Statutes of the organisation")
    MEMBER_LIST = "member_list", _("List of members")
    TRADE_REGISTER = "trade_register", _("Extract of the trade register")
    NON_ACTIVITY = "non_activity", _("Certificate of non-activity")
    DEATH = "death", _("Death certificate")
    OTHER = "other", _("Other document")


class MemberRole(TextChoices):
    """What somebody is in a cooperative."""

    PRESIDENT = "president", _("President")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    MEMBER = "member", _("Member")


class PortraitFinding(TextChoices):
    """What speaks against a photograph, told to whoever takes it."""

    PLAIN = "plain", _("Nothing can be seen on the picture. Take it again.")
    BLURRED = "blurred", _("The picture is not sharp: hold still, and wipe the lens.")
    DARK = "dark", _("The picture is too dark: turn the face to the light.")
    PALE = "pale", _("The picture is too pale: there is too much light.")
    NO_FACE = "no_face", _("No face was found: the person looks straight into the camera.")
    SEVERAL_FACES = (
        "several_faces",
        _("More than one face was found: one person alone stands in the picture."),
    )
    SMALL_FACE = "small_face", _("The face is small: come closer, or draw the frame tighter.")
