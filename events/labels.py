"""What the audit trail calls what is done on the day of a meeting and after it."""

from django.utils.translation import gettext_lazy as _

ON_THE_DAY = {
    "events.check_in.recorded": _("Presence at a meeting recorded"),
    "events.check_in.undone": _("Presence at a meeting undone"),
    "events.list.added": _("Check-in list added to a meeting"),
    "events.list.changed": _("Rules of a check-in list changed"),
    "events.walk_in.drafted": _("Registration begun for a walk-in"),
    "events.walk_in.forgotten": _("Names of walk-ins forgotten at the end of their time"),
    "events.attendance.excused": _("Guest excused"),
    "events.ceremony.changed": _("List of the card ceremony changed"),
    "events.question.noted": _("Question from the floor noted"),
    "events.question.changed": _("Question from the floor changed"),
    "events.follow_up.added": _("Follow-up entered"),
    "events.follow_up.changed": _("Follow-up changed"),
    "events.follow_up.done": _("Follow-up done"),
    "events.minutes.saved": _("Minutes changed"),
    "events.minutes.approved": _("Minutes approved"),
    "events.annex.added": _("Annex added to the minutes"),
    "events.annex.removed": _("Annex taken off the minutes"),
    "events.press.saved": _("Press release changed"),
    "events.press.published": _("Press release published"),
    "events.press.withdrawn": _("Press release taken back"),
    "events.photograph.added": _("Photograph of a meeting added"),
    "events.photograph.changed": _("Photograph of a meeting changed"),
    "events.photograph.removed": _("Photograph of a meeting removed"),
    "events.photograph.ordered": _("Photographs of a meeting put in order"),
    "events.register.joined": _("Invitations handed to the entry that stays"),
    "events.register.parted": _("Invitations handed back after a merge was undone"),
}
