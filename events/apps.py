from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Caravans and meetings")

    def ready(self):
        from core import audit_labels, background, navigation, own_space, panels
        from core.roles import Permission
        from events.following import erase_from_meetings
        from events.held import held_presences
        from events.labels import ON_THE_DAY
        from events.merging import follow_merge, undo_follow_merge
        from events.own_space import own_messages, own_tasks
        from events.panels import attended_panel, follow_ups_panel, meetings_panel, own_meetings_panel
        from registry.signals import (
            held_data_asked,
            registrant_erased,
            registrants_merged,
            registrants_parted,
        )

        own_space.register_tasks(own_tasks)
        own_space.register_messages(own_messages)
        held_data_asked.connect(held_presences)
        registrants_merged.connect(follow_merge)
        registrants_parted.connect(undo_follow_merge)
        registrant_erased.connect(erase_from_meetings)
        background.register("events.tasks.resume_mailings")
        navigation.register(
            navigation.NavigationItem(
                _("Meetings"), "events:calendar", Permission.VIEW_MEETINGS, "calendar-days", 40
            )
        )
        navigation.register(
            navigation.NavigationItem(
                _("My meetings"), "events:own_meetings", Permission.VIEW_OWN_FILE, "calendar-days", 8
            )
        )
        for place, permission, template, context, order in (
            (panels.HOME, Permission.VIEW_MEETINGS, "_home_panel", meetings_panel, 40),
            (panels.HOME, Permission.MANAGE_MEETINGS, "_follow_ups_panel", follow_ups_panel, 45),
            (panels.OWN_SPACE, Permission.VIEW_OWN_FILE, "_own_meetings_panel", own_meetings_panel, 60),
            (panels.REGISTRANT, Permission.VIEW_MEETINGS, "_attended_panel", attended_panel, 60),
        ):
            panels.register(panels.Panel(place, permission, f"events/{template}.html", context, order))
        audit_labels.add_labels(
            {
                "events.programme.opened": _("Programme opened"),
                "events.programme.changed": _("Programme changed"),
                "events.caravan.changed": _("Caravan changed"),
                "events.caravan.opened": _("Caravan opened"),
                "events.meeting.scheduled": _("Meeting scheduled"),
                "events.meeting.changed": _("Meeting changed"),
                "events.meeting.schedule": _("Draft of a meeting scheduled"),
                "events.meeting.announce": _("Meeting announced"),
                "events.meeting.begin": _("Meeting begun"),
                "events.meeting.end": _("Meeting held"),
                "events.meeting.resume": _("Meeting resumed"),
                "events.meeting.close": _("Meeting closed"),
                "events.meeting.postpone": _("Meeting postponed"),
                "events.meeting.reschedule": _("Meeting given a new date"),
                "events.meeting.cancel": _("Meeting cancelled"),
                "events.agenda.added": _("Agenda item entered"),
                "events.agenda.changed": _("Agenda item changed"),
                "events.agenda.removed": _("Agenda item taken off"),
                "events.agenda.arranged": _("Agenda put in another order"),
                "events.agenda.attached": _("Attachment put on the agenda"),
                "events.agenda.detached": _("Attachment taken off the agenda"),
                "events.guest.entered": _("Guest entered in the directory"),
                "events.guest.changed": _("Guest of the directory changed"),
                "events.institution.entered": _("Institution entered"),
                "events.institution.changed": _("Institution changed"),
                "events.invitation.made": _("Guest invited"),
                "events.invitation.placed": _("Order of protocol changed"),
                "events.invitation.withdrawn": _("Invitation withdrawn"),
                "events.invitation.answered": _("Invitation answered"),
                "events.invitation.relinked": _("Link of an invitation renewed"),
                "events.group.invited": _("Group invited"),
                "events.mailing.started": _("People invited written to"),
                "events.mailing.stopped": _("Messages stopped"),
                "events.mailing.again": _("Messages sent again"),
                "events.letters.started": _("Letters of invitation printed"),
                "events.meeting.hour_kept": _("Hour of a meeting kept as the clock changed"),
                "events.task.added": _("Task put on the preparation list"),
                "events.task.ticked": _("Task of the preparation ticked"),
                "events.task.dated": _("Task of the preparation given a date"),
                "events.task.removed": _("Task taken off the preparation list"),
                "events.duty.given": _("Somebody put on duty"),
                "events.duty.ended": _("Somebody taken off duty"),
                "events.template.kept": _("Meeting kept as a template"),
                "events.feed.opened": _("Calendar address made"),
                "events.feed.revoked": _("Calendar address made void"),
            }
            | ON_THE_DAY
        )
