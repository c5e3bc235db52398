"""The words of cards and batches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CardState(TextChoices):
    """Where a card stands; `cards.lifecycle` says where it may go from there."""

    IN_BATCH = "in_batch", _("In a batch")
    PRINTED = "printed", pgettext_lazy("card", "Printed")
    CHECKED = "checked", pgettext_lazy("card", "Checked")
    IN_BOX = "in_box", _("In its box, waiting for its holder")
    HANDED_OVER = "handed_over", _("Handed over")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    DAMAGED = "damaged", _("Damaged")
    REPLACED = "replaced", _("Replaced")
    RENEWED = "renewed", _("Renewed")
    REVOKED = "revoked", _("Revoked")
    CANCELLED = "cancelled", _("Cancelled before printing")


# On its way to the holder: a registrant has at most one such card.
COMING_STATES = (CardState.IN_BATCH, CardState.PRINTED, CardState.CHECKED, CardState.IN_BOX)
# A registrant has at most one card in these states, and beside it at most the card that renews it.
LIVE_STATES = (*COMING_STATES, CardState.HANDED_OVER)
# Another card took its place, whatever became of it since.
SUCCEEDED_STATES = (CardState.REPLACED, CardState.RENEWED)
# It exists and was not stopped yet.
STOPPABLE_STATES = (CardState.PRINTED, CardState.CHECKED, CardState.IN_BOX, CardState.HANDED_OVER)
# What a card is stopped for by somebody's decision.
STOP_STATES = (CardState.LOST, CardState.STOLEN, CardState.DAMAGED, CardState.REPLACED, CardState.REVOKED)


class CardKind(TextChoices):
    """Why a card is made."""

    FIRST = "first", pgettext_lazy("kind of card request", "First card")
    RENEWAL = "renewal", pgettext_lazy("kind of card request", "Renewal")
    REPLACEMENT = "replacement", pgettext_lazy("kind of card request", "Replacement")


class RequestState(TextChoices):
    REQUESTED = "requested", pgettext_lazy("card request", "To decide")
    APPROVED = "approved", pgettext_lazy("card request", "Approved")
    REFUSED = "refused", pgettext_lazy("card request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("card request", "Withdrawn")
    BATCHED = "batched", pgettext_lazy("card request", "In a batch")


# A registrant has at most one request in these states.
OPEN_REQUEST_STATES = (RequestState.REQUESTED, RequestState.APPROVED)
# Nothing comes of them.
NOT_MADE_STATES = (RequestState.REFUSED, RequestState.WITHDRAWN)


class RequestSource(TextChoices):
    """Who asked for a card."""

    STAFF = "staff", _("Chamber staff")
    LIST = "list", _("A list of the register")
    HOLDER = "holder", _("The artisan")
    BATCH = "batch", _("The composition of a batch")


class ProxyRelation(TextChoices):
    """Who receives a card for its holder."""

    SPOUSE = "spouse", _("Husband or wife")
    PARENT = "parent", _("Father or mother")
    CHILD = "child", _("Son or daughter")
    SIBLING = "sibling", _("Brother or sister")
    MEMBER = "member", _("Member of the same cooperative or enterprise")
    OFFICIAL = "official", _("Official of a craft body or an association")
    OTHER = "other", pgettext_lazy("relation of a proxy", "Other")


class FailureKind(TextChoices):
    REFUSED = "refused", _("Refused at the counter")
    RETURNED = "returned", _("Brought back")


class NoticeKind(TextChoices):
    """What a holder is written to about."""

    REMINDER = "reminder", _("The card waits")
    HANDED_OVER = "handed_over", _("The card was handed over")


class NoticeState(TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "Waiting")
    SENDING = "sending", pgettext_lazy("message", "Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Not sent")
    # The worker died with it in its hands, and nobody can know.
    UNKNOWN = "unknown", pgettext_lazy("message", "Perhaps sent")
    CANCELLED = "cancelled", pgettext_lazy("message", "Cancelled")


# Nothing reached the holder, who may be written to again at once.
NOT_SENT_STATES = (NoticeState.FAILED, NoticeState.CANCELLED)


class Channel(TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class RunState(TextChoices):
    RUNNING = "running", pgettext_lazy("reminders", "Being sent")
    DONE = "done", pgettext_lazy("reminders", "Done")
    CANCELLED = "cancelled", pgettext_lazy("reminders", "Cancelled")


class BatchState(TextChoices):
    # Its people are chosen; a worker gives each a card.
    COMPOSING = "composing", _("Being composed")
    # Composed with texts that do not fit: somebody looks at them before the cards are made.
    HELD = "held", _("To look at before it is made")
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    MADE = "made", _("Ready to print")
    CLOSED = "closed", pgettext_lazy("card batch", "Closed")
    # A batch is feminine in Arabic and masculine in French, a cancelled meeting the other way round.
    CANCELLED = "cancelled", pgettext_lazy("card batch", "Cancelled")


UNFINISHED_STATES = (BatchState.COMPOSING, BatchState.QUEUED, BatchState.RUNNING)
# As long as none of its cards is printed.
CANCELLABLE_STATES = (BatchState.HELD, *UNFINISHED_STATES, BatchState.MADE)
# Its file is there.
PRINTABLE_STATES = (BatchState.MADE, BatchState.CLOSED)


class BatchOrder(TextChoices):
    NAME = "name", _("By name")
    COMMUNE = "commune", _("By commune, then by name")
    AS_GIVEN = "as_given", _("In the order of the list given")


class ChunkState(TextChoices):
    PENDING = "pending", _("Waiting")
    MADE = "made", _("Made")


class CheckOutcome(TextChoices):
    """What a check of a card answers, each with its own words, colour and icon."""

    VALID = "valid", _("Valid card")
    NOT_YET_VALID = "not_yet_valid", _("Card not yet valid")
    EXPIRED = "expired", _("Expired card")
    REVOKED = "revoked", _("Revoked card")
    REPLACED = "replaced", _("Replaced card")
    UNKNOWN = "unknown", _("Unknown card")
    FORGED = "forged", _("Not a card of ours")


class Duplex(TextChoices):
    """Over which edge a printer turns a sheet."""

    LONG_EDGE = "long_edge", _("Turned over the long edge")
    SHORT_EDGE = "short_edge", _("Turned over the short edge")


class Fitting(TextChoices):
    """How the texts of a card fit it, the worst of them counting."""

    WHOLE = "whole", _("Every text fits")
    SHRUNK = "shrunk", _("A text is smaller than planned")
    CUT = "cut", _("A text does not fit")


class FileLayout(TextChoices):
    CARDS = "cards", _("Cards, one page a side, for a card printer")
    SHEETS = "sheets", _("Sheets of A4 with ten cards")
    CONTACT = "contact", _("Contact sheet")
    BORDEREAU = "bordereau", _("Hand-over sheets by box")
    PACKAGE = "package", _("Package for an outside printer")


class FileState(TextChoices):
    PENDING = "pending", pgettext_lazy("file", "Being made")
    MADE = "made", pgettext_lazy("file", "Ready")
    CANCELLED = "cancelled", pgettext_lazy("file", "Given up")


class PrintOutcome(TextChoices):
    GOOD = "good", pgettext_lazy("printed card", "Good")
    SPOILED = "spoiled", pgettext_lazy("printed card", "Spoiled")


class SpoiledBy(TextChoices):
    """What went wrong with a blank."""

    FEED = "feed", _("Jam or bad feed")
    COLOUR = "colour", _("Ribbon, colour or line")
    PLACE = "place", _("Print out of place")
    BLANK = "blank", _("Faulty blank")
    CARD = "card", _("Fault in the card's content")
    OTHER = "other", _("Another fault")


class PrintedBy(TextChoices):
    """How a print came to be known."""

    SCAN = "scan", _("Scanned")
    NUMBER = "number", _("By number")
    RECEIPT = "receipt", _("Printer's receipt")


class UnusualKind(TextChoices):
    """What is noticed about the checks of one card."""

    MANY = "many", _("Checked very often in one day")
    FAR = "far", _("Checked in far regions within a short time")
    IN_BOX = "in_box", _("Checked though it was not handed over yet")
