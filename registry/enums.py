"""The words of the register (law 50.17 and its decrees; terms of the glossary)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    TO_CORRECT = "to_correct", _("To correct")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


OPEN_STATES = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.TO_CORRECT)
EDITABLE_STATES = (ApplicationState.DRAFT, ApplicationState.TO_CORRECT)
DECIDED_STATES = (ApplicationState.APPROVED, ApplicationState.REJECTED)


class GroundProcedure(TextChoices):
    """What a ground may be given for: each has its own list."""

    RETURN = "return", _("Sending an application back")
    REJECTION = "rejection", _("Rejecting an application")
    SUSPENSION = "suspension", _("Suspension")
    STRIKING_OFF = "striking_off", _("Striking off")
    APPEAL = "appeal", _("Decision on an appeal")
    REINSTATEMENT = "reinstatement", _("Reinstatement")
    EXIT = "exit", _("Leaving the register")
    CHANGE_REJECTION = "change_rejection", _("Refusing a change, a transfer or a renewal")
    MANDATE_END = "mandate_end", _("Ending a mandate before its time")
    CARD_REFUSAL = "card_refusal", _("Refusing a request for a card")
    CARD_REPLACEMENT = "card_replacement", _("Replacing a card")
    CARD_REVOCATION = "card_revocation", _("Revoking a card")
    HAND_OVER_FAILURE = "hand_over_failure", _("A card refused or brought back")


class CraftChangeState(TextChoices):
    """Where the change from one list of crafts to another stands."""

    MAPPING = "mapping", _("Mapping under way")
    MOVING = "moving", _("Registrants are being moved")
    DONE = "done", _("In use")
    ABANDONED = "abandoned", _("Abandoned")


class MappingVerdict(TextChoices):
    """What becomes of an old craft: the machine proposes, a person decides."""

    PROPOSED = "proposed", _("To confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    GONE = "gone", _("No longer exists: ask")


class ChangeKind(TextChoices):
    """What may be asked for about an entry that is on the register already."""

    AMENDMENT = "amendment", _("Amendment")
    TRANSFER = "transfer", _("Transfer to another chamber")
    RENEWAL = "renewal", _("Renewal")
    EXIT = "exit", _("Voluntary exit")
    DEATH = "death", _("Death")


class ChangeState(TextChoices):
    """A person's own wish is asked for first; the chamber makes a request of it that can be decided on."""

    ASKED = "asked", _("To prepare")
    SUBMITTED = "submitted", _("To decide")
    APPROVED = "approved", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_CHANGE_STATES = (ChangeState.ASKED, ChangeState.SUBMITTED)
CLOSED_CHANGE_STATES = (ChangeState.APPROVED, ChangeState.REFUSED, ChangeState.WITHDRAWN)


class ProceedingKind(TextChoices):
    """What a notice announces."""

    SUSPENSION = "suspension", _("Suspension")
    STRIKING_OFF = "striking_off", _("Striking off")


class ProceedingStage(TextChoices):
    NOTIFIED = "notified", _("Waiting for the reply")
    REPLIED = "replied", _("Reply received")
    DROPPED = "dropped", _("Closed without a decision against")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appeal to decide on")
    CONFIRMED = "confirmed", _("Appeal rejected")
    OVERTURNED = "overturned", _("Appeal upheld")
    LIFTED = "lifted", _("Ended by reinstatement")


# Somebody's turn: one such proceeding a registrant.
OPEN_STAGES = (ProceedingStage.NOTIFIED, ProceedingStage.REPLIED, ProceedingStage.APPEALED)
# A decision was taken, whatever became of it.
AFTER_DECISION = (
    ProceedingStage.DECIDED,
    ProceedingStage.APPEALED,
    ProceedingStage.CONFIRMED,
    ProceedingStage.OVERTURNED,
    ProceedingStage.LIFTED,
)
# The decision stands: what takes the person off the register.
STANDING_STAGES = (ProceedingStage.DECIDED, ProceedingStage.APPEALED, ProceedingStage.CONFIRMED)


