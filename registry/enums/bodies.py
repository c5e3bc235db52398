"""Craft bodies and their founding."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    PRESENT = "present", pgettext_lazy("of one person", "Present")
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
