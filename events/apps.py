from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Caravans and meetings")

    def ready(self):
        from core import audit_labels, navigation, panels
        from core.roles import Permission
        from events.held import held_presences
        from events.panels import attended_panel, meetings_panel, own_meetings_panel
        from registry.signals import held_data_asked

        held_data_asked.connect(held_presences)
        navigation.register(
            navigation.NavigationItem(
                _("Meetings"), "events:calendar", Permission.VIEW_MEETINGS, "calendar-days", 40
            )
        )
        for place, permission, template, context, order in (
            (panels.HOME, Permission.VIEW_MEETINGS, "_home_panel", meetings_panel, 40),
            (panels.OWN_SPACE, Permission.VIEW_OWN_FILE, "_own_meetings_panel", own_meetings_panel, 60),
            (panels.REGISTRANT, Permission.VIEW_MEETINGS, "_attended_panel", attended_panel, 60),
        ):
            panels.register(panels.Panel(place, permission, f"events/{template}.html", context, order))
        audit_labels.add_labels(
            {
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
                "events.check_in.recorded": _("Presence at a meeting recorded"),
                "events.check_in.undone": _("Presence at a meeting undone"),
            }
        )