class LetterKind(TextChoices):
    """What a letter of the chamber tells."""

    APPROVAL = "approval", _("Registration")
    RETURN = "return", _("Application sent back")
    REJECTION = "rejection", _("Application rejected")
    NOTICE = "notice", _("Notice with right of reply")
    DROPPED = "dropped", _("Proceeding closed")
    SUSPENSION = "suspension", _("Decision of suspension")
    STRIKING_OFF = "striking_off", _("Decision of striking off")
    APPEAL = "appeal", _("Decision on an appeal")
    REINSTATEMENT = "reinstatement", _("Reinstatement")


class BodyLevel(TextChoices):
    """Craft bodies stand at three levels, each resting on the one below."""

    PROVINCIAL = "provincial", _("Provincial")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")


class BodyState(TextChoices):
    PLANNED = "planned", _("Planned")
    CONVOKED = "convoked", _("Assembly convoked")
    ASSEMBLY_HELD = "assembly_held", _("Assembly held")
    FOUNDED = "founded", _("Founded")
    DISSOLVED = "dissolved", _("Dissolved")


class AssemblyState(TextChoices):
    CONVOKED = "convoked", _("Convoked")
    HELD = "held", _("Held")
    # Withdrawn before it was held, or held without effect: another is convoked.
    CLOSED = "closed", _("Without effect")


LIVE_ASSEMBLIES = (AssemblyState.CONVOKED, AssemblyState.HELD)


class Convoked(TextChoices):
    """Who is called to a founding assembly; no published text says it, so the convener chooses."""

    PERSONS = "persons", _("Artisans and master artisans of the branch")
    EVERYBODY = "everybody", _("Everybody of the branch, cooperatives and enterprises too")
    OFFICE_HOLDERS = "office_holders", _("Office holders of the bodies one level below")


class Attendance(TextChoices):
    ABSENT = "absent", _("Absent")
    PRESENT = "present", _("Present")
    REPRESENTED = "represented", _("Represented")


class Post(TextChoices):
    """Posts of a bureau, as associations usually have them: a working list."""

    PRESIDENT = "president", _("President")
    VICE_PRESIDENT = "vice_president", _("Vice-president")
    SECRETARY = "secretary", _("Secretary general")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary general")
    TREASURER = "treasurer", _("Treasurer")
    DEPUTY_TREASURER = "deputy_treasurer", _("Deputy treasurer")
    ADVISER = "adviser", _("Adviser")


# Of these a bureau has one at a time.
SINGLE_POSTS = (
    Post.PRESIDENT,
    Post.SECRETARY,
    Post.DEPUTY_SECRETARY,
    Post.TREASURER,
    Post.DEPUTY_TREASURER,
)


class BodyDocumentKind(TextChoices):
    STATUTES = "statutes", _("Statutes")
    MINUTES = "minutes", _("Minutes")
    RECEIPT = "receipt", _("Receipt of the authority")
    MEMBERS = "members", _("List of members")
    OTHER = "other", _("Other document")


class Gender(TextChoices):
    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


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


class DuplicateReason(TextChoices):
    """Why two entries may be one person; `registry.duplicates.scoring` weighs them."""

    NATIONAL_ID = "national_id", _("Same identity number")
    SAME_NAME_AND_BIRTH = "same_name_and_birth", _("Same name, same birth date")
    PHOTOGRAPH = "photograph", _("Same photograph")
    NATIONAL_ID_SIMILAR = "national_id_similar", _("Identity number differs by one character")
    NAME_AND_BIRTH = "name_and_birth", _("Similar name, same birth date")
    NAME_AND_NEAR_BIRTH = "name_and_near_birth", _("Same name, birth date nearly the same")
    NAME_AND_COMMUNE = "name_and_commune", _("Same or similar name, same commune")
    PHONE = "phone", _("Same telephone")


