"""Lists taken out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Listing(TextChoices):
    """The lists that can be taken out as a file, under their pages' names."""

    REGISTRANTS = "registrants", _("National craft register")
    APPLICATIONS = "applications", _("Applications")
    CHANGES = "changes", _("Requests about entries")
    PROCEEDINGS = "proceedings", _("Suspension and striking off")
    BODIES = "bodies", _("Craft bodies")
    DRAFTS = "drafts", _("Drafts")
    RENEWALS = "renewals", _("Due for renewal")
    GONE_CRAFTS = "gone_crafts", _("People whose craft is not in the list in use")
    DUPLICATES = "duplicates", _("Possible duplicates")
    DATA_REQUESTS = "data_requests", _("Requests about personal data")
    RETENTION = "retention", _("End of retention")
    COOPERATIVE = "cooperative", _("Members of the cooperative")
    BODY_MEMBERS = "body_members", _("Members of the craft body")
    CONVOCATIONS = "convocations", _("List of those called")
    # Of another app, which hands its list in: `registry.exports.lists.hand_in`.
    REFERRALS = "referrals", _("Holders' requests for offers")


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