class PairState(TextChoices):
    """What was found of two entries that may be one person."""

    OPEN = "open", _("To compare")
    NOT_SAME = "not_same", _("Not the same")
    MERGED = "merged", _("Merged")


class ConsentPurpose(TextChoices):
    """What a person may agree to beside the registration itself, and take back at any time."""

    PHOTOGRAPH_ON_CHECK = "photograph_on_check", _("My photograph on the public check page")
    MESSAGES = "messages", _("Messages about meetings and services")
    PUBLICATION = "publication", _("My name and photograph in reports of meetings")


class DataRequestKind(TextChoices):
    """What law 09-08 lets a person ask of whoever holds their data."""

    ACCESS = "access", _("Access to my data")
    RECTIFICATION = "rectification", _("Rectification")
    OPPOSITION = "opposition", _("Opposition")


class DataRequestState(TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")


class RetentionReason(TextChoices):
    DRAFT = "draft", _("Draft never submitted")
    REJECTED = "rejected", _("Candidate rejected")
    STRUCK_OFF = "struck_off", _("Struck off")


class RetentionState(TextChoices):
    PREPARED = "prepared", _("Prepared")
    RUNNING = "running", _("Being erased")
    DONE = "done", _("Erased")
    CANCELLED = "cancelled", _("Cancelled")


class RetentionOutcome(TextChoices):
    WAITING = "waiting", _("Waiting")
    ERASED = "erased", _("Erased")
    KEPT = "kept", _("Kept: it changed since, or something still depends on it")


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


class ImportState(TextChoices):
    READING = "reading", _("File being read")
    COLUMNS = "columns", _("Columns to confirm")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing entered yet")
    APPLYING = "applying", _("Being entered")
    STOPPED = "stopped", _("Stopped half-way")
    APPLIED = "applied", pgettext_lazy("state of an import", "Entered")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    CANCELLED = "cancelled", _("Given up")
    REFUSED = "refused", _("File not readable")


# A worker is asked for while an import stands in one of these.
WORKING_IMPORTS = (ImportState.READING, ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)


class ChunkStep(TextChoices):
    """The last step that was done to a chunk of an import."""

    READ = "read", _("Read")
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Entered")
    UNDONE = "undone", _("Undone")


class RowOutcome(TextChoices):
    """What an import will do, or did, with one row of its file."""

    CREATE = "create", _("New")
    UPDATE = "update", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    SKIP = "skip", _("Left out by choice")
    REVIEW = "review", _("To be looked at")
    ERROR = "error", _("Error")


class NewPeople(TextChoices):
    """What becomes of people in an import who are not on file."""

    APPLICATIONS = (
        "applications",
        _("Those with a registration number keep it; the others become applications to decide on"),
    )
    REGISTERED = (
        "registered",
        _("All are on the chamber's register already: those without a number get the next ones"),
    )
    NONE = "none", _("They are left out: only people on file are changed")


class PhotographsState(TextChoices):
    RUNNING = "running", _("Being looked at")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    REFUSED = "refused", _("File not readable")


class Listing(TextChoices):
    """The lists that can be taken out as a file, under their pages' names."""

    REGISTRANTS = "registrants", _("National craft register")
    APPLICATIONS = "applications", _("Applications")
    CHANGES = "changes", _("Requests about entries")
    PROCEEDINGS = "proceedings", _("Suspension and striking off")
    BODIES = "bodies", _("Craft bodies")


class ExportFormat(TextChoices):
    XLSX = "xlsx", _("Excel (XLSX)")
    CSV = "csv", _("CSV")
    PDF = "pdf", _("PDF to print")


class ExportState(TextChoices):
    RUNNING = "running", _("Being written")
    DONE = "done", _("Ready")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Stopped on an error")
    EXPIRED = "expired", _("Deleted at the end of its time")
